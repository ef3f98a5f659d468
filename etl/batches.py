"""What a worker does with one batch: sources to documents, documents to table parts.

A document that our own code stumbles over does not end the work on the others: it becomes a
reject with reason `internal_error`, unless `debug` lets the fault through.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from etl.errors import ValidationError
from etl.extract.document import to_documents
from etl.extract.sources import fetch_sources, read_sources
from etl.records import Document, Reject
from etl.text import clean
from etl.transform.articles import to_article
from etl.transform.frames import to_frames
from etl.work import read_extract, write_extract, write_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from etl.extract.sources import Found
    from etl.records import Article

Batch: TypeAlias = "tuple[str, Sequence[Found]]"
"""The name its parts begin with, and its files."""

ItemT = TypeVar("ItemT")

_MOST_ITEMS = 256
_MOST_BYTES = 4_000_000
_DETAIL_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Tally:
    """What batches held: documents by what became of them, rows by table, findings by code.

    `reasons` count why documents were rejected; `units` are those of the metrics, each with its
    quantity kind.
    """

    documents: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    units: frozenset[tuple[str, str]] = frozenset()

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.documents + other.documents,
            self.rows + other.rows,
            self.findings + other.findings,
            self.reasons + other.reasons,
            self.units | other.units,
        )


def cut(items: Iterable[ItemT], size: Callable[[ItemT], int]) -> Iterator[list[ItemT]]:
    """Runs of items that a worker can hold in memory, `size` telling their bytes.

    >>> list(cut([3_000_000, 900_000, 5_000_000, 1], size=int))
    [[3000000, 900000, 5000000], [1]]
    >>> list(cut([], size=int))
    []
    """
    run: list[ItemT] = []
    total = 0
    for item in items:
        run.append(item)
        total += size(item)
        if len(run) >= _MOST_ITEMS or total >= _MOST_BYTES:
            yield run
            run, total = [], 0
    if run:
        yield run


def extract_batch(folder: Path, batch: Batch, *, debug: bool) -> Tally:
    """Keep the documents of a batch as they were found."""
    total = Tally()
    for part, items in _read_chunks(batch, debug=debug):
        documents = [item for item in items if isinstance(item, Document)]
        rejects = [item for item in items if isinstance(item, Reject)]
        write_extract(folder, part, documents, rejects)
        total += Tally(
            documents=Counter(read=len(documents), rejected=len(rejects)),
            reasons=Counter(reject.reason for reject in rejects),
        )
    return total


def transform_part(work: Path, folder: Path, part: str, *, debug: bool) -> Tally:
    """Turn documents that were kept into rows."""
    return _write_rows(folder, part, list(read_extract(work, part)), debug=debug)


def run_batch(folder: Path, batch: Batch, *, debug: bool) -> Tally:
    """Both in one go, nothing kept in between."""
    total = Tally()
    for part, items in _read_chunks(batch, debug=debug):
        total += _write_rows(folder, part, items, debug=debug)
    return total


def read_documents(found: Found, *, debug: bool) -> Iterator[Document | Reject]:
    """Every document of one file or container."""
    for source in read_sources(found):
        if isinstance(source, Reject):
            yield source
            continue
        try:
            documents = list(to_documents(source))
        except Exception as error:
            if debug:
                raise
            digest = sha256(source.data).hexdigest()
            yield _reject(error, source.path, digest, len(source.data))
        else:
            yield from documents


def _read_chunks(batch: Batch, *, debug: bool) -> Iterator[tuple[str, list[Document | Reject]]]:
    """The documents of a batch, cut once more: a container may hold any number."""
    name, founds = batch
    fetched = fetch_sources(founds)
    items = (item for found in fetched for item in read_documents(found, debug=debug))
    for number, chunk in enumerate(cut(items, size=lambda item: item.source_bytes)):
        yield f"{name}-{number:04d}", chunk


def _write_rows(
    folder: Path, part: str, items: Sequence[Document | Reject], *, debug: bool
) -> Tally:
    articles, rejects = _to_articles(items, debug=debug)
    frames = _to_sound_frames(articles, rejects, debug=debug)
    if frames["sources"].height != len(items):
        raise ValidationError(
            f"{len(items)} documents were found, {frames['sources'].height} are accounted for."
        )
    write_tables(folder, part, frames)
    return _count(frames)


def _to_articles(
    items: Iterable[Document | Reject], *, debug: bool
) -> tuple[list[Article], list[Reject]]:
    articles, rejects = [], []
    for item in items:
        if isinstance(item, Reject):
            rejects.append(item)
            continue
        try:
            articles.append(to_article(item))
        except Exception as error:
            if debug:
                raise
            rejects.append(_reject_document(error, item))
    return articles, rejects


def _to_sound_frames(
    articles: Sequence[Article], rejects: Sequence[Reject], *, debug: bool
) -> dict[str, pl.DataFrame]:
    """The frames of all articles but those whose rows break a schema."""
    try:
        return to_frames(articles, rejects)
    except Exception:
        faulty = [] if debug else _find_faulty(articles)
        if not faulty:
            raise
    lost = {reject.source_path for reject in faulty}
    sound = [article for article in articles if article.document.source_path not in lost]
    return to_frames(sound, [*rejects, *faulty])


def _find_faulty(articles: Sequence[Article]) -> list[Reject]:
    """The articles that no frame can be made of, found by halving."""
    try:
        to_frames(articles, [])
    except Exception as error:  # noqa: BLE001  what is wrong is told by the reject
        if len(articles) == 1:
            return [_reject_document(error, articles[0].document)]
        middle = len(articles) // 2
        return _find_faulty(articles[:middle]) + _find_faulty(articles[middle:])
    return []


def _reject_document(error: Exception, document: Document) -> Reject:
    return _reject(
        error,
        document.source_path,
        document.source_sha256,
        document.source_bytes,
        document.encoding,
    )


def _reject(
    error: Exception, path: str, digest: str, size: int, encoding: str | None = None
) -> Reject:
    detail = clean(f"{type(error).__name__}: {error}")[:_DETAIL_LENGTH]
    return Reject(path, digest, size, encoding, "internal_error", detail)


def _count(frames: dict[str, pl.DataFrame]) -> Tally:
    sources = frames["sources"]
    rejected = sources.filter(sources["status"] == "rejected")
    return Tally(
        documents=Counter(sources["status"].to_list()),
        rows=Counter({table: frame.height for table, frame in frames.items()}),
        findings=Counter(frames["findings"]["code"].to_list()),
        reasons=Counter(rejected["reason"].to_list()),
        units=frozenset(frames["metrics"].select("unit", "quantity_kind").iter_rows()),
    )
