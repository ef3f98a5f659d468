"""Ties: times that belong to one quantity alone: 2014年的83.1亿元, 58.5%（2017年）."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from etl.transform.statements.baselines import is_compared, is_level, to_compared_days
from etl.transform.times.bounds import Bound, to_bound
from etl.transform.times.periods import Days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.text import Span
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame
    from etl.transform.times.periods import Period

_TIED = re.compile(r"度?的[^，。；、\d]{0,6}")
# 2014年的83.1亿元; 2018年的销量达到5万辆 and 2008年的10年间 go on with their sentence.
_TIED_ELSEWHERE = re.compile(
    r"(?:度?的(?!\d+年[间来]|[^，。；、\d]{2,6}(?<![作称])[达为是])[^，。；、\d]{0,6}|同期(?:的|只有|仅?为|[为是达])[^，。；、\d]{0,6})\d"
)
_SAME_TIME_LEVEL = re.compile(r"同期(?:的|只有|仅?为|[为是达])[^，。；、\d]{0,6}")
_BASE_BEFORE = re.compile(
    r"(?:不[足及]|超过?|占|相当于|约为|达到?|接近|是|为)[^，。；\d由从至到]{0,4}$"
)
_BASE_BEHIND = re.compile(r"(?:度|全年|末|底)?[^，。；、\d]{0,16}的")
_PART_BEHIND = re.compile(
    r"[^，。；、\d]{0,16}的(?:约|近)?(?:[\d.]+(?:%|倍)|[一二三四五六七八九\d.]+成|[一二三四五]分之)"
)
_PARTS = ("percent", "multiple")
_YEAR_BEHIND = re.compile(r"[（(](?P<year>(?:19|20)\d\d)年?[）)]")
_FROM, _TO = ("从", "由"), ("至", "到", "为")
_OVER_BOTH = re.compile(r"(?:累计|共|合计|总共|净|年均)[^，。；\d]{0,4}")
_NEAR = 8


def find_tie(
    text: str, period: Period, quantity: Quantity, governing: Sequence[Period], told: Bound | None
) -> Bound | None:
    """The days of `quantity` if `period` is tied to it; None if it is not.

    上年同期 is the year before the last of those `governing` it, else before what was `told`.
    """
    if _is_of_base(text, period, quantity):
        return None
    if is_compared(text, period):
        is_beside = is_level(text, period, quantity)
    elif _TIED.fullmatch(text, period.end, quantity.start):
        return _own(text, period)
    else:
        is_beside = _SAME_TIME_LEVEL.fullmatch(text, period.end, quantity.start) is not None
    return _to_level(text, period, _days_of(text, governing, told)) if is_beside else None


def is_tied_elsewhere(text: str, period: Period, quantity: Quantity | None = None) -> bool:
    """Whether another value than `quantity`, or the whole of a part, has `period` for itself."""
    if _TIED_ELSEWHERE.match(text, period.end):
        return True
    is_of_whole = quantity is not None and _is_of_base(text, period, quantity)
    return is_of_whole or (
        _PART_BEHIND.match(text, period.end) is not None and _is_base(text, period)
    )


def find_year_behind(text: str, quantity: Quantity) -> Bound | None:
    """58.5%（2017年）: the year stands in brackets behind the value."""
    if found := _YEAR_BEHIND.match(text, quantity.end):
        year = int(found["year"])
        return Bound(Days(date(year, 1, 1), date(year, 12, 31)), found["year"], is_own=True)
    return None


def find_from_to(frame: Frame, sentence: Span, quantity: Quantity) -> Bound | None:
    """从2012年的98万减至2018年的16万，比例从10%降到1%: later pairs have the times of the first."""
    text = frame.text
    times = iter(frame.periods.inside(sentence.start, quantity.start))
    first = _next_behind(text, sentence.start, _FROM, times)
    if first is None:
        return None
    last = _next_behind(text, first.end, _TO, times)
    if text.endswith(_FROM, sentence.start, quantity.start):
        return _own(text, first)
    if last is None:
        return None
    before = frame.metrics.last_before(quantity.start)
    if (
        before
        and text.endswith(_TO, before.end, quantity.start)
        and text.endswith(_FROM, sentence.start, before.start)
    ):
        return _own(text, last)
    clause = frame.clause(quantity.start)
    if _OVER_BOTH.fullmatch(text, clause.start, quantity.start):
        return _over_both(text, first, last)
    return None


def _next_behind(
    text: str, start: int, words: tuple[str, ...], times: Iterator[Period]
) -> Period | None:
    """The next of the times that another value has for itself and that stands behind `words`."""
    found = (p for p in times if text.endswith(words, start, p.start))
    return next((p for p in found if is_tied_elsewhere(text, p)), None)


def _is_of_base(text: str, period: Period, quantity: Quantity) -> bool:
    """不足2016年交易量的|30%: the time belongs to the whole of which a part is told."""
    is_tied = _BASE_BEHIND.fullmatch(text, period.end, quantity.start) is not None
    is_times = quantity.unit == "x" and text.startswith("的", period.end)  # 2014年的4.8倍
    return is_tied and quantity.kind in _PARTS and (is_times or _is_base(text, period))


def _is_base(text: str, period: Period) -> bool:
    return _BASE_BEFORE.search(text[max(0, period.start - _NEAR) : period.start]) is not None


def _days_of(text: str, governing: Sequence[Period], told: Bound | None) -> Days | None:
    bound = to_bound(text, governing[-1]) if governing else told
    return bound.days if bound else None


def _to_level(text: str, period: Period, days: Days | None) -> Bound | None:
    """The days of a level that is told beside that of `days`."""
    found = to_compared_days(text, period, days)
    return Bound(found, text[period.start : period.end], is_own=True) if found else None


def _own(text: str, period: Period) -> Bound | None:
    bound = to_bound(text, period)
    return bound and bound._replace(is_own=True)


def _over_both(text: str, first: Period, last: Period) -> Bound | None:
    start, end = to_bound(text, first), to_bound(text, last)
    if start is None or end is None:
        return None
    return Bound(Days(start.days.start, end.days.end), text[first.start : last.end], is_own=True)
