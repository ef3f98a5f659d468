"""Bounds: the days that a time in a text gives to the quantities it governs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.times.periods import Days, Period, is_until
from etl.transform.times.timelines import to_months, to_number

if TYPE_CHECKING:
    from etl.transform.amounts.quantities import Quantity

_SINCE = re.compile(r"(?:以来|起|至今|后(?!期|来)|开始)(?!的)")
# 自2018年春季以来 needs no comma, 2015年会议召开以来，does
# The name of what was signed then may be long: 自2014年7月签署《…协议》以来.
_SINCE_CLAUSE = re.compile(
    r"[^，。；\d《]{0,12}(?:《[^《》]{1,40}》)?[^，。；\d《]{0,12}(?:以来|至今)"
)
_SINCE_CLAUSE_ALONE = re.compile(r"[^，。；\d]{1,20}以来，")
_UP_TO = ("到", "至")
_SUM = re.compile(r"共|累计|合计")
_RUN = re.compile(r"连续(?P<count>[两二三四五六七八九十\d]{1,2})个月")


class Bound(NamedTuple):
    """The days a quantity holds for, and the words that say so.

    `is_own` where they are tied to that quantity alone: 2014年的83.1亿元.
    """

    days: Days
    surface: str
    is_own: bool = False


def to_bound(text: str, period: Period) -> Bound | None:
    """截至 leaves the start open and 以来 the end; None where nothing resolves the time."""
    surface, days = text[period.start : period.end], period.days
    if days is None:
        return None
    if is_until(text, period):
        return Bound(Days(None, days.end), surface)
    if period.is_end:
        return Bound(Days(days.end, days.end), surface)
    if is_since(text, period):
        return Bound(Days(days.start, None), surface)
    return Bound(days, surface)


def is_since(text: str, period: Period) -> bool:
    """Whether the time is a beginning: 2018年以来, 始于1971年."""
    before = text[max(0, period.start - 2) : period.start]
    return bool(
        _SINCE.match(text, period.end)
        or _SINCE_CLAUSE_ALONE.match(text, period.end)
        or (before.endswith(("自", "从")) and _SINCE_CLAUSE.match(text, period.end))
        or before == "始于"
    )


def to_sum(text: str, period: Period, quantity: Quantity) -> Bound | None:
    """到2018年底，共出售5套: a sum up to then, whose beginning nobody states."""
    if not (period.days and period.is_end and text.endswith(_UP_TO, 0, period.start)):
        return None
    if not _SUM.search(text, period.end, quantity.start):
        return None
    return Bound(Days(None, period.days.end), text[period.start : period.end])


def to_run(text: str, bound: Bound, start: int, quantity: Quantity) -> Bound:
    """12月…连续三个月位于56%以上: the months from October on, told behind `start`."""
    first, last = bound.days
    run = _RUN.search(text, start, quantity.start)
    if run is None or first is None or last is None:
        return bound
    if (first.year, first.month) != (last.year, last.month):
        return bound
    months = to_months(last.year, last.month - to_number(run["count"]) + 1, last.month)
    return Bound(months, bound.surface, is_own=True)
