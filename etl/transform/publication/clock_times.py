"""A stated time of day on a civil date → the instant, or None where it is not certain."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from etl.grammar import read_table
from etl.transform.publication.date_numerals import parse_small

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

CHINA = ZoneInfo("Asia/Shanghai")
"""Its clocks are eight hours ahead since 1991; from 1986 to 1991 they had summer time."""

_TABLE = read_table("dates")
_PARTS = {word: part for part in _TABLE["parts"].values() for word in part["words"]}
_ZONES = _TABLE["zones"]
_NOON, _MIDNIGHT = 12, 24
_NO_HOURS = (1, 0)
_LEAP_SECOND = 60
_LEAP_DAYS = ((1, 1), (7, 1))
_FARTHEST = timedelta(hours=14)


def resolve_time(day: date, parts: Mapping[str, str], zone: tzinfo) -> datetime | None:
    """The stated time in UTC; None where words contradict it or the clock showed it twice.

    >>> resolve_time(date(2019, 2, 22), {"hour": "7", "minute": "31", "part": "下午"}, CHINA)
    datetime.datetime(2019, 2, 22, 11, 31, tzinfo=datetime.timezone.utc)
    >>> resolve_time(date(2019, 2, 22), {"hour": "17", "part": "上午"}, CHINA) is None
    True

    Raises:
        ValueError: there is no such time of day.
    """
    hour = _hour(parse_small(parts["hour"]), parts.get("part", ""))
    minute = 30 if parts.get("minute") == "半" else parse_small(parts.get("minute", "0"))
    second = int(parts.get("second", "0"))
    if hour is None:
        return None
    if hour == _MIDNIGHT and minute == second == 0:
        return _to_utc(datetime.combine(day, time()) + timedelta(days=1), zone)
    if second == _LEAP_SECOND:
        return _leap_second(datetime.combine(day, time(hour, minute)), zone)
    micros = parse_fraction(parts.get("fraction", ""))
    return _to_utc(datetime.combine(day, time(hour, minute, second, micros)), zone)


def parse_fraction(digits: str) -> int:
    """The microseconds of a second's decimals, with or without their point; the rest is cut.

    >>> parse_fraction("5"), parse_fraction(".123456789"), parse_fraction("")
    (500000, 123456, 0)
    """
    return int(digits.lstrip(".")[:6].ljust(6, "0"))


def parse_zone(text: str) -> tzinfo:
    """The zone of a name or of an offset.

    >>> str(parse_zone("GMT+8")), str(parse_zone("-0530")), str(parse_zone("北京时间"))
    ('UTC+08:00', 'UTC-05:30', 'Asia/Shanghai')

    Raises:
        ValueError: no place on earth has that offset.
    """
    name = text.lower()
    if name in _ZONES:
        minutes = _ZONES[name]
        return CHINA if minutes == "china" else _offset_zone(minutes)
    digits = "".join(filter(str.isdigit, name))
    hours, rest = (digits[:-2], digits[-2:]) if len(digits) > len("08") else (digits, "0")
    minutes = int(hours) * 60 + time(minute=int(rest)).minute
    return _offset_zone(-minutes if "-" in name else minutes)


def _offset_zone(minutes: int) -> timezone:
    offset = timedelta(minutes=minutes)
    if abs(offset) > _FARTHEST:
        raise ValueError(minutes)
    return timezone(offset)


def _hour(hour: int, word: str) -> int | None:
    """The hour of 24, read with its word for the time of day; None where they disagree."""
    if not word:
        return hour
    part = _PARTS[word.lower()]
    if hour == _NOON and part.get("zero"):
        return 0
    for key, plus in (("keep", 0), ("add", _NOON)):
        first, last = part.get(key, _NO_HOURS)
        if first <= hour <= last:
            return hour + plus
    return None


def _to_utc(wall_clock: datetime, zone: tzinfo) -> datetime | None:
    """The instant; None in the hour that summer time skips or repeats."""
    early, late = (wall_clock.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return early.astimezone(UTC) if early.utcoffset() == late.utcoffset() else None


def _leap_second(minute: datetime, zone: tzinfo) -> datetime | None:
    """23:59:60 UTC at the end of a half-year, counted as POSIX does: the next day's first."""
    after = _to_utc(minute + timedelta(minutes=1), zone)
    is_possible = after and (after.month, after.day) in _LEAP_DAYS and after.time() == time()
    return after if is_possible else None
