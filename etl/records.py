"""What flows through the pipeline: frozen records without behaviour.

Source ─extract→ Document | Reject ─transform→ Article ─frames→ tables
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

FrontMatter: TypeAlias = "Mapping[str, str | tuple[str, ...]]"
"""Keys in lower case; values as written, never typed: `2019-02-30` stays those characters."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document as found: where, and its bytes.

    `path` is relative to the source root, POSIX: `a.md`, `a.zip!b.md`, `stacked.md#2`.
    """

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader of the data should know; `code` is stable, snake_case."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A document that could not be read, with its stable reason code."""

    source_path: str
    source_sha256: str
    source_bytes: int
    encoding: str | None
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body in reading order, its text cleaned.

    `kind` is paragraph, heading, list_item, table, code or image. An image has its `url`
    (proxy prefixes and lazy-load attributes unwrapped) and `width`, `height` in pixels where
    stated; its `text` is the alternative text or caption inside its own markup.
    `level` is 1 to 6 for marked-up headings. `gap` counts the blank lines before it where the
    source is written in lines: papers part the head from the text by them, sites the text from
    what follows it.
    """

    kind: str
    text: str
    level: int | None = None
    url: str | None = None
    width: int | None = None
    height: int | None = None
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded, split source: front matter and blocks, nothing interpreted yet.

    `layout` is html, markdown or text; `article_id` the first 16 hex digits of the SHA-256.
    """

    source_path: str
    source_sha256: str
    source_bytes: int
    encoding: str
    layout: str
    front_matter: FrontMatter
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def article_id(self) -> str:
        """The document's name everywhere: a prefix of its content digest."""
        return self.source_sha256[:16]


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person named in the article's credits; `role` is author, editor or photographer."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """A category or tag of the front matter; `kind` says which."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published, and where that was read.

    `on` is the civil date in Asia/Shanghai, `at` the instant in UTC where a time is stated,
    `precision` day, minute or second, `source` front_matter, dateline, print_reference, body
    or none, `zone_stated` whether the raw text names its zone.
    """

    on: date | None = None
    at: datetime | None = None
    precision: str | None = None
    raw: str | None = None
    source: str = "none"
    zone_stated: bool | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block as a reader of the page sees it; `index` counts from 1.

    `kind` is headline, kicker, subtitle, heading, body, caption, byline, dateline, editor,
    source or boilerplate; `section` the heading it stands under.
    """

    index: int
    kind: str
    text: str
    section: str | None = None
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A content image; `paragraph_index` is the block it follows, None at the top."""

    index: int
    url: str
    paragraph_index: int | None = None
    width: int | None = None
    height: int | None = None
    caption: str | None = None
    credit: str | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a paragraph, offsets half-open in `Paragraph.text`."""

    paragraph_index: int
    start: int
    end: int
    surface: str
    region_code: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period named in a paragraph; `start_on` and `end_on` are inclusive.

    `grain` is day, month, quarter, half_year, year or period; `resolved_from` explicit,
    publication_date, previous_mention or unresolved.
    """

    paragraph_index: int
    start: int
    end: int
    surface: str
    start_on: date | None
    end_on: date | None
    grain: str
    resolved_from: str


@dataclass(frozen=True, slots=True)
class MetricRegion:
    """A place a metric is about, as the text writes it; the code where it is known."""

    surface: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity the text states about the world, with everything bound to it."""

    paragraph_index: int
    start: int
    end: int
    surface: str
    sentence: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    quantity_kind: str
    approximation: str
    measure: str
    direction: str | None
    indicator: str | None
    period_start: date | None
    period_end: date | None
    period_surface: str | None
    baseline_start: date | None
    baseline_end: date | None
    is_cumulative: bool
    rule: str
    regions: tuple[MetricRegion, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that looked like a quantity and was left out, with its stable reason."""

    paragraph_index: int
    start: int
    end: int
    surface: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """A document as a careful reader would say it: everything the tables publish."""

    document: Document
    title: str
    publication: Publication
    kicker: str | None = None
    subtitle: str | None = None
    publisher: str | None = None
    distributor: str | None = None
    dateline_place: str | None = None
    url: str | None = None
    thumbnail_url: str | None = None
    contributors: tuple[Contributor, ...] = ()
    labels: tuple[Label, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    images: tuple[Image, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    metrics: tuple[Metric, ...] = ()
    skips: tuple[Skip, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
