"""Calendar days: what the parts of a time in a text (year, month, quarter, plan) stand for."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.times import relative_times
from etl.transform.times.timelines import Days, Reading, Timeline, to_months, to_number

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    "上下半年": _Months(1, 12, "year"),
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
    "一季报": _Months(1, 3, "quarter"),
    "半年报": _Months(1, 6, "half_year"),
    "中报": _Months(1, 6, "half_year"),
    "三季报": _Months(1, 9, "period"),
    "年报": _Months(1, 12, "year"),
}
_COUNT = re.compile(r"[一二两三四五六七八九十\d]+")
_YEAR_SHIFT = {"今": 0, "本": 0, "年": 0, "去": -1, "上": -1, "前": -2, "明": 1, "后": 2}
_MONTHS, _QUARTERS = 12, 4
_LATEST, _AHEAD = 2020, 15
"""Years: up to which two digits are of this century."""
_SOON = timedelta(days=60)
"""A day so near is announced (1月25日举行), one further ahead was last year's; so was a month that
begins later than the day after publication: what is told of it has been measured."""
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
    reading = _READERS.get(rule, _read_calendar)(groups, timeline)
    if reading.days and reading.grain == "day" and "relative_day" not in groups:
        timeline.day = reading.days.start
    return reading


def _read_calendar(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """A year with or without part, month and day, in any combination."""
    year = _year_of(groups, timeline)
    if "part" in groups:
        return _read_part(groups, year, timeline)
    if "month" in groups:
        return _read_month(groups, year, timeline)
    if year.number is None:
        return Reading(None, "year", year.resolved_from)
    timeline.year = timeline.said = year.number
    if year.resolved_from == "explicit":
        timeline.told = year.number
    days = Days(date(year.number, 1, 1), date(year.number, 12, 31))
    return Reading(days, "year", year.resolved_from)


def _read_month(groups: Mapping[str, str], year: _Year, timeline: Timeline) -> Reading:
    month = to_number(groups["month"])
    last_month = to_number(groups.get("month2", groups["month"]))
    day = to_number(groups["day"]) if "day" in groups else None
    if year.number is None and not _is_other_year(groups):
        year = _guess_year(month if day else last_month, day, timeline)
    grain = _grain_of(groups)
    if year.number is None:
        return Reading(None, grain, year.resolved_from)
    last_year = _last_year_of(groups, year.number, timeline)
    if day:
        start = date(year.number, month, day)
        end = date(last_year, last_month, to_number(groups.get("day2", groups["day"])))
    else:
        start, end = _part_of_month(
            groups.get("third"), (year.number, month), (last_year, last_month)
        )
    timeline.named = start
    if year.resolved_from != "publication_date":
        timeline.narrated = start
    timeline.year = year.number
    return Reading(Days(start, end) if start <= end else None, grain, year.resolved_from)


def _last_year_of(groups: Mapping[str, str], first: int, timeline: Timeline) -> int:
    """The year in which a range ends: 2014年11月到去年3月."""
    if "year2" in groups:
        return int(groups["year2"])
    if "relative2" in groups:
        return _year_of({"relative": groups["relative2"]}, timeline).number or first
    return first


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


def _read_part(groups: Mapping[str, str], year: _Year, timeline: Timeline) -> Reading:
    months = _months_of(groups["part"])
    if months is None:
        return Reading(None, "period", year.resolved_from)
    if year.number is None and not _is_other_year(groups):
        year = _said_year(months, timeline) or _guess_year(months.last, None, timeline)
    if year.number is None and months.grain == "year":
        year = _Year(timeline.last_told, "previous_mention")
    if year.number is None:
        return Reading(None, months.grain, year.resolved_from)
    timeline.year = year.number
    days = to_months(year.number, months.first, months.last)
    return Reading(days, months.grain, year.resolved_from)


def _said_year(months: _Months, timeline: Timeline) -> _Year | None:
    """今年，…全年减量30公里: a part is of the year just named, if it may be."""
    said, present = timeline.said, timeline.present
    is_part = said == present or (months.grain == "year" and present and said and said < present)
    return _Year(said, "previous_mention") if said and is_part else None


def _months_of(part: str) -> _Months | None:
    """上半年, 三季度 and 前5个月 in months; None for a fifth quarter."""
    if part in _PARTS:
        return _PARTS[part]
    if part.startswith("Q"):
        part = f"{part[1]}季度"
    written = _COUNT.search(part.replace("首", "一"))
    count = to_number(written.group()) if written else 0
    if "季" in part and 0 < count <= _QUARTERS:
        is_first = part.startswith("前")
        return _Months(
            1 if is_first else 3 * count - 2, 3 * count, "period" if is_first else "quarter"
        )
    return _Months(1, count, "period") if "月" in part and 0 < count <= _MONTHS else None


def _year_of(groups: Mapping[str, str], timeline: Timeline) -> _Year:
    """2014年, 去年, 当年; no number where the words or the timeline name none."""
    if "year" in groups:
        return _Year(to_number(groups["year"].replace("○", "〇")), "explicit")
    if "short" in groups:
        return _Year(_in_full(to_number(groups["short"]), timeline), "explicit")
    word = groups.get("relative")
    return _year_of_word(word, timeline) if word else _Year(None, "publication_date")


def _year_of_word(word: str, timeline: Timeline) -> _Year:
    """今年 is the article's year, 当年 the narrative's, 本年 that of the report it tells of."""
    if word[0] in "当同":
        return _Year(timeline.year, "previous_mention")
    if word[0] in "次翌第":
        return _Year(timeline.year + 1 if timeline.year else None, "previous_mention")
    if word[0] == "本" and timeline.told:
        return _Year(timeline.told, "previous_mention")
    source = "publication_date" if timeline.published else "previous_mention"
    present = timeline.present
    return _Year(present + _YEAR_SHIFT[word[0]] if present else None, source)


def _is_other_year(groups: Mapping[str, str]) -> bool:
    """去年12月 is not of the year that a month without a word for its year would be of."""
    return groups.get("relative", "今")[0] in "去上前明后次翌第"


def _in_full(short: int, timeline: Timeline) -> int:
    """18 is 2018, 98 is 1998: news does not look far ahead."""
    latest = timeline.published.year if timeline.published else _LATEST
    return 2000 + short if 2000 + short <= latest + _AHEAD else 1900 + short


def _guess_year(month: int, day: int | None, timeline: Timeline) -> _Year:
    """The year of a month or day named without one: the narrative's own, else the latest."""
    if timeline.narrated and (timeline.published is None or day):
        return _Year(timeline.narrated.year, "previous_mention")
    if timeline.published is None:
        return _Year(timeline.told or _year_of_month(month, timeline), "previous_mention")
    latest = timeline.published + (_SOON if day else timedelta(days=1))
    year = latest.year if (month, day or 1) <= (latest.month, latest.day) else latest.year - 1
    return _Year(year, "publication_date")


