"""Records as rows: where the value of each column comes from.

What a column means is said in `schemas`; a row holds the columns that have a value.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

from etl.text import count_sentences, fold
from etl.transform.amounts.units import CLASSIFIERS, UNITS
from etl.transform.places.regions import MEMBERS, REGIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from etl.records import Article, DateMention, Metric, Paragraph, Place, Reject, Skip

Row: TypeAlias = "dict[str, Any]"

_PROSE = ("body", "heading")
_PLURAL = re.compile(r"(?:(?P<y>ies)|(?<=ch|ss)es|(?<=x)es|(?<![sui])s)\b")


def source_rows(
    kept: Iterable[Article], repeats: Iterable[Article], rejects: Iterable[Reject]
) -> Iterator[Row]:
    """What became of every document of a batch."""
    for article in kept:
        yield _source(article) | {"status": "published"}
    for article in repeats:
        yield _source(article) | {"status": "duplicate", "reason": "same_bytes"}
    for reject in rejects:
        yield asdict(reject) | {"status": "rejected"}


def region_rows() -> Iterator[Row]:
    """The gazetteer."""
    return map(asdict, REGIONS.values())


def member_rows() -> Iterator[Row]:
    """Which regions a group is made of."""
    for code, members in MEMBERS.items():
        for member in members:
            yield {"region_code": code, "member_code": member}


def unit_rows(used: Mapping[str, str]) -> Iterator[Row]:
    """All units of the grammar, and those in `used` (unit → quantity kind) made of them: CNY/人."""
    known = {row["unit"]: row for row in _known_units()}
    yield from known.values()
    for unit in sorted(used.keys() - known.keys()):
        parts = [known.get(part, {"label_zh": part, "label_en": part}) for part in unit.split("/")]
        yield {
            "unit": unit,
            "label_zh": "/".join(part["label_zh"] for part in parts),
            "label_en": _join_labels([part["label_en"] for part in parts]),
            "quantity_kind": used[unit],
        }


def _join_labels(labels: Sequence[str]) -> str:
    """Yuan renminbi per person: what follows `per` stands in the singular.

    >>> _join_labels(["visits", "people"]), _join_labels(["yuan", "batches"]), _join_labels(["m"])
    ('visits per person', 'yuan per batch', 'm')
    """
    first, *others = labels
    return " per ".join([first, *map(_to_singular, others)])


def _to_singular(label: str) -> str:
    label = label.replace("people", "person")
    return _PLURAL.sub(lambda match: "y" if match["y"] else "", label)


def _known_units() -> Iterator[Row]:
    for unit in UNITS:
        yield {
            "unit": unit.name,
            "label_zh": unit.zh,
            "label_en": unit.en,
            "quantity_kind": unit.kind,
            "ucum": unit.ucum,
        }
    for classifier in CLASSIFIERS:
        yield {
            "unit": classifier.name,
            "label_zh": classifier.name,
            "label_en": classifier.en,
            "quantity_kind": "count",
        }
    yield {"unit": "", "label_zh": "个", "label_en": "bare count", "quantity_kind": "count"}


def _source(article: Article) -> Row:
    document = article.document
    return {
        "source_path": document.source_path,
        "source_sha256": document.source_sha256,
        "source_bytes": document.source_bytes,
        "encoding": document.encoding,
        "article_id": document.article_id,
    }


def _articles(article: Article) -> Iterator[Row]:
    publication = article.publication
    yield {
        "article_id": article.document.article_id,
        "source_path": article.document.source_path,
        "layout": article.document.layout,
        "title": article.title,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "publisher": article.publisher,
        "distributor": article.distributor,
        "dateline_place": article.dateline_place,
        "published_on": publication.on,
        "published_at": publication.at,
        "published_precision": publication.precision,
        "published_raw": publication.raw,
        "published_from": publication.source,
        "zone_stated": publication.zone_stated,
        "url": article.url,
        "thumbnail_url": article.thumbnail_url,
        "paragraph_count": len(article.paragraphs),
        "metric_count": len(article.metrics),
        "image_count": len(article.images),
        "char_count": sum(len(paragraph.text) for paragraph in article.paragraphs),
        "text_digest": _digest(article.paragraphs),
    }


def _digest(paragraphs: Iterable[Paragraph]) -> str:
    """A name for what the article says, whatever head and page furniture surround it."""
    prose = "".join(p.text for p in paragraphs if p.kind in _PROSE and not p.is_repeat)
    text = prose or "".join(p.text for p in paragraphs)
    return sha256(fold(text).encode()).hexdigest()[:16]


def _contributors(article: Article) -> Iterator[Row]:
    for position, contributor in enumerate(article.contributors, 1):
        yield {
            "article_id": article.document.article_id,
            "position": position,
            "role": contributor.role,
            "name": contributor.name,
        }


def _labels(article: Article) -> Iterator[Row]:
    for position, label in enumerate(article.labels, 1):
        yield {
            "article_id": article.document.article_id,
            "position": position,
            "kind": label.kind,
            "label": label.label,
        }


def _paragraphs(article: Article) -> Iterator[Row]:
    for paragraph in article.paragraphs:
        yield {
            "article_id": article.document.article_id,
            "paragraph_index": paragraph.index,
            "kind": paragraph.kind,
            "section": paragraph.section,
            "text": paragraph.text,
            "char_count": len(paragraph.text),
            "sentence_count": count_sentences(paragraph.text),
            "is_repeat": paragraph.is_repeat,
        }


def _metric_id(article: Article, metric: Metric) -> str:
    return f"{article.document.article_id}:{metric.paragraph_index}:{metric.start}"


def _metrics(article: Article) -> Iterator[Row]:
    for metric in article.metrics:
        yield {
            "metric_id": _metric_id(article, metric),
            "article_id": article.document.article_id,
            "paragraph_index": metric.paragraph_index,
            "start_char": metric.start,
            "end_char": metric.end,
            "surface": metric.surface,
            "sentence": metric.sentence,
            "value": metric.value,
            "value_low": metric.low,
            "value_high": metric.high,
            "unit": metric.unit,
            "quantity_kind": metric.quantity_kind,
            "approximation": metric.approximation,
            "measure": metric.measure,
            "direction": metric.direction,
            "indicator": metric.indicator,
            "period_start": metric.period_start,
            "period_end": metric.period_end,
            "period_surface": metric.period_surface,
            "baseline_start": metric.baseline_start,
            "baseline_end": metric.baseline_end,
            "is_cumulative": metric.is_cumulative,
            "rule": metric.rule,
        }


def _metric_regions(article: Article) -> Iterator[Row]:
    for metric in article.metrics:
        for position, region in enumerate(metric.regions, 1):
            yield {
                "metric_id": _metric_id(article, metric),
                "position": position,
                "region_surface": region.surface,
                "region_code": region.code,
            }


def _images(article: Article) -> Iterator[Row]:
    for image in article.images:
        yield {
            "article_id": article.document.article_id,
            "image_index": image.index,
            "paragraph_index": image.paragraph_index,
            "url": image.url,
            "width": image.width,
            "height": image.height,
            "caption": image.caption,
            "credit": image.credit,
            "taken_on": image.taken_on,
        }


def _places(article: Article) -> Iterator[Row]:
    for place in article.places:
        yield _span(article, place) | {"region_code": place.region_code}


def _dates(article: Article) -> Iterator[Row]:
    for mention in article.dates:
        yield _span(article, mention) | {
            "start_on": mention.start_on,
            "end_on": mention.end_on,
            "grain": mention.grain,
            "resolved_from": mention.resolved_from,
        }


def _skipped(article: Article) -> Iterator[Row]:
    for skip in article.skips:
        yield _span(article, skip) | {"reason": skip.reason}


def _span(article: Article, found: Place | DateMention | Skip) -> Row:
    return {
        "article_id": article.document.article_id,
        "paragraph_index": found.paragraph_index,
        "start_char": found.start,
        "end_char": found.end,
        "surface": found.surface,
    }


def _findings(article: Article) -> Iterator[Row]:
    for position, finding in enumerate(article.findings, 1):
        yield {
            "source_path": article.document.source_path,
            "position": position,
            "article_id": article.document.article_id,
            "code": finding.code,
            "detail": finding.detail,
        }


ARTICLE_ROWS: Mapping[str, Callable[[Article], Iterator[Row]]] = {
    "articles": _articles,
    "contributors": _contributors,
    "labels": _labels,
    "paragraphs": _paragraphs,
    "metrics": _metrics,
    "metric_regions": _metric_regions,
    "images": _images,
    "places": _places,
    "dates": _dates,
    "findings": _findings,
    "skipped": _skipped,
}
