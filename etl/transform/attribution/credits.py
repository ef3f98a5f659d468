"""Who made an article: authors, editors, photographers, publisher, distributor, dateline place.

Names are read from the front matter, from lines of their own (byline, editor, source) and from
the brackets papers put at either end of the text: 本报讯（记者李伟）…, …。（本报记者 贺明整理）.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from etl.grammar import load, read_table
from etl.records import Contributor, Finding
from etl.transform.attribution.agencies import KEYS, any_of, is_medium
from etl.transform.attribution.bylines import (
    Byline,
    find_people,
    parse_byline,
    parse_people,
    strip_edges,
)
from etl.transform.attribution.datelines import find_datelines, is_dateline
from etl.transform.attribution.names import parse_names
from etl.transform.attribution.publishers import (
    find_distributor,
    find_publisher,
    people_in,
    values_of,
)
from etl.transform.attribution.signatures import (
    find_embedded,
    find_photographers,
    parse_author_line,
)
from etl.transform.publication.dates import is_date_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import FrontMatter, Paragraph
    from etl.transform.attribution.datelines import Dateline


@dataclass(frozen=True, slots=True)
class CreditRule:
    """The shape of a whole line; `kind` is editor, source or byline, `pattern` names fragments."""

    name: str
    kind: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credits:
    """Everything an article says about who made it."""

    contributors: tuple[Contributor, ...] = ()
    publisher: str | None = None
    distributor: str | None = None
    dateline_place: str | None = None
    findings: tuple[Finding, ...] = ()


RULES = load("credits", CreditRule)

_WORDS = read_table("credits")["words"]
_EDITORS = tuple(_WORDS["editor"])
_LONGEST_LINE = 200
_HEAD = 8
"""A bare name is a byline only among the first paragraphs; further down lists name people."""


def _compile(rule: CreditRule) -> re.Pattern[str]:
    fragments = {
        "{open}": r"[（(\[【 ]*",
        "{close}": r"[）)\]】 ]*",
        "{editor}": any_of(_WORDS["editor"]),
        "{staff}": any_of(_WORDS["staff"]),
    }
    pattern = rule.pattern
    for name, fragment in fragments.items():
        pattern = pattern.replace(name, fragment)
    return re.compile(pattern)


_PATTERNS = tuple((rule.kind, _compile(rule)) for rule in RULES)


def credit_kind(text: str) -> str | None:
    """What a block is that only says who made the article: byline, editor, source, dateline.

    >>> credit_kind("新华社记者李凤双、张涛、齐雷杰"), credit_kind("[责编：李方舟]")
    ('byline', 'editor')
    >>> credit_kind("《光明日报》（2021年11月11日02版）"), credit_kind("（新华社北京2月20日电）")
    ('source', 'dateline')
    >>> credit_kind("记者从会上获悉，项目已开工。") is None
    True
    """
    if not 1 < len(text) <= _LONGEST_LINE:
        return None
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return kind
    if is_dateline(text):
        return "dateline"
    if is_medium(text) or is_date_line(text):
        return "source"
    return "byline" if parse_byline(text) or parse_author_line(text) else None


def find_credits(front_matter: FrontMatter, paragraphs: Sequence[Paragraph]) -> Credits:
    """Who made the article, as its front matter and its text say; what is not said is None.

    Who only took part (参与采写) counts as an author where nobody else is named. A byline or
    editor line without a readable name is a finding.
    """
    datelines = list(find_datelines(paragraphs))
    dateline = datelines[0] if datelines else None
    bylines = list(_bylines(paragraphs, datelines))
    people = [
        *(("author", name) for name in _named_in(front_matter, "author")),
        *(("editor", name) for name in _named_in(front_matter, "editor")),
        *chain.from_iterable(byline.people for byline in bylines),
        *_labelled(paragraphs),
        *(("photographer", name) for name in _photographers(paragraphs)),
    ]
    return Credits(
        contributors=tuple(_to_contributors(people)),
        publisher=find_publisher(front_matter, paragraphs, bylines, dateline),
        distributor=find_distributor(front_matter),
        dateline_place=dateline.place if dateline else _first_place(bylines),
        findings=tuple(_unread(paragraphs)),
    )


def _to_contributors(people: Sequence[tuple[str, str]]) -> Iterator[Contributor]:
    """Each person once in a role: the authors first, then editors, then photographers."""
    has_author = any(role == "author" for role, _ in people)
    named = {
        "author": "author" if has_author else "participant",
        "editor": "editor",
        "photographer": "photographer",
    }
    for published, role in named.items():
        for name in dict.fromkeys(name for person_role, name in people if person_role == role):
            yield Contributor(published, name)


def _first_place(bylines: Sequence[Byline]) -> str | None:
    return next((byline.place for byline in bylines if byline.place), None)


def _named_in(front_matter: FrontMatter, role: str) -> Iterator[str]:
    """The people a front matter names; sites and media under `author` are none."""
    for key in KEYS[role]:
        for value in values_of(front_matter, key):
            yield from people_in(value)


def _bylines(paragraphs: Sequence[Paragraph], datelines: Sequence[Dateline]) -> Iterator[Byline]:
    for dateline in datelines:
        if byline := parse_people(dateline.people):
            yield byline
    for paragraph in paragraphs:
        if paragraph.kind == "byline":
            if byline := _byline_of(paragraph):
                yield byline
        elif paragraph.kind == "body":
            yield from find_embedded(paragraph.text)


def _byline_of(paragraph: Paragraph) -> Byline | None:
    if byline := parse_byline(paragraph.text):
        return byline
    if paragraph.index > _HEAD:
        return None
    return parse_author_line(paragraph.text) or _bare_names(paragraph.text)


def _bare_names(text: str) -> Byline | None:
    """Names in a line whose place says that it is the byline: （基金观察 张佳文）."""
    pieces = re.split("[ 、]", strip_edges(text))
    names = tuple(("author", name) for piece in pieces for name in parse_names(piece))
    return Byline(names) if names else None


def _labelled(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    for paragraph in paragraphs:
        if paragraph.kind in ("editor", "source"):
            yield from find_people(paragraph.text)


def _photographers(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        if paragraph.kind in ("caption", "body", "byline"):
            yield from find_photographers(paragraph.text)


def _unread(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Credit lines whose people could not be read."""
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.kind == "byline":
            is_unread = not (_byline_of(paragraph) or _tells_position(text))
        else:
            is_unread = paragraph.kind == "editor" and _names_nobody(text)
        if is_unread:
            yield Finding("credit_unparsed", text)


def _tells_position(byline: str) -> bool:
    """（作者为中国驻苏丹大使） promises no name."""
    return any(kind == "byline" and pattern.fullmatch(byline) for kind, pattern in _PATTERNS)


def _names_nobody(editor_line: str) -> bool:
    promises = strip_edges(editor_line).startswith(_EDITORS)
    return promises and not any(find_people(editor_line))