def _year_of_month(month: int, timeline: Timeline) -> int | None:
    """1月 is that of 2019年1月 in an article that names both: 2019 is then the present year."""
    year = timeline.months.get(month)
    if year and month < _MONTHS - 1:  # 12月 may be told of in January
        timeline.present = year
    return year


def _read_years(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    start, end = int(groups["from"]), int(groups["to"])
    timeline.year = end
    days = Days(date(start, 1, 1), date(end, 12, 31)) if start <= end else None
    return Reading(days, "period", "explicit")


def _read_year_list(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """2018、2019年: years in a row; of others only the last is read."""
    count = 3 if "middle" in groups else 2
    last = int(groups["to"])
    in_a_row = last - int(groups["from"]) == count - 1
    return _read_years(groups if in_a_row else {"from": groups["to"], "to": groups["to"]}, timeline)


def _read_plan(groups: Mapping[str, str], _: Timeline) -> Reading:
    """The five-year plans: from 1953, 1958, and every five years since 1966."""
    ordinal = to_number(groups["plan"])
    first = {1: 1953, 2: 1958}.get(ordinal, 1966 + 5 * (ordinal - 3))
    return Reading(Days(date(first, 1, 1), date(first + 4, 12, 31)), "period", "explicit")


def _read_decade(groups: Mapping[str, str], _: Timeline) -> Reading:
    decade = to_number(groups["decade"])
    century = to_number(groups.get("century", "上").replace("上", "20"))
    if decade % 10 or ("century" not in groups and decade < _OLDEST_DECADE):
        return Reading(None, "period", "explicit")
    first = (century - 1) * 100 + decade
    return Reading(Days(date(first, 1, 1), date(first + 9, 12, 31)), "period", "explicit")


_READERS = {
    "year_range": _read_years,
    "year_list": _read_year_list,
    "plan": _read_plan,
    "plan_name": _read_plan,
    "decade": _read_decade,
    "relative_day": relative_times.read_day,
    "market_close": relative_times.read_day,
    "relative_week": relative_times.read_week,
    "weekday": relative_times.read_weekday,
    "relative_month": relative_times.read_month,
    "relative_quarter": relative_times.read_quarter,
    "day_of_month": relative_times.read_day_of_month,
    "day_told": relative_times.read_day_of_month,
}
