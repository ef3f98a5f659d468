"""Lists of times: what is told of several times at once, shared out over the values."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from etl.transform.times.bounds import Bound, is_since, to_bound
from etl.transform.times.periods import Days, is_until
from etl.transform.times.timelines import to_months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame
    from etl.transform.times.periods import Period

_LISTED = re.compile(r"[、和及与]")
_FROM, _TO = ("从", "自"), re.compile(r"[^，。；]{0,20}[至到]")
_EACH = re.compile(r"分别[于在是]?$")
_NEAR = 3
_BOTH_HALVES = "上下半年"
_YEARS = ("year_range", "year_list")


def share_out(frame: Frame, governing: Sequence[Period], quantity: Quantity) -> Bound | None:
    """2015—2017年，…分别为157亿元、190亿元、234亿元: one time each, where the numbers agree.

    Times that are listed and not shared out hold together: 1月4日和1月18日分别下调0.3个百分点.
    """
    text, last = frame.text, governing[-1]
    bounds = _years_of(text, last) or _halves_of(text, last) or _listed(text, governing)
    if len(bounds) <= 1:
        return None
    values = _find_values(frame, governing, quantity, len(bounds))
    if quantity in values and len(values) == len(bounds):
        return bounds[values.index(quantity)]
    if last.rule in _YEARS:
        return None
    start = min(bound.days.start for bound in bounds if bound.days.start)
    end = max(bound.days.end for bound in bounds if bound.days.end)
    return Bound(Days(start, end), text[governing[-len(bounds)].start : last.end])


def bind_range(text: str, period: Period, quantity: Quantity) -> Bound | None:
    """2015年至2017年，从21.1%回升至23.2%: the first year's value, then the last year's."""
    days = period.days
    if period.rule not in _YEARS or days is None or days.start is None or days.end is None:
        return None
    before = text[quantity.start - 1]
    if before in "从由":
        year = days.start.year
    elif before in "至到" and re.search(r"[从由]\d", text[period.end : quantity.start]):
        year = days.end.year
    else:
        return None
    return _to_year(text, period, year)


def join_ends(text: str, since: Period | None, until: Period) -> Bound | None:
    """2018年8月起，截至2019年1月14日; 从1月6日开幕至1月20日: both ends are stated."""
    if since is None or since.days is None or until.days is None:
        return None
    is_span = text.endswith(_FROM, 0, since.start) and _TO.fullmatch(text, since.end, until.start)
    if not (is_span or (is_until(text, until) and is_since(text, since))):
        return None
    return Bound(Days(since.days.start, until.days.end), text[since.start : until.end])


def _find_values(
    frame: Frame, governing: Sequence[Period], quantity: Quantity, count: int
) -> list[Quantity]:
    """The values that 分别 hands out, before the times (分别于2011年、2014年) or behind them."""
    first = governing[-count] if count <= len(governing) else governing[-1]
    if _EACH.search(frame.text, max(0, first.start - _NEAR), first.start):
        return frame.list_from(governing[-1].end)
    said = frame.text.rfind("分别", governing[-1].end, quantity.start)
    return frame.list_from(said) if said >= 0 else []


def _years_of(text: str, period: Period) -> list[Bound]:
    """The single years of 2015—2017年."""
    days = period.days
    if period.rule not in _YEARS or days is None or days.start is None or days.end is None:
        return []
    years = range(days.start.year, days.end.year + 1)
    return [_to_year(text, period, year) for year in years]


def _halves_of(text: str, period: Period) -> list[Bound]:
    """Both halves of 2015年上下半年."""
    surface = text[period.start : period.end]
    if period.days is None or period.days.start is None or not surface.endswith(_BOTH_HALVES):
        return []
    year = period.days.start.year
    return [Bound(to_months(year, first, first + 5), surface) for first in (1, 7)]


def _to_year(text: str, period: Period, year: int) -> Bound:
    return Bound(Days(date(year, 1, 1), date(year, 12, 31)), text[period.start : period.end])


def _listed(text: str, governing: Sequence[Period]) -> list[Bound]:
    """The times of a list up to the last one: 2018年、2017年和2016年."""
    listed: list[Bound] = []
    following = None
    for period in reversed(governing):
        if following and not _LISTED.fullmatch(text, period.end, following.start):
            break
        bound = to_bound(text, period)
        if bound is None or None in bound.days:
            break
        listed.insert(0, bound)
        following = period
    return listed
