"""When an article was published: a cascade of sources, the certain ones first.

Front matter, then a dateline that states its year, then a print reference
(《光明日报》（2021年11月11日02版）), then a line of the body such as 发布时间：…. Every candidate
goes through the same plausibility check; what fails it is a finding, as is a contradiction.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from etl.grammar import read_table
from etl.records import Finding, Publication
from etl.transform.attribution.datelines import find_dateline
from etl.transform.publication.date_parsing import parse_date, resolve_shape
from etl.transform.publication.date_shapes import find_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import FrontMatter, Paragraph
    from etl.transform.attribution.datelines import Dateline

__all__ = ["find_publication", "parse_date", "resolve_day"]

_TABLE = read_table("dates")
_BLANKS = frozenset(_TABLE["blanks"])
_LEAP_CYCLE = 8
_PRINT = re.compile(
    r"《[^《》]{2,20}》[ ]?[（(]?[ ]?(?P<date>[0-9]{4}年[ ]?[0-9]{1,2}月[ ]?[0-9]{1,2}日)"
    r"(?=.{0,12}版|[ ]?[）)]|$)"
)
_LABELLED = re.compile(
    r"[\[（(【]?(?:" + "|".join(_TABLE["frame"]["body_labels"]) + r")[:： ]{0,3}(?=.*[0-9〇二])"
)
_EVENT = tuple(_TABLE["frame"]["event_labels"])
_HEAD = 6
_PROSE = re.compile("[，。；]")
_TITLES = ("headline", "heading")
_LONGEST_LINE, _LONGEST_META = 200, 80


def find_publication(
    front_matter: FrontMatter, paragraphs: Sequence[Paragraph]
) -> tuple[Publication, tuple[Finding, ...]]:
    """When and according to what an article was published, with what a reader should know.

    Nothing certain gives `Publication()` and one of the findings date_missing,
    date_unparsed or date_implausible.
    """
    dateline = find_dateline(paragraphs)
    candidates = list(_candidates(front_matter, dateline, paragraphs))
    readings = [(source, raw, _read(raw, source)) for source, raw in candidates]
    dated = [found for _, _, found in readings if found]
    findings = [_fault(raw) for _, raw, found in readings if not found]
    if not dated:
        return Publication(), tuple(findings) or (Finding("date_missing", "no date anywhere"),)
    winner = _most_exact(dated)
    findings += _conflicts(winner, dated)
    findings += _dateline_conflict(winner, dateline)
    return winner, tuple(dict.fromkeys(findings))


def resolve_day(month: int, day: int, reference: date) -> date | None:
    """The latest such day not after `reference`; None if no calendar has it.

    >>> resolve_day(12, 28, date(2021, 10, 19)), resolve_day(9, 1, date(2021, 10, 19))
    (datetime.date(2020, 12, 28), datetime.date(2021, 9, 1))
    >>> resolve_day(2, 30, date(2021, 10, 19)) is None
    True
    """
    for year in range(reference.year, max(reference.year - _LEAP_CYCLE, 1) - 1, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= reference:
            return found
    return None


def is_date_line(text: str) -> bool:
    """Whether a line is there to say when the article appeared.

    A bare day (二〇一九年二月二十二日) is what a law or a letter is signed with; without a label
    the line must state a time or what else pages print there.

    >>> is_date_line("发布时间：3小时前"), is_date_line("2019-02-22 07:31 来源：新华网")
    (True, True)
    >>> is_date_line("二〇一九年二月二十二日"), is_date_line("时间：2019年2月22日 9:00")
    (False, False)
    """
    if len(text) <= _LONGEST_LINE and _LABELLED.match(text):
        return True
    if len(text) > _LONGEST_META or text.startswith(_EVENT) or _PROSE.search(text):
        return False
    shape = find_shape(text)
    return shape is not None and ("hour" in shape.parts or _says_more(text, shape.surface))


def _candidates(
    front_matter: FrontMatter, dateline: Dateline | None, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[str, str]]:
    """(source, raw text) of everything that claims to be the publication date, in order."""
    for key in _TABLE["keys"]:
        value = front_matter.get(key, "")
        raw = value if isinstance(value, str) else " ".join(value)
        if raw.strip().lower() not in _BLANKS:
            yield "front_matter", raw.strip()
    if dateline and dateline.year and dateline.month:
        yield "dateline", dateline.surface
    for paragraph in paragraphs:
        if match := _PRINT.search(paragraph.text):
            yield "print_reference", match["date"]
    for paragraph in paragraphs:
        if _may_be_dated(paragraph) and is_date_line(paragraph.text):
            yield "body", paragraph.text


def _may_be_dated(paragraph: Paragraph) -> bool:
    """Without a label only the head of an article says when it appeared."""
    if paragraph.is_repeat or paragraph.kind in _TITLES:
        return False
    return paragraph.index <= _HEAD or _LABELLED.match(paragraph.text) is not None


def _says_more(text: str, surface: str) -> bool:
    """Whether words stand beside the date, not only brackets and the like."""
    return sum(map(str.isalnum, text)) > sum(map(str.isalnum, surface))


def _read(raw: str, source: str) -> Publication | None:
    """The candidate as a publication; of a body line, `raw` keeps the date's own characters."""
    shape = find_shape(raw)
    found = resolve_shape(shape) if shape else None
    if found is None:
        return None
    return replace(found, source=source, raw=raw if source == "front_matter" else found.raw)


def _fault(raw: str) -> Finding:
    code = "date_implausible" if find_shape(raw) else "date_unparsed"
    return Finding(code, raw)


def _most_exact(dated: Sequence[Publication]) -> Publication:
    """The first; if it has no time, the first of the same source and day that has one."""
    first = dated[0]
    alike = (p for p in dated if p.at and (p.source, p.on) == (first.source, first.on))
    return first if first.at else next(alike, first)


def _conflicts(winner: Publication, dated: Sequence[Publication]) -> list[Finding]:
    return [
        Finding("date_conflict", f"{winner.source} {winner.raw} / {other.source} {other.raw}")
        for other in dated
        if other.on != winner.on
    ]


def _dateline_conflict(winner: Publication, line: Dateline | None) -> list[Finding]:
    """A dateline without a year confirms a date that follows it within a month."""
    if winner.on is None or line is None or line.year or not (line.month and line.day):
        return []
    day = resolve_day(line.month, line.day, winner.on + timedelta(days=1))
    if day and winner.on - day <= timedelta(days=31):
        return []
    return [Finding("date_conflict", f"{winner.source} {winner.raw} / dateline {line.surface}")]
