"""Timelines: what an article has told about time so far, and the days its words stand for."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.numeral_values import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Mapping

_LATEST_PRINT = timedelta(days=7)
"""After its dateline; 今天 is still the day on which the report was written."""


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
    paragraph states with its year, `year` the last year named, `told` the last one
    that the paragraph names in figures, `last_told` the last that the article does, `named` the
    last day or month of the paragraph, however its year was found, `day` the last day it tells of,
    `said` the last year that it names alone, in whatever words, `reported` the day of the
    article's dateline. Where nobody says when the article was published, `months` are the years of
    the months that it names in full, and `present` is its own year as soon as one of them is named
    without.
    """

    published: date | None
    narrated: date | None = None
    year: int | None = None
    told: int | None = None
    last_told: int | None = None
    named: date | None = None
    day: date | None = None
    said: int | None = None
    reported: date | None = None
    months: Mapping[int, int] = field(default_factory=dict)
    present: int | None = None

    def __post_init__(self) -> None:
        """The year of publication is the present one."""
        if self.published:
            self.present = self.published.year

    def begin_paragraph(self) -> None:
        """Forget what only holds within a paragraph."""
        self.narrated = self.named = self.day = self.told = self.said = None

    def note_dateline(self, days: Days | None) -> None:
        """Keep the day of the first dateline, unless the article only tells of an old report."""
        if days and days.start and self.published and not self.reported:
            is_near = abs(self.published - days.start) <= _LATEST_PRINT
            self.reported = days.start if is_near else None


def to_months(year: int, first: int, last: int) -> Days:
    """The days from the `first` to the `last` month of `year`; months beyond it count on.

    >>> to_months(2021, 0, 0)
    Days(start=datetime.date(2020, 12, 1), end=datetime.date(2020, 12, 31))
    """
    (begin, month), (finish, end) = (divmod(12 * year + m - 1, 12) for m in (first, last))
    last_day = calendar.monthrange(finish, end + 1)[1]
    return Days(date(begin, month + 1, 1), date(finish, end + 1, last_day))


@lru_cache(maxsize=1024)  # there are few months and years
def to_number(text: str) -> int:
    """A day, month or year as written: 9, 十一, 二〇一九.

    >>> to_number("十一"), to_number("○")
    (11, 0)
    """
    return int(parse_numeral(text) or 0)
