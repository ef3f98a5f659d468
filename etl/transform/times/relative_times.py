"""Relative times: days, weeks, months and quarters named from the day of the report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from etl.transform.times.timelines import Days, Reading, Timeline, to_months, to_number

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY_SHIFT = {"今": 0, "本": 0, "即": 0, "昨": -1, "前": -2, "明": 1, "后": 2}
_SHIFT = {"上": -1, "下": 1}
_WEEKDAYS = "一二三四五六日"
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


def read_day(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """今天, 昨日, 当天; a market's close is the day of the report, as is 今天 behind a dateline.

    >>> read_day({"relative_day": "昨日"}, Timeline(date(2021, 3, 1))).days
    Days(start=datetime.date(2021, 2, 28), end=datetime.date(2021, 2, 28))
    """
    word = groups.get("relative_day", "今日")
    if word[0] in "当同次翌":
        shift = timedelta(days=1 if word[0] in "次翌" else 0)
        day, source = timeline.day and timeline.day + shift, "previous_mention"
    else:
        shift = timedelta(days=_DAY_SHIFT[word[0]])
        today = timeline.reported or timeline.published
        day, source = today and today + shift, "publication_date"
    return Reading(Days(day, day) if day else None, "day", source)


def read_weekday(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """周五: the last one up to the report.

    >>> groups = {"relative_week": "周", "weekday": "五"}
    >>> read_weekday(groups, Timeline(date(2021, 3, 1))).days
    Days(start=datetime.date(2021, 2, 26), end=datetime.date(2021, 2, 26))
    """
    reading = read_week(groups, timeline)
    day = reading.days.start if reading.days else None
    if day is None or timeline.published is None or day <= timeline.published:
        return reading
    before = day - timedelta(days=7)
    return reading._replace(days=Days(before, before))


def read_week(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """上周, 本周五: weeks begin on Monday.

    >>> read_week({"relative_week": "上周", "weekday": "五"}, Timeline(date(2021, 3, 1))).days
    Days(start=datetime.date(2021, 2, 26), end=datetime.date(2021, 2, 26))
    """
    grain = "day" if "weekday" in groups else "period"
    if timeline.published is None:
        return Reading(None, grain, "publication_date")
    shift = 7 * _SHIFT.get(groups["relative_week"][0], 0) - timeline.published.weekday()
    monday = timeline.published + timedelta(days=shift)
    days = Days(monday, monday + timedelta(days=6))
    if weekday := groups.get("weekday"):
        day = monday + timedelta(days=_WEEKDAYS.index(weekday.replace("天", "日")))
        days = Days(day, day)
    return Reading(days, grain, "publication_date")


def read_month(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """本月, 上个月15日, 当月: the month of the report, or the one last narrated.

    >>> read_month({"relative_month": "上月", "day": "9"}, Timeline(date(2021, 3, 1))).days
    Days(start=datetime.date(2021, 2, 9), end=datetime.date(2021, 2, 9))
    """
    word = groups["relative_month"]
    is_narrated = word == "当月"
    anchor = (timeline.named or timeline.narrated) if is_narrated else timeline.published
    source = "previous_mention" if is_narrated else "publication_date"
    grain = "day" if "day" in groups else "month"
    if anchor is None:
        return Reading(None, grain, source)
    month = anchor.month + _SHIFT.get(word[0], 0)
    days = to_months(anchor.year, month, month)
    if "day" in groups and days.start:
        day = days.start.replace(day=to_number(groups["day"]))
        days = Days(day, day)
    elif "third" in groups and days.start and days.end:
        first, last = _THIRDS[groups["third"]]
        last = min(last, days.end.day)
        days = Days(days.start.replace(day=first), days.start.replace(day=last))
    return Reading(days, grain, source)


def read_quarter(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """本季度, 上个季度.

    >>> read_quarter({"relative_quarter": "上季度"}, Timeline(date(2021, 3, 1))).days
    Days(start=datetime.date(2020, 10, 1), end=datetime.date(2020, 12, 31))
    """
    if timeline.published is None:
        return Reading(None, "quarter", "publication_date")
    quarter = (timeline.published.month - 1) // 3 + _SHIFT.get(groups["relative_quarter"][0], 0)
    days = to_months(timeline.published.year, 3 * quarter + 1, 3 * quarter + 3)
    return Reading(days, "quarter", "publication_date")


def read_day_of_month(groups: Mapping[str, str], timeline: Timeline) -> Reading:
    """14日: of the month last named, else the latest such day before publication.

    >>> read_day_of_month({"day": "14"}, Timeline(date(2021, 3, 1))).days
    Days(start=datetime.date(2021, 2, 14), end=datetime.date(2021, 2, 14))
    """
    day = to_number(groups["day"])
    named = _told(timeline)
    anchor = named or timeline.published
    source = "previous_mention" if named else "publication_date"
    if anchor is None:
        return Reading(None, "day", source)
    if not named and day > anchor.day:
        anchor = anchor.replace(day=1) - timedelta(days=1)
    found = date(anchor.year, anchor.month, day)
    return Reading(Days(found, found), "day", source)


def _told(timeline: Timeline) -> date | None:
    """The month the paragraph is in; 1月1日起施行, told in December, does not lead there."""
    named, published = timeline.named or timeline.narrated, timeline.published
    is_ahead = named and published and (named.year, named.month) > (published.year, published.month)
    return None if is_ahead else named
