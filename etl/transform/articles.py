"""The story of one document: from its blocks to everything the tables publish."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.grammar import read_table
from etl.records import Article, Finding, Label, Place
from etl.text import clean
from etl.transform.credits import find_credits
from etl.transform.dates import find_publication
from etl.transform.headlines import find_headlines
from etl.transform.images import find_images
from etl.transform.metrics import find_metrics
from etl.transform.paragraphs import to_paragraphs
from etl.transform.periods import find_dates
from etl.transform.regions import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Block, Document, FrontMatter, Paragraph

_KEYS: dict[str, list[str]] = read_table("front_matter")["keys"]
_KNOWN = frozenset(key for keys in _KEYS.values() for key in keys)
_SEPARATOR = re.compile(r"[,，;；、|]\s*")
_NOTHING = {"", "none", "null", "nan", "undefined"}


def to_article(document: Document) -> Article:
    """One document as a careful reader would say it; pure, and the same every time."""
    texts = to_texts(document.blocks)
    headlines = find_headlines(document.front_matter, texts)
    paragraphs = to_paragraphs(texts, headlines.kinds, is_page=document.layout != "text")
    publication, date_findings = find_publication(document.front_matter, paragraphs)
    credited = find_credits(document.front_matter, paragraphs)
    images, image_findings = find_images(document.blocks, paragraphs, publication.on)
    prose = _prose(texts, paragraphs)
    metrics, skips = find_metrics(prose, publication.on)
    return Article(
        document=document,
        title=headlines.title,
        kicker=headlines.kicker,
        subtitle=headlines.subtitle,
        publication=publication,
        publisher=credited.publisher,
        distributor=credited.distributor,
        dateline_place=credited.dateline_place,
        url=_first(document.front_matter, "url"),
        thumbnail_url=_first(document.front_matter, "thumbnail"),
        contributors=credited.contributors,
        labels=tuple(_labels(document.front_matter)),
        paragraphs=paragraphs,
        images=images,
        places=tuple(_places(prose)),
        dates=tuple(find_dates(prose, publication.on)),
        metrics=tuple(metrics),
        skips=tuple(skips),
        findings=(
            *document.findings,
            *headlines.findings,
            *date_findings,
            *credited.findings,
            *image_findings,
            *_unknown_keys(document.front_matter),
        ),
    )


def to_texts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are paragraphs: without images, whose blank lines the next one inherits."""
    texts: list[Block] = []
    gap = 0
    for block in blocks:
        if block.kind == "image" or not block.text:
            gap += block.gap
        else:
            texts.append(replace(block, gap=block.gap + gap) if gap else block)
            gap = 0
    return tuple(texts)


def _prose(texts: Sequence[Block], paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs that facts are read from: program code states none."""
    return tuple(
        paragraph
        for block, paragraph in zip(texts, paragraphs, strict=True)
        if block.kind != "code"
    )


def _places(paragraphs: Sequence[Paragraph]) -> Iterator[Place]:
    for paragraph in paragraphs:
        for match in find_places(paragraph.text):
            yield Place(paragraph.index, match.start, match.end, match.surface, match.region_code)


def _values(front_matter: FrontMatter, meaning: str) -> Iterator[str]:
    """The values of the keys that mean this, cleaned; placeholders such as None left out."""
    for key in _KEYS[meaning]:
        value = front_matter.get(key, ())
        for text in map(clean, (value,) if isinstance(value, str) else value):
            if text.lower() not in _NOTHING:
                yield text


def _first(front_matter: FrontMatter, meaning: str) -> str | None:
    return next(_values(front_matter, meaning), None)


def _labels(front_matter: FrontMatter) -> Iterator[Label]:
    for kind in ("category", "tag"):
        for value in _values(front_matter, kind):
            for label in filter(None, _SEPARATOR.split(value)):
                yield Label(kind, label)


def _unknown_keys(front_matter: FrontMatter) -> Iterator[Finding]:
    for key, value in front_matter.items():
        if key not in _KNOWN:
            text = value if isinstance(value, str) else ", ".join(value)
            yield Finding("front_matter_unknown_key", f"{key}: {text}")
