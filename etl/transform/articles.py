"""The story of one document: from its blocks to everything the tables publish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from etl.records import Article, Place
from etl.transform.attribution.credits import find_credits
from etl.transform.front_matter import find_labels, find_thumbnail, find_unknown_keys, find_url
from etl.transform.places.regions import find_places_together
from etl.transform.publication.dates import find_publication
from etl.transform.statements.metrics import find_metrics
from etl.transform.structure.headlines import find_headlines
from etl.transform.structure.images import find_images
from etl.transform.structure.paragraphs import to_paragraphs
from etl.transform.times.periods import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from etl.records import Block, Document, Paragraph
    from etl.transform.places.regions import PlaceMatch


def to_article(document: Document) -> Article:
    """One document as a careful reader would say it; pure, and the same every time."""
    front_matter = document.front_matter
    texts = to_texts(document.blocks)
    head = find_headlines(front_matter, texts)
    paragraphs = to_paragraphs(texts, head.kinds, is_page=document.layout != "text")
    publication, date_findings = find_publication(front_matter, paragraphs)
    credited = find_credits(front_matter, paragraphs)
    images, image_findings = find_images(document.blocks, paragraphs, publication.on)
    prose = _find_prose(texts, paragraphs)
    found = find_places_together([p.text for p in prose])
    places = {p.index: tuple(f) for p, f in zip(prose, found, strict=True)}
    headline = " ".join(filter(None, (head.kicker, head.title)))
    metrics, skips = find_metrics(prose, publication.on, headline, places)
    return Article(
        document=document,
        title=head.title,
        kicker=head.kicker,
        subtitle=head.subtitle,
        publication=publication,
        publisher=credited.publisher,
        distributor=credited.distributor,
        dateline_place=credited.dateline_place,
        url=find_url(front_matter),
        thumbnail_url=find_thumbnail(front_matter),
        contributors=tuple(credited.contributors),
        labels=tuple(find_labels(front_matter)),
        paragraphs=paragraphs,
        images=images,
        places=tuple(_to_places(places)),
        dates=tuple(find_dates(prose, publication.on)),
        metrics=tuple(metrics),
        skips=tuple(skips),
        findings=(
            *document.findings,
            *head.findings,
            *date_findings,
            *credited.findings,
            *image_findings,
            *find_unknown_keys(front_matter),
        ),
    )


def to_texts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are paragraphs: they hold text and inherit the blank lines of others."""
    texts: list[Block] = []
    gap = 0
    for block in blocks:
        gap += block.gap
        if block.kind != "image" and block.text:
            texts.append(replace(block, gap=gap) if gap != block.gap else block)
            gap = 0
    return tuple(texts)


def _find_prose(texts: Sequence[Block], paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that facts are read from: program code states none."""
    return [p for block, p in zip(texts, paragraphs, strict=True) if block.kind != "code"]


def _to_places(found: Mapping[int, Sequence[PlaceMatch]]) -> Iterator[Place]:
    for index, places in found.items():
        for place in places:
            yield Place(index, place.start, place.end, place.surface, place.region_code)
