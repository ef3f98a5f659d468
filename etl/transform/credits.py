"""Who made an article: authors, editors, photographers, publisher, distributor, dateline place.

Names are read from the front matter, from lines of their own (byline, editor, source) and from
the brackets papers put at either end of the text: 本报讯（记者李巍）…, …。（本报记者 贺勇采访整理）.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from etl.grammar import load, read_table
from etl.records import Contributor, Finding
from etl.transform.agencies import (
    KEYS,
    KNOWN,
    OWN,
    any_of,
    is_medium,
    is_nobody,
    is_organisation,
    is_site,
    unquoted,
)
from etl.transform.bylines import (
    Byline,
    find_photographers,
    parse_author_line,
    parse_byline,
    parse_people,
)
from etl.transform.datelines import find_dateline, is_dateline
from etl.transform.names import is_name, parse_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import FrontMatter, Paragraph
    from etl.transform.datelines import Dateline


@dataclass(frozen=True, slots=True)
class CreditRule:
    """The shape of a whole line; `kind` is editor or source, `pattern` names fragments."""

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

_LABELS = read_table("credits")["labels"]
_FRAGMENTS = {
    "{open}": r"[（(\[【 ]*",
    "{close}": r"[）)\]】 ]*",
    "{editor}": any_of(_LABELS["editor"]),
    "{staff}": any_of(_LABELS["staff"]),
}
_LONGEST_LINE = 200


def _fill(pattern: str) -> str:
    for fragment, value in _FRAGMENTS.items():
        pattern = pattern.replace(fragment, value)
    return pattern


_KINDS = tuple((rule.kind, re.compile(_fill(rule.pattern))) for rule in RULES)
_STAFF_LABEL = re.compile(
    rf"({any_of([*_LABELS['editor'], *_LABELS['staff']])})[ ]?[:：／/｜| ][ ]?"
)
_NAMED_EDITOR = frozenset(_LABELS["named_editor"])
_BRACKETS = re.compile(
    r"^[（(](?P<opening>[^（）()]{3,300})[）)]|[（(](?P<closing>[^（）()]{3,600})[）)][。 ]?$"
)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_PRINT = re.compile(
    r"《([^《》]{2,20}?)》[ ]?[（(]?[ ]?(?:[0-9]{4}年)?[ ]?[0-9]{1,2}月[ ]?[0-9]{1,2}日"
)
_SOURCE = re.compile(
    r"^[（( \[【]*(?:部分|综合|本文|文章|信息|稿件|内容)?(?:来源|稿源|出处|转载自|转自|原载于?|原刊于?|摘自|选自|首发于)[:：|｜／/ ]*(?:微信)?(?:公众号)?[《“\" ]*(?P<name>[^》”\"，。；（）() \]】]{2,20})"
)
_NOT_WRITTEN = ("数据来源", "图片来源", "视频来源", "资料来源", "制图来源")
_VOICE = re.compile(
    rf"(?:^|[^{OWN}])《?(?P<name>{KNOWN})》?记者(?:了解|获悉|获得|注意到|发现|从|在|近日|日前|统计|梳理|走访|采访|调查|独家"
    r"|多方|根据|此前|曾|看到|表示|表态|称|说|分析|查询|查阅|联系|致电|进一步|还|也|专访|通过|实地)"
)


def credit_kind(text: str) -> str | None:
    """What a block is that only says who made the article: byline, editor, source, dateline.

    >>> credit_kind("新华社记者李凤双、张涛、齐雷杰"), credit_kind("[责编：李方舟]")
    ('byline', 'editor')
    >>> credit_kind("《光明日报》（2021年11月11日02版）"), credit_kind("（新华社北京2月20日电）")
    ('source', 'dateline')
    >>> credit_kind("记者从会上获悉，项目已开工。") is None
    True
    """
    if not 2 <= len(text) <= _LONGEST_LINE:
        return None
    for kind, pattern in _KINDS:
        if pattern.fullmatch(text):
            return kind
    if is_dateline(text):
        return "dateline"
    if is_medium(text):
        return "source"
    return "byline" if parse_byline(text) or parse_author_line(text) else None


def find_credits(front_matter: FrontMatter, paragraphs: Sequence[Paragraph]) -> Credits:
    """Who made the article, as its front matter and its text say; what is not said is None.

    A bracket of participants counts as the byline only where nobody else is named.
    """
    dateline = find_dateline(paragraphs)
    bylines = list(_bylines(paragraphs, dateline))
    authors, others = _sort_people(
        chain(_named_in(front_matter, "author"), *(b.people for b in bylines))
    )
    editors = [*_named_in(front_matter, "editor"), *_editors(paragraphs)]
    photographers = [*others, *_photographers(paragraphs)]
    publisher, distributor = _media(front_matter, paragraphs, bylines, dateline)
    place = dateline.place if dateline else next((b.place for b in bylines if b.place), None)
    contributors = dict.fromkeys(
        Contributor(role, name) for role, name in chain(authors, editors, photographers)
    )
    return Credits(tuple(contributors), publisher, distributor, place)


def _bylines(paragraphs: Sequence[Paragraph], dateline: Dateline | None) -> Iterator[Byline]:
    if dateline and (byline := parse_people(dateline.people)):
        yield byline
    for paragraph in paragraphs:
        if paragraph.kind == "byline":
            byline = parse_byline(paragraph.text) or parse_author_line(paragraph.text)
            if byline:
                yield byline
        elif paragraph.kind == "body":
            for match in _BRACKETS.finditer(paragraph.text):
                if byline := parse_byline(match["opening"] or match["closing"]):
                    yield byline


def _sort_people(
    people: Iterator[tuple[str, str]],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Authors, and photographers; participants are authors where there is no other."""
    everyone = list(people)
    authors = [person for person in everyone if person[0] == "author"]
    if not authors:
        authors = [("author", name) for role, name in everyone if role == "participant"]
    return authors, [person for person in everyone if person[0] == "photographer"]


