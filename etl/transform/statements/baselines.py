"""Baselines: the time a change is measured against, or another level is told beside."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from etl.transform.times.periods import find_periods
from etl.transform.times.timelines import Days, Timeline, to_months

if TYPE_CHECKING:
    from etl.text import Span
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame
    from etl.transform.times.periods import Period

_COMPARED = re.compile(
    r"(?:[同环]比|比|较|相比|对比|不如|不及|好于|快于|慢于|多于|少于|相较|相较于|超过了?|高于|低于)"
    r"(?:于|去|同期|了)?$"
)
_COMPARED_WITH = re.compile(r"[与同和跟]$")
_GROUND = re.compile(r"[^，。；、\d]{0,4}的?基础上")
_COMPARED_AFTER = re.compile(
    r"[^，。；\d]{0,8}[\d.]+[^，。；\d]{0,12}相比|[^，。；\d]{1,16}相比|"
    r"(?:年|度|的|份|同期|末|底|水平|一年|年末|年底|年同期|全年|期|的数据)*"
    r"(?:相比|增|减|下|提|上升|上涨|上调|降|加快|回落|扩|收|缩|翻|多|少|高|低|放缓|同期)"
)
# 比去年的30家 tells the level of last year; 比去年多30家 and 高于去年30家 do not.
_NOUN = r"[^，。；、\d增减升降涨跌多少提扩缩收超下上调加快放落翻回滑]{0,12}"
_LEVEL = re.compile(rf"(?:同期)?(?:度?的{_NOUN}|(?:只有|仅为?|[为是]))")
# 较2016年325亿元|增长5%
_GROWN_FROM = re.compile("[增减升降涨跌多少翻高低扩缩]|上[升涨]|下[降跌滑]|提[高升]")
_LEVEL_BESIDE = re.compile(rf"(?:同期)?{_NOUN}")
_BESIDE = re.compile(r"[同环]比于?$")
_YEAR_ON_YEAR = re.compile(r"同比")
_BEFORE = re.compile(r"环比|[比较与](?:上一?期|[前上]一(?P<unit>[日天周月]))")
_LONGEST = {"日": 1, "天": 1, "周": 7, "月": 31}
"""Days: 比前一周 compares a week, not the month that the sentence is about."""
_MONTH_BEFORE = re.compile(r"[比较]上个?月")
_SAME_TIME = re.compile(r"同期")
_YEAR_BEFORE = ("上年", "上一年")
_CHANGE_NEXT = re.compile(r"[^，。；、\d]{0,12}，[^，。；、\d]{0,8}")
_NEAR = 4


def bind_baseline(frame: Frame, quantity: Quantity, period: Days | None) -> Days | None:
    """The days a change is measured against: 比2014年, 同比, 环比; None where none is stated."""
    text, clause = frame.text, frame.clause(quantity.start)
    for stated in reversed(frame.periods.inside(clause.start, quantity.start)):
        if is_compared(text, stated):
            return to_compared_days(text, stated, period)
    words = text[clause.start : quantity.start] + _words_behind(text, quantity, clause)
    if period and _YEAR_ON_YEAR.search(words):
        return to_year_before(period)
    if period and (before := _BEFORE.search(words)):
        return _to_time_before(period, _LONGEST.get(before["unit"]))
    if period and period.start and _MONTH_BEFORE.search(words):
        return _to_month_before(period.start)
    for stated in frame.periods.inside(frame.sentence(quantity.start).start, quantity.start):
        if text.startswith("相比", stated.end):  # 与2015年相比，…
            return to_compared_days(text, stated, period)
    return _find_level_before(frame, quantity, period)


def is_compared(text: str, period: Period) -> bool:
    """Whether the words around `period` compare something with it."""
    before = text[max(0, period.start - _NEAR) : period.start]
    if _COMPARED.search(before) or _GROUND.match(text, period.end):
        return True
    return bool(_COMPARED_WITH.search(before) and _COMPARED_AFTER.match(text, period.end))


def is_level(text: str, period: Period, quantity: Quantity) -> bool:
    """Whether `quantity` is the level of the time compared with: 同比2017年7亿元."""
    if quantity.unit == "pp":
        return False
    is_beside = period.end == quantity.start and quantity.kind not in ("percent", "multiple")
    if is_beside and _GROWN_FROM.match(text, quantity.end):
        return True
    if _BESIDE.search(text, max(0, period.start - _NEAR), period.start):
        return _LEVEL_BESIDE.fullmatch(text, period.end, quantity.start) is not None
    return _LEVEL.fullmatch(text, period.end, quantity.start) is not None


def to_compared_days(text: str, stated: Period, period: Days | None) -> Days | None:
    """The days of `stated`, with which what holds for `period` is compared.

    上年, 上月 and 同期 are seen from the period measured, not from the article; so is 去年, told of
    last year: 2018年…同比去年下降5%.
    """
    words = text[stated.start : stated.end]
    if period is None:
        return None if words.startswith(_YEAR_BEFORE) else _to_days(stated, words)
    if _SAME_TIME.match(text, stated.end):
        return _to_same_time(stated, period)
    if stated.days is None or words.startswith("上"):
        return _read_from(words, period)
    is_other = stated.days != period and not _is_ahead(stated, period)
    days = _to_days(stated, words)
    return days if is_other or days is None else to_year_before(days)


def to_year_before(days: Days, years: int = 1) -> Days:
    """The same days a year, or more `years`, earlier.

    >>> to_year_before(Days(date(2020, 2, 1), date(2020, 2, 29)))
    Days(start=datetime.date(2019, 2, 1), end=datetime.date(2019, 2, 28))
    """
    return Days(_years_before(days.start, years), _years_before(days.end, years))


def _words_behind(text: str, quantity: Quantity, clause: Span) -> str:
    """以23%的同比跌幅居前, 铜（-4.7%）进口同比下滑: the comparison is named behind the value."""
    is_aside = text[quantity.start - 1 : quantity.start] in ("（", "(")
    behind = text[quantity.end : clause.end]
    return behind if is_aside or behind.startswith(("的同比", "的环比")) else ""


def _to_same_time(stated: Period, period: Days) -> Days:
    """比2016年同期 names the year, 比去年同期 the one before the period measured."""
    last = period.end or period.start
    if stated.resolved_from != "explicit" or not (last and stated.days and stated.days.start):
        return to_year_before(period)
    return to_year_before(period, last.year - stated.days.start.year)


def _to_days(stated: Period, words: str) -> Days | None:
    """比2017年末 compares with its last day, 比2017年初 with its first."""
    days = stated.days
    if days and words.endswith("初"):
        return Days(days.start, days.start)
    return Days(days.end, days.end) if days and stated.is_end else days


def _to_month_before(day: date) -> Days:
    return to_months(day.year, day.month - 1, day.month - 1)


def _read_from(words: str, period: Days) -> Days | None:
    """What a time is as seen from the period measured."""
    found = next(find_periods(words, Timeline(period.end or period.start)), None)
    return _to_days(found, words) if found else None


def _is_ahead(stated: Period, period: Days) -> bool:
    """12月, told beside January's figures, is that of the year before."""
    if stated.resolved_from == "explicit" or stated.days is None or stated.days.start is None:
        return False
    return period.end is not None and stated.days.start > period.end


