"""Calendar days: what the parts of a time in a text (year, month, quarter, plan) stand for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Mapping


class Days(NamedTuple):
    """The days from `start` to `end`, both included; None where that side is open."""

    start: date | None
    end: date | None


class Reading(NamedTuple):
    """The days that words stand for, None where nothing resolves them.

    `grain` is day, month, quarter, half_year, year or period; `resolved_from` explicit,
    publication_date or previous_mention.
    """

    days: Days | None
    grain: str
    resolved_from: str


@dataclass(slots=True)
class Timeline:
    """What an article has told about time so far, in reading order.

    `published` is the article's civil date, `narrated` the last day or month that the
    paragraph states with its year, `year` the last year named.
    """

    published: date | None
    narrated: date | None = None
    year: int | None = None


class _Year(NamedTuple):
    number: int | None
    resolved_from: str


class _Months(NamedTuple):
    first: int
    last: int
    grain: str


_PARTS = {
    "上半年": _Months(1, 6, "half_year"),
    "前半年": _Months(1, 6, "half_year"),
    "下半年": _Months(7, 12, "half_year"),
    "后半年": _Months(7, 12, "half_year"),
    "全年": _Months(1, 12, "year"),
    "年底": _Months(12, 12, "month"),
    "年末": _Months(12, 12, "month"),
    "岁末": _Months(12, 12, "month"),
    "末": _Months(12, 12, "month"),
    "底": _Months(12, 12, "month"),
    "年初": _Months(1, 1, "month"),
    "初": _Months(1, 1, "month"),
    "春季": _Months(3, 5, "quarter"),
    "夏季": _Months(6, 8, "quarter"),
    "秋季": _Months(9, 11, "quarter"),
}
_COUNT = re.compile(r"[一二两三四五六七八九十\d]+")
_YEAR_SHIFT = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1, "后": 2}
_DAY_SHIFT = {"今": 0, "即": 0, "昨": -1, "前": -2, "明": 1}
_MONTHS, _QUARTERS = 12, 4
_OLDEST_DECADE = 30
"""Decades from the thirties on are the twentieth century's where no century is named."""


def read_days(rule: str, groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """The days that the named groups of a rule of `periods.toml` stand for.

    `timeline` resolves what the words leave open, and takes note of what they state.

    Raises:
        ValueError: there is no such day, as 2月30日.

    >>> read_days("month", {"month": "9"}, Timeline(date(2021, 3, 1))).days
    Days(start=datetime.date(2020, 9, 1), end=datetime.date(2020, 9, 30))
    >>> read_days("month", {"month": "9"}, Timeline(None)).days is None
    True
    """
    return _READERS.get(rule, _read_calendar)(groups, timeline)


def _read_calendar(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """A year with or without part, month and day, in any combination."""
    year = _year_of(groups, timeline)
    if "part" in groups:
        return _read_part(groups["part"], year, timeline)
    if "month" in groups:
        return _read_month(groups, year, timeline)
    if year.number is None:
        return Reading(None, "year", year.resolved_from)
    timeline.year = year.number
    days = Days(date(year.number, 1, 1), date(year.number, 12, 31))
    return Reading(days, "year", year.resolved_from)


def _read_month(groups: Mapping[str, str], year: _Year, timeline: Timeline) -> Reading:
    month = _number(groups["month"])
    last_month = _number(groups.get("month2", groups["month"]))
    day = _number(groups["day"]) if "day" in groups else None
    if year.number is None:
        year = _guess_year(month if day else last_month, day, timeline)
    grain = _grain_of(groups)
    if year.number is None:
        return Reading(None, grain, year.resolved_from)
    last_year = int(groups.get("year2", year.number))
    if day:
        start = date(year.number, month, day)
        end = date(last_year, last_month, _number(groups.get("day2", groups["day"])))
    else:
        start, end = _part_of_month(
            groups.get("third"), (year.number, month), (last_year, last_month)
        )
    if year.resolved_from != "publication_date":
        timeline.narrated = start
    timeline.year = year.number
    return Reading(Days(start, end) if start <= end else None, grain, year.resolved_from)


def _grain_of(groups: Mapping[str, str]) -> str:
    if "day2" in groups or groups.get("month2", groups["month"]) != groups["month"]:
        return "period"
    return "day" if "day" in groups else "month"


def _part_of_month(
    third: str | None, first: tuple[int, int], last: tuple[int, int]
) -> tuple[date, date]:
    last_day = calendar.monthrange(*last)[1]
    begin, end = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last_day)}.get(
        third or "", (1, last_day)
    )
    return date(*first, begin), date(*last, end)


def _read_part(part: str, year: _Year, timeline: Timeline) -> Reading:
    months = _months_of(part)
    if months is None:
        return Reading(None, "period", year.resolved_from)
    if year.number is None:
        year = _guess_year(months.last, None, timeline)
    if year.number is None:
        return Reading(None, months.grain, year.resolved_from)
    timeline.year = year.number
    days = Days(date(year.number, months.first, 1), _last_day(year.number, months.last))
    return Reading(days, months.grain, year.resolved_from)


