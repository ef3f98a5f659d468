"""One raw string → when an article was published, or None where that is not certain.

What is ambiguous (03/04/2021), incomplete (11月11日), impossible (2021-02-30), contradictory (a
wrong weekday) or a placeholder (1970-01-01) publishes nothing. A time is published exactly
when it is stated; one without a zone is read as the civil time of Asia/Shanghai.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from etl.grammar import read_table
from etl.records import Publication
from etl.transform.publication.clock_times import CHINA, parse_fraction, parse_zone, resolve_time
from etl.transform.publication.date_numerals import parse_small, parse_year
from etl.transform.publication.date_shapes import Shape, find_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = read_table("dates")
_PLAUSIBLE = _TABLE["plausible"]
_MONTHS = {word: 1 + n for n, row in enumerate(_TABLE["months"]["words"]) for word in row}
_WEEKDAYS = {word: n for n, row in enumerate(_TABLE["weekdays"]["words"]) for word in row}
_HOURS = 24
_BEFORE_THE_REPUBLIC = 1911


def parse_date(text: str) -> Publication | None:
    """When `text`, read whole, says something was published; `raw` keeps it as written.

    >>> parse_date("发布时间：2019年2月22日 下午7:31 来源：新华网").at
    datetime.datetime(2019, 2, 22, 11, 31, tzinfo=datetime.timezone.utc)
    >>> parse_date("2018-03-01 +0800").on
    datetime.date(2018, 3, 1)
    >>> parse_date("03/04/2021"), parse_date("1970-01-01 00:00:00"), parse_date("K5 PHEV")
    (None, None, None)
    """
    shape = find_shape(text)
    publication = resolve_shape(shape) if shape else None
    return replace(publication, raw=text.strip()) if publication else None


def resolve_shape(shape: Shape) -> Publication | None:
    """The publication a shape states, or None if there is no such day or it is not certain.

    >>> resolve_shape(find_shape("发布时间：2019-02-22 07:31")).raw
    '2019-02-22 07:31'
    >>> resolve_shape(find_shape("2021-02-30")) is None
    True
    """
    try:
        read = _from_epoch if "epoch" in shape.parts else _from_calendar
        found = read(shape.parts)
    except (ValueError, OverflowError):
        return None
    if found is None or found.on is None or not _is_plausible(found.on):
        return None
    return replace(found, raw=shape.surface)


def _from_calendar(parts: Mapping[str, str]) -> Publication | None:
    """Raises ValueError where there is no such day, time or zone."""
    day = _civil_date(parts)
    if day is None or not _is_plausible(day):
        return None
    if "weekday" in parts and _WEEKDAYS[parts["weekday"].lower()] != day.weekday():
        return None
    if _is_range(parts):
        return None
    zone = parse_zone(parts["zone"]) if "zone" in parts else None
    if "hour" not in parts:
        return Publication(on=day, precision="day", zone_stated=zone is not None)
    at = resolve_time(day, parts, zone or CHINA)
    if at is None:
        return None
    return Publication(
        on=at.astimezone(CHINA).date(),
        at=at,
        precision="second" if "second" in parts else "minute",
        zone_stated=zone is not None,
    )


def _is_range(parts: Mapping[str, str]) -> bool:
    """Whether a zone may as well be the end of a stretch of time: 8:00-10:00."""
    zone = parts.get("zone", "")
    is_basic = len(zone) == len("-0500")
    return zone.startswith("-") and not is_basic and not parts.keys() & {"iso", "second"}


def _is_plausible(day: date) -> bool:
    """Whether an article can be of that day; programs fill empty fields with known ones."""
    return (
        _PLAUSIBLE["earliest"] <= day <= _PLAUSIBLE["latest"]
        and day not in _PLAUSIBLE["placeholder_days"]
        and day.strftime("%Y-%m") not in _PLAUSIBLE["placeholder_months"]
    )


# A civil date


def _civil_date(parts: Mapping[str, str]) -> date | None:
    if "week" in parts:
        return date.fromisocalendar(*(int(parts[key]) for key in ("year", "week", "isoday")))
    if "ordinal" in parts:
        return _day_of_year(int(parts["year"]), int(parts["ordinal"]))
    if "first" in parts:
        return _one_reading(int(parts["year"]), int(parts["first"]), int(parts["next"]))
    name = parts.get("name")
    month = _MONTHS[name.lower()] if name else parse_small(parts["month"])
    if "short" in parts:
        return _one_century(int(parts["short"]), month, int(parts["day"]), parts.get("weekday", ""))
    return date(_year(parts), month, parse_small(parts["day"]))


def _year(parts: Mapping[str, str]) -> int:
    if "republic" in parts:
        return _BEFORE_THE_REPUBLIC + parse_small(parts["republic"])
    return parse_year(parts["year"])


def _day_of_year(year: int, number: int) -> date | None:
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return day if day.year == year else None


def _one_reading(year: int, first: int, following: int) -> date | None:
    """Day and month in either order, where only one of them is a date."""
    days = {_day_or_none(year, first, following), _day_or_none(year, following, first)} - {None}
    return days.pop() if len(days) == 1 else None


def _one_century(short: int, month: int, day: int, weekday: str) -> date | None:
    """The full year, where the weekday agrees with exactly one plausible century."""
    number = _WEEKDAYS.get(weekday.lower())
    days = (_day_or_none(century + short, month, day) for century in (1900, 2000))
    fitting = [d for d in days if d and d.weekday() == number and _is_plausible(d)]
    return fitting[0] if len(fitting) == 1 else None


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# A count of seconds


def _from_epoch(parts: Mapping[str, str]) -> Publication | None:
    """Seconds since 1970; none that could as well be a year, month, day and hour."""
    digits = parts["epoch"]
    first, last = _PLAUSIBLE["epoch_seconds"]
    if not first <= int(digits) <= last or _is_calendar(digits):
        return None
    micros = parse_fraction(parts.get("fraction", ""))
    at = datetime.fromtimestamp(int(digits), UTC) + timedelta(microseconds=micros)
    return Publication(at=at, on=at.astimezone(CHINA).date(), precision="second", zone_stated=True)


def _is_calendar(digits: str) -> bool:
    day = _day_or_none(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return day is not None and _is_plausible(day) and int(digits[8:]) <= _HOURS
