"""Governing times: the period a quantity holds for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.statements.baselines import is_compared
from etl.transform.statements.continuations import goes_on, is_deed, is_later, is_of_other_time
from etl.transform.statements.ties import (
    find_from_to,
    find_tie,
    find_year_behind,
    is_tied_elsewhere,
)
from etl.transform.times.bounds import Bound, is_since, to_bound, to_run, to_sum
from etl.transform.times.time_lists import bind_range, join_ends, share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.text import Span
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame
    from etl.transform.times.periods import Period


class Before(NamedTuple):
    """What was said of time before a sentence: its section's heading, and the last figures.

    `is_next` where those figures stand in the sentence just before, or in the same one.
    """

    section: Bound | None = None
    figures: Bound | None = None
    is_next: bool = False


# 目前50%的 is of that value alone; 出现在, 项目前期 and 截至今年 say nothing of today.
_NOW = re.compile(
    r"(?:(?<![项节栏])目前|(?<![出表体呈实发])现在|如今|迄今|至今(?![年天日春])|当前|眼下)"
    r"(?!\d[\d.%％万亿]*的)"
)
# 30岁时 dates what follows by the age; 50岁以下 is a limit.
_DATES_ITSELF = re.compile(r"岁(?:以[上下]|时|就|便)")
# 建设规划（2018—2023年）: the time is part of the plan's name.
_PLANNED = re.compile(r"(?:规划|计划|方案|纲要|意见|办法)[（(]$")
# 成立于1984年的300家: the time is that of their founding.
_FOUNDED = re.compile(r"(?:生|建|立|创办|组建|毕业|落成|发源)于$")
# 获得2017年度名牌的企业: the time is that of the award.
_AWARDED = re.compile(r"(?:获得?|荣获|获评|入选|评为)了?$")
_AWARD_CLOSES = re.compile(
    r"[^，。；\d]{1,60}的(?:企业|公司|单位|机构|集体|项目|作品|个人|家庭|选手|人)"
)
_NEAR = 4
_EARLY = ("早在", "早于")
_OTHER_YEARS = re.compile(
    r"(?:未来|今后|过去|近)[几十两二三四五六七八九\d]+年(?!来?的?(?:[最第首]|新[高低]))"
)
_YEARLY = re.compile(r"每年")
# 2012年以来的最严重程度, 2018年版, 1981年入厂: these date something else.
_ELSEWHERE = re.compile(
    r"以来(?:的|同期|[最第首新])|版|入(?![选围列驻])|度?第[一二三四五六七八九十\d]+[期届]"
    r"|[^，。；、\d]{0,12}(?:目录|清单|方案|白皮书)|[^，。；、\d]{0,6}(?:发布|公布|发表|出炉)的"
)
# “2018年网络技术大会” is a name, too.
_EVENT_CLOSES = re.compile(
    r"[^“”，。；！？、]{1,24}(?:论坛|大会|会议|峰会|活动|计划|行动|展览|[展节赛奖])”"
)
_NAME_CLOSES = re.compile(r"[^《》]{0,40}》")
_GOAL = re.compile(r"(?:[^，。；：\d]{1,12}[，：])?到")
_SUM = re.compile(r"累计|累积")
_DAY = re.compile(r"[日号天]")
_PERIOD_HEADING = 20
_HEADING_CLOSES = re.compile(r"\s*(?:更新|补充)?[：:]*$")


def bind_period(frame: Frame, quantity: Quantity, before: Before) -> Bound | None:
    """The time `quantity` holds for; None where nothing says so.

    A time tied by 的 (2014年的83.1亿元) governs that quantity alone; others govern what follows
    in their sentence until another time or 目前 takes over. 截至 leaves the start open and 以来
    the end. A sentence without a time takes the topic of the one before; figures that go on
    with those `before` hold for the same time; at last counts the heading of a chronicle's entry.
    """
    text, sentence = frame.text, frame.sentence(quantity.start)
    if _DATES_ITSELF.search(text, quantity.start, quantity.end + 2):
        return None
    if tie := find_year_behind(text, quantity) or find_from_to(frame, sentence, quantity):
        return tie
    governing: list[Period] = []
    for period in frame.periods.inside(sentence.start, quantity.start):
        if tie := find_tie(text, period, quantity, governing, before.figures):
            return tie
        if _is_event(frame, period, quantity) or not _governs(text, period):
            continue
        if not is_tied_elsewhere(text, period, quantity):
            governing.append(period)
    bound = (
        _find_governing(frame, quantity, governing)
        if governing
        else _inherited(frame, quantity, sentence, before)
    )
    return bound and to_run(text, bound, frame.clause(quantity.start).start, quantity)


def read_section(text: str | None, periods: list[Period]) -> Bound | None:
    """The time that a heading is about: 2017年, 2018年济南市——; None for any other heading.

    >>> read_section("城市治理", []), read_section(None, [])
    (None, None)
    """
    if not text or len(text) > _PERIOD_HEADING or not periods:
        return None
    first = periods[0]
    is_topic = text.endswith("——") or _HEADING_CLOSES.match(text, first.end)
    return to_bound(text, first) if is_topic and first.start == 0 else None


def _governs(text: str, period: Period) -> bool:
    is_in_name = "《" in text[max(0, period.start - 40) : period.start] and _NAME_CLOSES.match(
        text, period.end
    )
    return not (
        is_compared(text, period)
        or is_in_name
        or _PLANNED.search(text, max(0, period.start - _NEAR), period.start)
        or _EVENT_CLOSES.match(text, period.end)
        or _ELSEWHERE.match(text, period.end)
        or text.startswith("即日", period.start)
        or _FOUNDED.search(text, max(0, period.start - _NEAR), period.start)
        or _is_of_award(text, period)
    )


def _is_of_award(text: str, period: Period) -> bool:
    is_awarded = _AWARDED.search(text, max(0, period.start - _NEAR), period.start)
    return is_awarded is not None and _AWARD_CLOSES.match(text, period.end) is not None


def _is_event(frame: Frame, period: Period, quantity: Quantity) -> bool:
    """早在2014年底就已开盘，由14幢高层组成: the time is that of what is told first."""
    is_early = frame.text.endswith(_EARLY, 0, period.start)
    return is_early and frame.clause(period.start) != frame.clause(quantity.start)


def _find_governing(frame: Frame, quantity: Quantity, governing: Sequence[Period]) -> Bound | None:
    """The last time that governs `quantity`, with those before it where they belong together."""
    text, found = frame.text, governing[-1]
    if _is_over(text, found, quantity):
        return None
    earlier = governing[-2] if len(governing) > 1 else None
    return (
        share_out(frame, governing, quantity)
        or bind_range(text, found, quantity)
        or join_ends(text, earlier, found)
        or to_sum(text, found, quantity)
        or to_bound(text, found)
    )


def _is_over(text: str, found: Period, quantity: Quantity) -> bool:
    """Whether 目前, 未来几年 or 每年 has taken over; 2013年起…至今 is still since 2013."""
    for now in _NOW.finditer(text, found.end, quantity.start):
        if not (now.group().endswith("今") and is_since(text, found)):
            return True
    if _OTHER_YEARS.search(text, found.end, quantity.start):
        return True
    is_short = found.grain in ("day", "month")
    return is_short and _YEARLY.search(text, found.end, quantity.start) is not None


def _inherited(frame: Frame, quantity: Quantity, sentence: Span, before: Before) -> Bound | None:
    """The time of what was said before, unless the sentence says 目前."""
    if _NOW.search(frame.text, sentence.start, quantity.start):
        return None
    return (
        _topic_before(frame, sentence, quantity)
        or _deed_before(frame, sentence)
        or _figures_before(frame, sentence, quantity, before)
        or before.section
    )


def _figures_before(
    frame: Frame, sentence: Span, quantity: Quantity, before: Before
) -> Bound | None:
    """The time of the figures that the sentence goes on with; a day's end with their paragraph."""
    figures, is_next = before.figures, before.is_next
    if figures is None:
        return None
    is_day = figures.days.start == figures.days.end and _DAY.search(figures.surface) is not None
    if is_day and not is_next:
        return None
    is_on = goes_on(frame.text, sentence, quantity.start, is_next=is_next, is_day=is_day)
    return figures if is_on else None