def _months_of(part: str) -> _Months | None:
    """上半年, 三季度 and 前5个月 in months; None for a fifth quarter."""
    if part in _PARTS:
        return _PARTS[part]
    written = _COUNT.search(part)
    count = _number(written.group()) if written else 0
    if "季" in part and 0 < count <= _QUARTERS:
        is_first = part.startswith("前")
        return _Months(
            1 if is_first else 3 * count - 2, 3 * count, "period" if is_first else "quarter"
        )
    return _Months(1, count, "period") if "月" in part and 0 < count <= _MONTHS else None


def _year_of(groups: Mapping[str, str], timeline: Timeline) -> _Year:
    """2014年, 去年, 当年; no number where the words or the timeline name none."""
    if "year" in groups:
        return _Year(_number(groups["year"].replace("○", "〇")), "explicit")
    word = groups.get("relative")
    if word and word[0] in "当同":
        return _Year(timeline.year, "previous_mention")
    if word and word[0] in "次翌第":
        return _Year(timeline.year + 1 if timeline.year else None, "previous_mention")
    if word and timeline.published:
        return _Year(timeline.published.year + _YEAR_SHIFT[word[0]], "publication_date")
    return _Year(None, "publication_date")


def _guess_year(month: int, day: int | None, timeline: Timeline) -> _Year:
    """The year of a month or day named without one: the narrative's own, else the latest past."""
    if timeline.narrated and (timeline.published is None or day):
        return _Year(timeline.narrated.year, "previous_mention")
    if timeline.published is None:
        return _Year(None, "previous_mention")
    year = timeline.published.year
    tomorrow = timeline.published + timedelta(days=1)  # a paper is dated the day after its report
    is_past = (month, day or 1) <= (tomorrow.month, tomorrow.day) or tomorrow.year > year
    return _Year(year if is_past else year - 1, "publication_date")


def _read_years(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    start, end = int(groups["from"]), int(groups["to"])
    timeline.year = end
    days = Days(date(start, 1, 1), date(end, 12, 31)) if start <= end else None
    return Reading(days, "period", "explicit")


def _read_plan(groups: Mapping[str, str], _: Timeline) -> Reading:
    """The five-year plans: from 1953, 1958, and every five years since 1966."""
    ordinal = _number(groups["plan"])
    first = {1: 1953, 2: 1958}.get(ordinal, 1966 + 5 * (ordinal - 3))
    return Reading(Days(date(first, 1, 1), date(first + 4, 12, 31)), "period", "explicit")


def _read_decade(groups: Mapping[str, str], _: Timeline) -> Reading:
    decade = _number(groups["decade"])
    century = _number(groups["century"]) if "century" in groups else 20
    if decade % 10 or ("century" not in groups and decade < _OLDEST_DECADE):
        return Reading(None, "period", "explicit")
    first = (century - 1) * 100 + decade
    return Reading(Days(date(first, 1, 1), date(first + 9, 12, 31)), "period", "explicit")


def _read_relative_day(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """今天, 昨日, 当天; a market's close is the day of the report."""
    word = groups.get("relative_day", "今日")
    if word[0] == "当":
        day, source = timeline.narrated, "previous_mention"
    else:
        shift = timedelta(days=_DAY_SHIFT[word[0]])
        day, source = timeline.published and timeline.published + shift, "publication_date"
    return Reading(Days(day, day) if day else None, "day", source)


def _read_relative_month(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    word = groups["relative_month"]
    is_narrated = word == "当月"
    anchor = timeline.narrated if is_narrated else timeline.published
    source = "previous_mention" if is_narrated else "publication_date"
    if anchor is None:
        return Reading(None, "month", source)
    shift = {"上": -1, "下": 1}.get(word[0], 0)
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + shift, 12)
    return Reading(Days(date(year, month + 1, 1), _last_day(year, month + 1)), "month", source)


def _read_day_of_month(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """14日: of the month last narrated, else the latest such day before publication."""
    day = _number(groups["day"])
    anchor = timeline.narrated or timeline.published
    source = "previous_mention" if timeline.narrated else "publication_date"
    if anchor is None:
        return Reading(None, "day", source)
    if not timeline.narrated and day > anchor.day:
        anchor = anchor.replace(day=1) - timedelta(days=1)
    found = date(anchor.year, anchor.month, day)
    return Reading(Days(found, found), "day", source)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(text: str) -> int:
    return int(parse_numeral(text) or 0)


_READERS = {
    "year_range": _read_years,
    "plan": _read_plan,
    "plan_name": _read_plan,
    "decade": _read_decade,
    "relative_day": _read_relative_day,
    "market_close": _read_relative_day,
    "relative_month": _read_relative_month,
    "day_of_month": _read_day_of_month,
}