def _to_time_before(period: Days, longest: int | None = None) -> Days | None:
    """The month before a month, the week before a week; None if they are `longest` days or more.

    >>> _to_time_before(Days(date(2019, 2, 11), date(2019, 2, 17)))
    Days(start=datetime.date(2019, 2, 4), end=datetime.date(2019, 2, 10))
    >>> _to_time_before(Days(date(2019, 1, 1), date(2019, 3, 31)))
    Days(start=datetime.date(2018, 10, 1), end=datetime.date(2018, 12, 31))
    """
    start, end = period
    if start is None or end is None or (longest and (end - start).days >= longest):
        return None
    last = start - timedelta(days=1)
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        months = 12 * (end.year - start.year) + end.month - start.month
        return to_months(last.year, last.month - months, last.month)
    return Days(last - (end - start), last)


def _find_level_before(frame: Frame, quantity: Quantity, period: Days | None) -> Days | None:
    """比去年1月的利率5.4%，上升0.2个百分点: the level stands before the change from it."""
    text, level = frame.text, frame.metrics.last_before(quantity.start)
    if level is None or not _CHANGE_NEXT.fullmatch(text, level.end, quantity.start):
        return None
    stated = frame.periods.last_before(level.start)
    if stated and is_compared(text, stated) and is_level(text, stated, level):
        return to_compared_days(text, stated, period)
    return None


def _years_before(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
