"""One document read aloud: what was read, from where, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from etl.records import Article
from etl.text import Span, find_sentences, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from etl.records import Metric, Paragraph, Publication, Reject


class Line(NamedTuple):
    """A line of the explanation and the style a terminal may show it in."""

    text: str
    style: str = ""


_HEADING = "bold"
_QUIET = "dim"
_MARKED = "cyan"
_LABEL_WIDTH = 16
_KIND_WIDTH = 22
_APPROXIMATION = {"exact": "", "about": "about ", "nearly": "nearly ", "over": "over "} | {
    "at_least": "at least ",
    "under": "under ",
    "at_most": "at most ",
}


def explain(item: Article | Reject, width: int) -> Iterator[Line]:
    """The document line by line, none wider than `width` cells where it can be helped."""
    if not isinstance(item, Article):
        yield Line(item.source_path, _HEADING)
        yield Line(f"  rejected: {item.reason}: {item.detail}")
        return
    document = item.document
    yield Line(document.source_path, _HEADING)
    facts = (f"{document.source_bytes:,} bytes", document.encoding, document.layout)
    yield Line("  " + " · ".join((*facts, document.article_id)), _QUIET)
    yield from _titled("Article", _explain_fields(item))
    yield from _titled("Paragraphs", _explain_paragraphs(item.paragraphs, width))
    yield from _titled("Metrics", _explain_metrics(item, width))
    yield from _titled("Skipped: looks like a quantity, is no metric", _explain_skips(item))
    yield from _titled("Findings", (Line(f"  {f.code}: {f.detail}") for f in item.findings))


def _titled(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    yield Line("")
    yield Line(title, _HEADING)
    yield from list(lines) or [Line("  none", _QUIET)]


def _explain_fields(article: Article) -> Iterator[Line]:
    yield _field("title", article.title, article)
    yield _field("kicker", article.kicker, article)
    yield _field("subtitle", article.subtitle, article)
    yield from _explain_publication(article.publication)
    yield _field("publisher", article.publisher, article)
    yield _field("distributor", article.distributor, article)
    yield _field("dateline_place", article.dateline_place, article)
    yield _field("url", article.url, article)
    yield _field("thumbnail_url", article.thumbnail_url, article)
    for contributor in article.contributors:
        yield _field(contributor.role, contributor.name, article)
    for label in article.labels:
        yield _field(label.kind, label.label, article)


def _field(name: str, value: str | None, article: Article) -> Line:
    if value is None:
        return Line(f"  {name:{_LABEL_WIDTH}}–", _QUIET)
    return Line(f"  {name:{_LABEL_WIDTH}}{value}  ← {_find_origin(name, value, article)}")


def _find_origin(name: str, value: str, article: Article) -> str:
    """The key or the paragraph that holds the value's characters.

    A key that begins like the field comes first (categories, category), the running text last.
    """
    wanted = fold(value)
    front_matter = article.document.front_matter
    for key in sorted(front_matter, key=lambda key: key[:3] != name[:3]):
        raw = front_matter[key]
        if any(wanted in fold(text) for text in ((raw,) if isinstance(raw, str) else raw)):
            return f"front matter “{key}”"
    for paragraph in sorted(article.paragraphs, key=lambda p: p.kind == "body"):
        if wanted in fold(paragraph.text):
            return f"paragraph {paragraph.index} ({paragraph.kind})"
    return "several places"


def _explain_publication(publication: Publication) -> Iterator[Line]:
    if publication.on is None:
        yield Line(f"  {'published_on':{_LABEL_WIDTH}}–", _QUIET)
        return
    origin = f"{publication.source.replace('_', ' ')} “{publication.raw}”"
    yield Line(f"  {'published_on':{_LABEL_WIDTH}}{publication.on}  ← {origin}")
    if publication.at:
        zone = "zone stated" if publication.zone_stated else "read as Asia/Shanghai"
        instant = publication.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        yield Line(f"  {'published_at':{_LABEL_WIDTH}}{instant}  ({publication.precision}, {zone})")


def _explain_paragraphs(paragraphs: Sequence[Paragraph], width: int) -> Iterator[Line]:
    for p in paragraphs:
        kind = f"{p.kind} (repeat)" if p.is_repeat else p.kind
        head = f"  {p.index:>3}  {kind:{_KIND_WIDTH}}"
        yield Line(head + _shorten(p.text, width - cell_len(head)), _QUIET if p.is_repeat else "")


def _shorten(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return next(_fold(text, width - 1)).of(text) + "…"


def _explain_metrics(article: Article, width: int) -> Iterator[Line]:
    for paragraph in article.paragraphs:
        metrics = [m for m in article.metrics if m.paragraph_index == paragraph.index]
        for sentence in find_sentences(paragraph.text):
            inside = [m for m in metrics if sentence.start <= m.start < sentence.end]
            if inside:
                yield Line(f"  paragraph {paragraph.index}", _QUIET)
                yield from _underline(paragraph.text, sentence, inside, width - 2)
                yield from (Line(f"    {_describe_metric(metric)}") for metric in inside)


def _underline(text: str, sentence: Span, metrics: Sequence[Metric], width: int) -> Iterator[Line]:
    """The sentence folded to `width`, each line with the metrics' characters marked below."""
    marked = {place for metric in metrics for place in range(metric.start, metric.end)}
    for row in _fold(sentence.of(text), width):
        places = range(sentence.start + row.start, sentence.start + row.end)
        below = "".join(
            ("‾" if place in marked else " ") * cell_len(text[place]) for place in places
        )
        yield Line("  " + row.of(sentence.of(text)))
        if below.strip():
            yield Line("  " + below.rstrip(), _MARKED)


def _fold(text: str, width: int) -> Iterator[Span]:
    """Runs of at most `width` terminal cells; a Han character takes two."""
    start = cells = 0
    for place, char in enumerate(text):
        if place > start and cells + cell_len(char) > width:
            yield Span(start, place)
            start, cells = place, 0
        cells += cell_len(char)
    yield Span(start, len(text))


def _describe_metric(metric: Metric) -> str:
    """One metric in words.

    The order is that of a reader's questions: how much, of what, where, when, how known.
    """
    number = (
        f"{metric.low:,.12g} to {metric.high:,.12g}"
        if metric.value is None
        else f"{metric.value:,.12g}"
    )
    words = [
        f"{metric.surface} = {_APPROXIMATION[metric.approximation]}{number} {metric.unit}".rstrip(),
        f"{metric.measure} ({metric.direction})" if metric.direction else metric.measure,
        metric.indicator,
        "in " + "、".join(region.surface for region in metric.regions) if metric.regions else None,
        _describe_period(metric.period_start, metric.period_end, metric.period_surface),
        _describe_period(metric.baseline_start, metric.baseline_end, "baseline"),
        "cumulative" if metric.is_cumulative else None,
        f"rule {metric.rule}",
    ]
    return " · ".join(filter(None, words))


def _describe_period(start: date | None, end: date | None, words: str | None) -> str | None:
    if start is None and end is None:
        return None
    days = f"{start}" if start == end else f"{start or '…'} to {end or '…'}"
    return f"{days} ({words})" if words else days


def _explain_skips(article: Article) -> Iterator[Line]:
    for skip in article.skips:
        yield Line(f"  paragraph {skip.paragraph_index}  {skip.surface}  {skip.reason}")