def _named_in(front_matter: FrontMatter, role: str) -> list[tuple[str, str]]:
    """The people a front matter names; sites and media under `author` are none."""
    found = []
    for key in KEYS[role]:
        for value in _values(front_matter, key):
            byline = parse_byline(value)
            names = [name for _, name in byline.people] if byline else _plain_names(value)
            found += [(role, name) for name in names]
    return found


def _plain_names(value: str) -> list[str]:
    names = parse_names(value)
    return [name for name in names if is_name(name) or not name.isidentifier()]


def _values(front_matter: FrontMatter, key: str) -> list[str]:
    value = front_matter.get(key, ())
    values = [value] if isinstance(value, str) else value
    return [text.strip() for text in values if not is_nobody(text.strip())]


def _editors(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    for paragraph in paragraphs:
        if paragraph.kind != "editor":
            continue
        pieces = _STAFF_LABEL.split(paragraph.text.strip("（）()[]【】 "))
        for label, people in zip(pieces[1::2], pieces[2::2], strict=True):
            if label in _NAMED_EDITOR:
                yield from (
                    ("editor", name)
                    for name in parse_names(_ASIDE.sub("", people).strip("）)]】。 "))
                )


def _photographers(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    for paragraph in paragraphs:
        if paragraph.kind in ("caption", "body", "byline"):
            yield from (("photographer", name) for name in find_photographers(paragraph.text))


def _media(
    front_matter: FrontMatter,
    paragraphs: Sequence[Paragraph],
    bylines: Sequence[Byline],
    dateline: Dateline | None,
) -> tuple[str | None, str | None]:
    """The publisher, most certain statement first, and the distributor."""
    named = chain(
        _print_references(paragraphs),
        _front_media(front_matter),
        [dateline.agency] if dateline and not re.fullmatch(OWN, dateline.agency) else [],
        (byline.medium for byline in bylines if byline.medium),
        _source_lines(paragraphs),
        _voices(paragraphs),
    )
    publisher = next((name for name in named if not is_site(name)), None)
    return publisher, next(_distributors(front_matter), None)


def _print_references(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        if paragraph.kind == "source" and (match := _PRINT.search(paragraph.text)):
            yield match[1]


def _front_media(front_matter: FrontMatter) -> Iterator[str]:
    for key in KEYS["publisher"]:
        yield from (unquoted(value) for value in _values(front_matter, key))
    for key in KEYS["author"]:
        values = (unquoted(value) for value in _values(front_matter, key))
        yield from (v for v in values if is_medium(v) or is_organisation(v))


def _source_lines(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.kind != "source" or text.lstrip("（([【 ").startswith(_NOT_WRITTEN):
            continue
        if match := _SOURCE.match(text):
            yield match["name"]
        elif is_medium(text):
            yield text


def _voices(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The medium whose reporters tell the story: 第一财经记者了解到."""
    for paragraph in paragraphs:
        if paragraph.kind == "body" and (match := _VOICE.search(paragraph.text)):
            yield match["name"]


def _distributors(front_matter: FrontMatter) -> Iterator[str]:
    for key in KEYS["distributor"]:
        yield from _values(front_matter, key)
    for key in KEYS["author"]:
        for value in _values(front_matter, key):
            is_person = parse_byline(value) or _plain_names(value)
            if not is_person and not is_medium(value) and not is_organisation(value):
                yield value
