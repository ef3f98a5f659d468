"""One raw string → when an article was published, or None where that is not certain.

What is ambiguous (03/04/2021), incomplete (11月11日), impossible (2021-02-30), contradictory (a
wrong weekday) or a placeholder (1970-01-01) publishes nothing. A time is published exactly
when it is stated; one without a zone is read as the civil time of Asia/Shanghai.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from etl.grammar import read_table
from etl.records import Publication
from etl.transform.date_shapes import Shape, find_shape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

CHINA = ZoneInfo("Asia/Shanghai")

_TABLE = read_table("dates")
_PLAUSIBLE = _TABLE["plausible"]
_MONTHS = {word: 1 + n for n, row in enumerate(_TABLE["months"]["words"]) for word in row}
_WEEKDAYS = {word: n for n, row in enumerate(_TABLE["weekdays"]["words"]) for word in row}
_PARTS = {word: part for part in _TABLE["parts"].values() for word in part["words"]}
_ZONES = _TABLE["zones"]
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○o", 0)
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100}
_MIDNIGHT = 24
_NOON = time(12)
_NO_HOURS = (1, 0)
_LEAP_SECOND = 60
_LEAP_DAYS = ((1, 1), (7, 1))
_HOUR_DIGITS = 2
_FARTHEST = timedelta(hours=14)


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
        found = _from_epoch(shape) if shape.rule == "epoch" else _from_calendar(shape.parts)
    except (ValueError, OverflowError):
        return None
    if found is None or found.on is None or not _is_plausible(found.on):
        return None
    return replace(found, raw=shape.surface)


def _from_calendar(parts: Mapping[str, str]) -> Publication | None:
    """Raises ValueError where a part is out of its range."""
    day = _civil_date(parts)
    if day is None or not _is_plausible(day):
        return None
    if "weekday" in parts and _WEEKDAYS[parts["weekday"].lower()] != day.weekday():
        return None
    zone = _zone(parts["zone"]) if "zone" in parts else None
    if "hour" not in parts:
        return Publication(on=day, precision="day", zone_stated=zone is not None)
    at = _instant(day, parts, zone or CHINA)
    if at is None:
        return None
    return Publication(
        on=at.astimezone(CHINA).date(),
        at=at,
        precision="second" if "second" in parts else "minute",
        zone_stated=zone is not None,
    )


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
    if "first" in parts:
        return _one_reading(int(parts["year"]), int(parts["first"]), int(parts["next"]))
    name = parts.get("name")
    month = _MONTHS[name.lower()] if name else _number(parts["month"])
    if "short" in parts:
        return _one_century(int(parts["short"]), month, int(parts["day"]), parts.get("weekday", ""))
    year = 1911 + _number(parts["republic"]) if "republic" in parts else _digits(parts["year"])
    return date(year, month, _number(parts["day"]))


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


def _digits(text: str) -> int:
    """A year, digit by digit: 2019, 二〇一九."""
    return int("".join(str(_DIGITS.get(char.lower(), char)) for char in text))


def _number(text: str) -> int:
    """A small number: 22, 二十二, 廿二, 元, 一百零八.

    Raises:
        ValueError: the characters are no number below 200.
    """
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    total = last = 0
    for char in text:
        if char in _TENS:
            total += _TENS[char] * (last or 1)
            last = 0
        elif last:
            raise ValueError(text)
        else:
            last = _DIGITS[char]
    return total + last


# A time of day


def _instant(day: date, parts: Mapping[str, str], zone: tzinfo) -> datetime | None:
    """The stated time in UTC; None where words contradict it or the clock showed it twice."""
    hour = _hour(_number(parts["hour"]), parts.get("part", ""))
    minute = _minute(parts.get("minute", "0"))
    second = int(parts.get("second", "0"))
    if hour is None:
        return None
    if hour == _MIDNIGHT and minute == second == 0:
        return _to_utc(datetime.combine(day, _NOON) + timedelta(hours=12), zone)
    if second == _LEAP_SECOND:
        return _leap_second(datetime.combine(day, time(hour, minute)), zone)
    micros = int(parts.get("fraction", "0").lstrip(".")[:6].ljust(6, "0"))
    return _to_utc(datetime.combine(day, time(hour, minute, second, micros)), zone)


def _hour(hour: int, word: str) -> int | None:
    """The hour of 24, read with its word for the time of day; None where they disagree."""
    if not word:
        return hour
    part = _PARTS[word.lower()]
    if hour == _NOON.hour and part.get("zero"):
        return 0
    for key, plus in (("keep", 0), ("add", 12)):
        first, last = part.get(key, _NO_HOURS)
        if first <= hour <= last:
            return hour + plus
    return None


def _minute(text: str) -> int:
    return 30 if text == "半" else _number(text)


def _to_utc(wall_clock: datetime, zone: tzinfo) -> datetime | None:
    """The instant; None in the hour that summer time skips or repeats."""
    early, late = (wall_clock.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return early.astimezone(UTC) if early.utcoffset() == late.utcoffset() else None


def _leap_second(minute: datetime, zone: tzinfo) -> datetime | None:
    """23:59:60 UTC at the end of a half-year, counted as POSIX does: the next day's first."""
    after = _to_utc(minute + timedelta(minutes=1), zone)
    is_possible = after and (after.month, after.day) in _LEAP_DAYS and after.time() == time()
    return after if is_possible else None


def _zone(text: str) -> tzinfo:
    """The zone of a name or of an offset: Z, GMT+8, +0800, +08:00, 北京时间.

    Raises:
        ValueError: no place on earth has that offset.
    """
    name = text.lower()
    if name in _ZONES:
        minutes = _ZONES[name]
        return CHINA if minutes == "china" else timezone(timedelta(minutes=minutes))
    sign, digits = (
        name[name.index("-" if "-" in name else "+") :][0],
        "".join(filter(str.isdigit, name)),
    )
    hours, minutes = (digits, "0") if len(digits) <= _HOUR_DIGITS else (digits[:-2], digits[-2:])
    offset = timedelta(hours=int(hours), minutes=time(minute=int(minutes)).minute)
    if offset > _FARTHEST:
        raise ValueError(text)
    return timezone(-offset if sign == "-" else offset)


# A count of seconds


def _from_epoch(shape: Shape) -> Publication | None:
    """Seconds since 1970; none that could as well be a year, month, day and hour."""
    digits, fraction = shape.parts["epoch"], shape.parts.get("fraction", "0")
    first, last = _PLAUSIBLE["epoch_seconds"]
    if not first <= int(digits) <= last or _is_calendar(digits):
        return None
    micros = int(fraction.lstrip(".")[:6].ljust(6, "0"))
    at = datetime.fromtimestamp(int(digits), UTC) + timedelta(microseconds=micros)
    return Publication(at=at, on=at.astimezone(CHINA).date(), precision="second", zone_stated=True)


def _is_calendar(digits: str) -> bool:
    day = _day_or_none(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return day is not None and _is_plausible(day) and int(digits[8:]) <= _MIDNIGHT
