"""Which medium wrote an article, and which site carries it."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from etl.grammar import read_table
from etl.transform.attribution.agencies import (
    KEYS,
    KNOWN,
    OWN,
    any_of,
    could_be_medium,
    is_medium,
    is_nobody,
    is_organisation,
    is_site,
    plain_name,
)
from etl.transform.attribution.bylines import parse_byline
from etl.transform.attribution.names import parse_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import FrontMatter, Paragraph
    from etl.transform.attribution.bylines import Byline
    from etl.transform.attribution.datelines import Dateline

_ADDRESS = re.compile(r"<?(?:https?://\S+|www\.\S+|[^\s<>@]+@[^\s<>@]+)>?")
_OWN = re.compile(OWN)
_PRINT = re.compile(
    r"《([^《》]{2,20})》[ ]?[（(]?[ ]?(?:[0-9]{4}年)?[ ]?[0-9]{1,2}月[ ]?[0-9]{1,2}日"
)
_SOURCE = re.compile(
    r"(?:(?<!数据)(?<!图片)(?<!视频)(?<!资料)(?<!制图)来源|稿源|出处)[ ]?[:：|｜丨／/ ]+"
    r"(?:综合|微信)?(?:公众号)?[《“\" ]*(?P<name>[^》”\"，、。；（）() |｜丨/\]】]{2,20})"
)
_REPRINT = re.compile(
    r"^[（(\[【 ]*(?:本文)?(?:转载自|转自|原载于?|原刊于?|摘自|选自|首发于|据)[:：]?"
    rf"(?:(?:微信)?(?:公众号)?[《“](?P<quoted>[^》”]{{2,20}})[》”]|(?P<known>{KNOWN}))"
)
_ACCOUNT = re.compile(
    r"(?:转载自|转自|来自|首发于|原载于?)[：:]?(?:微信)?公众号[：:]?[《“\"「](?P<name>[^》”\"」]{2,20})"
)
_ACCOUNT_WORD = re.compile("(?:官方)?(?:微信|微博)?(?:公众号|官方微博)$")
_CLOSING_SOURCE = re.compile(r"[（(](?:来源|稿源|原载)[：:][^（）()]{2,20}[）)]。?$")
_LONGEST_LINE, _LONGEST_BRACKET = 150, 40
_VOICE = re.compile(f"记者{any_of(read_table('credits')['words']['voice'])}")
# 告诉 or 对 or 向: one character comes first, so that the search for it is the engine's fastest.
_TOLD = re.compile(
    rf"[告对向](?P<is_told>(?<=告)诉)?(?<!告)(?P<name>{KNOWN})(?:记者)?"
    "(?(is_told)|(?:表示|分析|称|说|指出|介绍|透露|坦言))"
)
_KNOWN_BEFORE = re.compile(f"({KNOWN})》?$")
_LONGEST_KNOWN = 12


def find_publisher(
    front_matter: FrontMatter,
    paragraphs: Sequence[Paragraph],
    bylines: Sequence[Byline],
    dateline: Dateline | None,
) -> str | None:
    """The medium that wrote the article, from the most certain statement to the least.

    A print reference, the front matter, the dateline, the byline, a source line, and last the
    medium whose reporters tell the story (第一财经记者了解到).
    """
    named = chain(
        _print_references(paragraphs),
        _front_matter_media(front_matter),
        [dateline.agency] if dateline and not _OWN.fullmatch(dateline.agency) else [],
        (byline.medium for byline in bylines if byline.medium),
        _source_lines(paragraphs),
        [] if _speaks_for_itself(paragraphs, dateline) else _voices(paragraphs),
    )
    return next((name for name in named if name and not is_site(name)), None)


def find_distributor(front_matter: FrontMatter) -> str | None:
    """The site that carries the article: its own key, an author who is no person, the source.

    >>> find_distributor({"author": "ZAKER"})
    'ZAKER'
    >>> find_distributor({"author": "None"}), find_distributor({"author": "新华社"})
    (None, None)
    """
    named = chain(
        (value for key in KEYS["distributor"] for value in values_of(front_matter, key)),
        (v for key in KEYS["author"] for v in values_of(front_matter, key) if _is_no_writer(v)),
        (v for key in KEYS["publisher"] for v in values_of(front_matter, key) if is_site(v)),
    )
    return next(named, None)


def _is_no_writer(author: str) -> bool:
    return not (people_in(author) or could_be_medium(author) or is_organisation(author))


def values_of(front_matter: FrontMatter, key: str) -> list[str]:
    """What a key of the front matter says, without addresses and words that stand for nobody.

    >>> values_of({"author": ("None", "ZAKER")}, "author"), values_of({}, "author")
    (['ZAKER'], [])
    >>> values_of({"source": "https://example.org/a", "author": "王宁 <w@example.org>"}, "author")
    ['王宁']
    """
    value = front_matter.get(key)
    if not value:
        return []
    values = [value] if isinstance(value, str) else value
    texts = (_ADDRESS.sub("", text).strip() for text in values)
    return [text for text in texts if not is_nobody(text)]


def people_in(value: str) -> list[str]:
    """The people an author's field names, with or without a label; [] for a site or a medium.

    >>> people_in("贺明, 张志文"), people_in("记者 贺明"), people_in("wetech"), people_in("少数派")
    (['贺明', '张志文'], ['贺明'], [], [])
    """
    if byline := parse_byline(value):
        return [name for _, name in byline.people]
    return [] if is_site(value) or could_be_medium(value) else list(parse_names(value))


def _print_references(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        if paragraph.kind == "source" and (match := _PRINT.search(paragraph.text)):
            yield match[1]


def _front_matter_media(front_matter: FrontMatter) -> Iterator[str]:
    for key in KEYS["publisher"]:
        yield from map(plain_name, values_of(front_matter, key))
    for key in KEYS["author"]:
        for value in map(plain_name, values_of(front_matter, key)):
            if (byline := parse_byline(value)) and byline.medium:
                yield byline.medium
            elif not people_in(value) and (could_be_medium(value) or is_organisation(value)):
                yield value


def _source_lines(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        if paragraph.kind in ("source", "byline", "body"):
            yield from _source_in(paragraph.text, is_line=paragraph.kind == "source")


def _source_in(text: str, *, is_line: bool) -> Iterator[str]:
    """The source that a line names, or the bracket at the end of a paragraph."""
    bracket = _CLOSING_SOURCE.search(text, max(len(text) - _LONGEST_BRACKET, 0))
    if account := _ACCOUNT.search(text) if len(text) < _LONGEST_LINE else None:
        yield account["name"]
    elif is_line and is_medium(text):
        yield plain_name(text)
    elif is_line or bracket:
        source = bracket[0] if bracket else text
        if match := _SOURCE.search(source) or _REPRINT.match(source):
            yield _ACCOUNT_WORD.sub("", plain_name(next(filter(None, match.groups()))))


def _speaks_for_itself(paragraphs: Sequence[Paragraph], dateline: Dateline | None) -> bool:
    """Whether the text says 本报: another medium's reporters are then the ones quoted."""
    if dateline and _OWN.fullmatch(dateline.agency):
        return True
    return any(f"{own}记者" in p.text for p in paragraphs for own in ("本报", "本刊", "本网"))


def _voices(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        if paragraph.kind == "body":
            for voice in _VOICE.finditer(paragraph.text):
                before = paragraph.text[: voice.start()][-_LONGEST_KNOWN:]
                if name := _KNOWN_BEFORE.search(before):
                    yield name[1]
            yield from (told["name"] for told in _TOLD.finditer(paragraph.text))