def _topic_before(frame: Frame, sentence: Span, quantity: Quantity) -> Bound | None:
    """去年，… at the head of a sentence governs the next one, too, but no 累计.

    So does 根据规划，到2035年，…, behind which 力争 and 预计 speak of the same time.
    """
    if sentence.start == 0 or frame.periods.inside(*sentence) or is_later(frame.text, sentence):
        return None
    if _SUM.search(frame.text, sentence.start, quantity.start):
        return None
    previous = frame.sentence(sentence.start - 1)
    opening = frame.periods.inside(previous.start, previous.end)
    if not opening or opening[0].grain == "day":
        return None
    is_goal = _GOAL.fullmatch(frame.text, previous.start, opening[0].start) is not None
    if opening[0].start > previous.start and not is_goal:
        return None
    is_topic = frame.text.startswith("，", opening[0].end)
    is_on = is_topic and (is_goal or not is_of_other_time(frame.text, sentence, quantity.start))
    return to_bound(frame.text, opening[0]) if is_on else None


def _deed_before(frame: Frame, sentence: Span) -> Bound | None:
    """今年，县里发展产业。新建工厂5家: what has no subject goes on with the deeds told before."""
    last = frame.periods.last_before(sentence.start)
    if last is None or last.grain == "day" or not is_deed(frame.text, sentence):
        return None
    is_free = _governs(frame.text, last) and not is_tied_elsewhere(frame.text, last)
    is_over = _NOW.search(frame.text, last.end, sentence.start)
    return to_bound(frame.text, last) if is_free and not is_over else None
