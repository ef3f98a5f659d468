"""Times in running text: which days a word covers, resolved with the article's own date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar
from etl.records import DateMention
from etl.transform.times.calendar_days import read_days
from etl.transform.times.timelines import Days, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from etl.records import Paragraph

__all__ = ["Days", "Period", "Timeline", "begin_timeline", "find_dates", "find_periods", "is_until"]


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """One rule of `periods.toml`; see the head of that file."""

    name: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class Period(NamedTuple):
    """A time as the text names it; `days` is None where no reference date resolves it.

    `is_end` says that the words name the end of their span (年底, 9月底); `rule` is the grammar's.
    """

    start: int
    end: int
    days: Days | None
    grain: str
    resolved_from: str
    rule: str
    is_end: bool = False


class _Dated(NamedTuple):
    """A day named with its year; `is_month` says that its month is named, too."""

    day: date
    is_month: bool
    is_until: bool


class _Wording(NamedTuple):
    """The words of a time: the rule that reads them, what its groups hold; see `Period`."""

    start: int
    end: int
    rule: str
    groups: Mapping[str, str]
    is_end: bool


_WORDS = grammar.read_table("periods")["words"]
RULES = grammar.load("periods", PeriodRule)


def _expand(pattern: str) -> str:
    for name in sorted(_WORDS, key=len, reverse=True):
        pattern = pattern.replace(name, _WORDS[name])
    return pattern


class _Branch(NamedTuple):
    """One rule within the common pattern: its name, and what its groups are called there."""

    rule: str
    groups: tuple[tuple[str, str], ...]


_GROUP = re.compile(r"\(\?P<(\w+)>")
_SAME = re.compile(r"\(\?P=(\w+)\)")


def _to_common_pattern() -> tuple[re.Pattern[str], dict[str, _Branch]]:
    """All rules as the branches of one pattern; the group that closes last names the branch."""
    branches, patterns = {}, []
    for number, rule in enumerate(RULES):
        pattern = _expand(rule.pattern)
        groups = tuple((name, f"{name}_{number}") for name in _GROUP.findall(pattern))
        branches[f"rule_{number}"] = _Branch(rule.name, groups)
        own = _GROUP.sub(rf"(?P<\1_{number}>", pattern)
        own = _SAME.sub(rf"(?P=\1_{number})", own)
        patterns.append(f"(?P<rule_{number}>{own})")
    return re.compile("|".join(patterns)), branches


_TIME, _BRANCHES = _to_common_pattern()
# The characters come first so that the search for them is the engine's fastest.
_BEGINNING = re.compile(rf"[{_WORDS['FIRST']}](?<=(?=(?:{_WORDS['BEGINNING']})).)")
_ENDS = ("底", "末")
_UNTIL = re.compile(r"截(?:至|止到?|止至?)(?:了|到)?$")
_UP_TO = re.compile(r"(?:截至|截止到?|到|至)了?$")
_BASE = re.compile(r"(?:[比较占与]|不[及如足]|超过|相当于)$")
"""Behind these stands a time with which others are compared, not the one that is told of."""
_YEAR = re.compile(r"[12][09]\d\d\s?[年./-]|[一二][九〇零○][零〇○一二三四五六七八九]{2}年")
_MONTH_GRAINS = frozenset({"day", "month"})
_MONTH_RANGES = frozenset({"day_range", "written_range", "month_range", "year_month_to_year_month"})
_DATELINE = re.compile("[讯电](?![话影视力子脑])")
_YEAR_GROUPS = ("year", "short", "relative")
_LISTING = ("、", "和", "及", "与")
_AHEAD = ("到", "至")
_LATE = 11
"""November and December are told of in January, too."""
_NEAR = 4


def find_periods(text: str, timeline: Timeline) -> Iterator[Period]:
    """The times named in one paragraph, in order; `timeline` is read and carried forward.

    >>> from datetime import date
    >>> found = find_periods("2020年底至今，去年1至8月", Timeline(date(2021, 3, 1)))
    >>> [(str(p.days.start), str(p.days.end)) for p in found]
    [('2020-12-01', '2020-12-31'), ('2020-01-01', '2020-08-31')]
    >>> [p.days for p in find_periods("去年", Timeline(None))]
    [None]
    >>> list(find_periods("近年来", Timeline(None)))
    []
    """
    timeline.begin_paragraph()
    for wording in _read_wordings(text):
        told, said = timeline.told, timeline.said
        if period := _to_period(wording, timeline):
            if _BASE.search(text, max(0, period.start - _NEAR), period.start):
                timeline.told, timeline.said = told, said
            timeline.last_told = timeline.told or timeline.last_told
            if period.grain == "day" and _DATELINE.match(text, period.end):
                timeline.note_dateline(period.days)
            yield period


def begin_timeline(texts: Iterable[str], published: date | None) -> Timeline:
    """The timeline of an article, before its first paragraph is read.

    Where nobody says when it was `published`, its months are dated by those it names in full,
    if they are of the latest year that it names. What is counted until such a month is news of the
    same year, unless it is late in it.

    >>> begin_timeline(["2019年1月，出口增长", "1月，进口下降"], None).months
    {1: 2019}
    >>> begin_timeline(["2018年1月，出口增长", "2019年"], None).months
    {}
    >>> begin_timeline(["截至2019年6月", "到2020年"], None).present
    2019
    """
    if published:
        return Timeline(published)
    dated = [found for text in texts if _YEAR.search(text) for found in _find_dated(text)]
    latest = max((found.day.year for found in dated), default=None)
    months = [found for found in dated if found.is_month and found.day.year == latest]
    is_present = any(found.is_until for found in months) and all(
        found.day.month < _LATE for found in months
    )
    return Timeline(
        None,
        months={found.day.month: found.day.year for found in months},
        present=latest if is_present else None,
    )


def find_dates(paragraphs: Sequence[Paragraph], published: date | None) -> list[DateMention]:
    """Every time named in the article; vague ones (近日, 近年来) and durations are none.

    >>> from etl.records import Paragraph
    >>> find_dates([Paragraph(1, "body", "7年多来")], None)
    []
    """
    mentions = []
    timeline = begin_timeline((p.text for p in paragraphs), published)
    for paragraph in paragraphs:
        for p in find_periods(paragraph.text, timeline):
            days = _as_named(paragraph.text, p)
            mentions.append(
                DateMention(
                    paragraph_index=paragraph.index,
                    start=p.start,
                    end=p.end,
                    surface=paragraph.text[p.start : p.end],
                    start_on=days.start if days else None,
                    end_on=days.end if days else None,
                    grain=p.grain,
                    resolved_from=p.resolved_from if days else "unresolved",
                )
            )
    return mentions


def is_until(text: str, period: Period) -> bool:
    """Whether 截至 stands before, so that the period is open at its start."""
    return bool(_UNTIL.search(text[max(0, period.start - _NEAR) : period.start]))


@lru_cache(maxsize=1024)  # for the article's metrics and for its dates
def _find_dated(text: str) -> tuple[_Dated, ...]:
    """The first and last days named with their year, without those that lie ahead (到2020年)."""
    dated = []
    for period in find_periods(text, Timeline(None)):
        is_month = period.grain in _MONTH_GRAINS or period.rule in _MONTH_RANGES
        until = is_until(text, period)
        is_ahead = not until and text.startswith(_AHEAD, max(0, period.start - 1))
        if (is_month or period.grain == "year") and not is_ahead:
            dated += [_Dated(day, is_month, until) for day in period.days or () if day]
    return tuple(dated)


@lru_cache(maxsize=1024)  # a document's paragraphs are read for its metrics and for its dates
def _read_wordings(text: str) -> tuple[_Wording, ...]:
    """Whatever reads as a time in `text`, before anything is known of its days."""
    found: list[_Wording] = []
    position = 0
    while beginning := _BEGINNING.search(text, position):
        match = _TIME.match(text, beginning.start())
        position = match.end() if match else beginning.end()
        if match:
            wording = _to_wording(match)
            found.append(_with_year(wording, found[-1], text) if found else wording)
    return tuple(found)


def _with_year(wording: _Wording, before: _Wording, text: str) -> _Wording:
    """2015年上半年、下半年: the next part in a list is of the same year."""
    if wording.rule != "part_of_year" or text[before.end : wording.start] not in _LISTING:
        return wording
    year = {name: before.groups[name] for name in _YEAR_GROUPS if name in before.groups}
    return wording._replace(groups={**year, **wording.groups})


def _to_wording(match: re.Match[str]) -> _Wording:
    rule, names = _BRANCHES[match.lastgroup or ""]
    groups = {name: match[own] for name, own in names if match[own]}
    is_end = match.group().rstrip("份").endswith(_ENDS)
    return _Wording(match.start(), match.end(), rule, groups, is_end)


def _to_period(wording: _Wording, timeline: Timeline) -> Period | None:
    start, end, rule, groups, is_end = wording
    try:
        days, grain, source = read_days(rule, groups, timeline)
    except ValueError:  # 2月30日
        return None
    return Period(start, end, days, grain, source, rule, is_end)


def _as_named(text: str, period: Period) -> Days | None:
    """截至2020年底 names the last day, 2020年底 alone the month; 今年起 has no end."""
    if period.days is None:
        return None
    if text[period.start : period.end + 1].endswith("起"):
        return Days(period.days.start, None)
    if period.is_end and _UP_TO.search(text[max(0, period.start - _NEAR) : period.start]):
        return Days(period.days.end, period.days.end)
    return period.days
