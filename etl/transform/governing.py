"""Governing times: the period a quantity holds for and the one it is compared with."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.continuations import goes_on, is_later
from etl.transform.periods import Days, Period, is_until

if TYPE_CHECKING:
    from etl.text import Span
    from etl.transform.quantities import Quantity
    from etl.transform.scopes import Frame


class Bound(NamedTuple):
    """The days a quantity holds for, and the words that say so.

    `is_own` where they are tied to that quantity alone: 2014年的83.1亿元.
    """

    days: Days
    surface: str
    is_own: bool = False


class Before(NamedTuple):
    """What was said of time before a sentence: its section's heading, and the last figures.

    `is_next` where those figures stand in the sentence just before, or in the same one.
    """

    section: Bound | None = None
    figures: Bound | None = None
    is_next: bool = False


_NOW = re.compile(r"目前|现在|如今|迄今|至今|当前|眼下")
_YEARLY = re.compile(r"每年")
_SINCE = re.compile(r"(?:以来|起|至今|后(?!期|来)|开始)(?!的)")
# 2012年以来的最严重程度, 2018年版, 1981年入厂: these date something else.
_ELSEWHERE = re.compile(r"以来的|版|入|[^，。；、\d]{0,12}(?:目录|清单|方案|白皮书)")
_COMPARED = re.compile(
    r"(?:比|较|相比|对比|不如|不及|好于|快于|慢于|多于|少于|相较|相较于|超过了?|高于|低于)(?:于|去|同期|了)?$"
)
_COMPARED_WITH = re.compile(r"[与同和跟]$")
_COMPARED_AFTER = re.compile(
    r"(?:年|度|的|份|同期|末|底|水平|一年|年末|年底|年同期|全年|期|的数据)*"
    r"(?:相比|增|减|下|提|上升|上涨|上调|降|加快|回落|扩|收|缩|翻|多|少|高|低|放缓|同期)"
)
_YEAR_ON_YEAR = re.compile(r"同比")
_MONTH_ON_MONTH = re.compile(r"环比|[比较]上个?月")
_SAME_TIME = re.compile(r"同期")
_YEAR_BEFORE = ("上年", "上一年")
_SINCE_CLAUSE = re.compile(r"[^，。；\d]{1,12}以来")
_NAME_CLOSES = re.compile(r"[^《》]{0,40}》")
_ATTACHED = re.compile(r"度?的[^，。；、\d]{0,6}$")
_ATTACHED_ELSEWHERE = re.compile(r"度?的[^，。；、\d]{0,6}\d")
_BASE_BEFORE = re.compile(
    r"(?:不足|超过?|占|相当于|约为|达到?|接近|是|为)[^，。；\d由从至到]{0,4}$"
)
_BASE_BEHIND = re.compile(r"(?:度|全年|末|底)?[^，。；、\d]{0,16}的")
_PART_BEHIND = re.compile(
    r"[^，。；、\d]{0,16}的(?:约|近)?(?:[\d.]+(?:%|倍)|[一二三四五六七八九\d.]+成|[一二三四五]分之)"
)
_YEARS = ("year_range", "year_list")
_NEAR = 4
_PERIOD_HEADING = 12


def bind_period(frame: Frame, quantity: Quantity, before: Before) -> Bound | None:
    """The time `quantity` holds for; None where nothing says so.

    A time tied by 的 (2014年的83.1亿元) governs that quantity alone; others govern what follows
    in their sentence until another time or 目前 takes over. 截至 leaves the start open and 以来
    the end. A sentence without a time takes the topic of the one before; figures that go on
    with those `before` hold for the same time; at last counts the heading of a chronicle's entry.
    """
    text, sentence = frame.text, frame.sentence(quantity.start)
    governing: list[Period] = []
    for period in frame.periods.inside(sentence.start, quantity.start):
        is_own = _ATTACHED.fullmatch(text[period.end : quantity.start]) is not None
        is_level = is_own and quantity.kind not in ("percent", "percentage_points", "multiple")
        if _is_of_base(text, period, quantity) or not (is_level or _governs(text, period)):
            continue
        if is_own:
            bound = _to_bound(text, period)
            return bound and bound._replace(is_own=True)
        if not (_ATTACHED_ELSEWHERE.match(text, period.end) or _is_base(text, period)):
            governing.append(period)
    if not governing:
        return _inherited(frame, quantity, sentence, before)
    found = governing[-1]
    if _NOW.search(text, found.end, quantity.start):
        return None
    if found.grain in ("day", "month") and _YEARLY.search(text, found.end, quantity.start):
        return None
    earlier = governing[-2] if len(governing) > 1 else None
    return (
        _shared_out(frame, found, quantity)
        or _from_to(text, found, quantity)
        or _since_until(text, earlier, found)
        or _to_bound(text, found)
    )


def bind_baseline(frame: Frame, quantity: Quantity, period: Days | None) -> Days | None:
    """The days a change is measured against: 比2014年, 同比, 环比; None where none is stated."""
    text, clause = frame.text, frame.clause(quantity.start)
    for stated in reversed(frame.periods.inside(clause.start, quantity.start)):
        if _is_baseline(text, stated):
            return _compared_days(text, stated, period)
    words = text[clause.start : quantity.start]
    if period and _YEAR_ON_YEAR.search(words):
        return Days(_year_before(period.start), _year_before(period.end))
    if period and period.start and _MONTH_ON_MONTH.search(words):
        last = period.start - timedelta(days=1)
        return Days(last.replace(day=1), last)
    for stated in frame.periods.inside(frame.sentence(quantity.start).start, quantity.start):
        if text.startswith("相比", stated.end):  # 与2015年相比，…
            return stated.days
    return None


def _compared_days(text: str, stated: Period, period: Days | None) -> Days | None:
    """上年 and 去年同期 are those before the period measured, not before the article."""
    if period and (
        _SAME_TIME.match(text, stated.end) or text.startswith(_YEAR_BEFORE, stated.start)
    ):
        same = Days(_year_before(period.start), _year_before(period.end))
        whole = (
            same.start
            and same.end
            and Days(date(same.start.year, 1, 1), date(same.end.year, 12, 31))
        )
        return same if _SAME_TIME.match(text, stated.end) else whole or same
    if period is None and text.startswith(_YEAR_BEFORE, stated.start):
        return None  # the year before which?
    if stated.is_end and stated.days:
        return Days(stated.days.end, stated.days.end)
    return stated.days


def read_section(text: str | None, periods: list[Period]) -> Bound | None:
    """The time that a heading is about: 2017年, 2018年济南市——; None for any other heading.

    >>> read_section("城市治理", []), read_section(None, [])
    (None, None)
    """
    if not text or len(text) > _PERIOD_HEADING or not periods:
        return None
    first = periods[0]
    is_topic = text.endswith("——") or first.end >= len(text.rstrip("：:"))
    return _to_bound(text, first) if is_topic and first.start == 0 else None


def _governs(text: str, period: Period) -> bool:
    is_in_name = "《" in text[max(0, period.start - 40) : period.start] and _NAME_CLOSES.match(
        text, period.end
    )
    return not (
        _is_baseline(text, period)
        or is_in_name
        or _ELSEWHERE.match(text, period.end)
        or text.startswith("即日", period.start)
    )


def _is_of_base(text: str, period: Period, quantity: Quantity) -> bool:
    """不足2016年交易量的|30%: the time belongs to the whole of which a part is told."""
    is_part = quantity.kind in ("percent", "multiple")
    is_tied = _BASE_BEHIND.fullmatch(text, period.end, quantity.start) is not None
    return is_part and is_tied and _is_compared(text, period)


def _is_base(text: str, period: Period) -> bool:
    """The same of a part told before the quantity: …成交的30%；五城共成交9493套."""
    return _PART_BEHIND.match(text, period.end) is not None and _is_compared(text, period)


def _is_compared(text: str, period: Period) -> bool:
    before = text[max(0, period.start - 2 * _NEAR) : period.start]
    return _BASE_BEFORE.search(before) is not None


def _inherited(frame: Frame, quantity: Quantity, sentence: Span, before: Before) -> Bound | None:
    """The time of what was said before, unless the sentence says 目前."""
    text = frame.text
    if _NOW.search(text, sentence.start, quantity.start):
        return None
    return (
        _topic_before(frame, sentence)
        or (
            before.figures
            if goes_on(text, sentence, quantity.start, is_next=before.is_next)
            else None
        )
        or before.section
    )


def _topic_before(frame: Frame, sentence: Span) -> Bound | None:
    """去年，… at the head of a sentence governs the next one, too."""
    if sentence.start == 0 or frame.periods.inside(*sentence) or is_later(frame.text, sentence):
        return None
    previous = frame.sentence(sentence.start - 1)
    opening = frame.periods.inside(previous.start, previous.end)
    if not opening or opening[0].start > previous.start or opening[0].grain == "day":
        return None
    is_topic = frame.text.startswith("，", opening[0].end)
    return _to_bound(frame.text, opening[0]) if is_topic else None


def _to_bound(text: str, period: Period) -> Bound | None:
    surface, days = text[period.start : period.end], period.days
    if days is None:
        return None
    if is_until(text, period):
        return Bound(Days(None, days.end), surface)
    if period.is_end:
        return Bound(Days(days.end, days.end), surface)
    is_since = text[max(0, period.start - 1)] in "自从" and _SINCE_CLAUSE.match(text, period.end)
    if is_since or _SINCE.match(text, period.end):
        return Bound(Days(days.start, None), surface)
    return Bound(days, surface)


def _shared_out(frame: Frame, period: Period, quantity: Quantity) -> Bound | None:
    """2015—2017年，…分别为157亿元、190亿元、234亿元: one year each, where the numbers agree."""
    text, days = frame.text, period.days
    if period.rule not in _YEARS or days is None or days.start is None or days.end is None:
        return None
    said = text.rfind("分别", period.end, quantity.start)
    if said < 0:
        return None
    listed = frame.list_from(said)
    years = days.end.year - days.start.year + 1
    if quantity not in listed or len(listed) != years:
        return None
    year = days.start.year + listed.index(quantity)
    return Bound(Days(date(year, 1, 1), date(year, 12, 31)), text[period.start : period.end])


def _from_to(text: str, period: Period, quantity: Quantity) -> Bound | None:
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
    return Bound(Days(date(year, 1, 1), date(year, 12, 31)), text[period.start : period.end])


def _since_until(text: str, since: Period | None, until: Period) -> Bound | None:
    """2018年8月起，截至2019年1月14日: both ends are stated."""
    if since is None or since.days is None or until.days is None or not is_until(text, until):
        return None
    if not _SINCE.match(text, since.end):
        return None
    return Bound(Days(since.days.start, until.days.end), text[since.start : until.end])


def _is_baseline(text: str, period: Period) -> bool:
    before = text[max(0, period.start - _NEAR) : period.start]
    if _COMPARED.search(before):
        return True
    return bool(_COMPARED_WITH.search(before) and _COMPARED_AFTER.match(text, period.end))


def _year_before(day: date | None) -> date | None:
    if day is None:
        return None
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
