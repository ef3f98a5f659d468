"""What a worker does with one batch: sources to documents, documents to table parts.

A document that our own code stumbles over does not end the work on the others: it becomes a
reject with reason `internal_error`, unless `debug` lets the fault through.
"""

from __future__ import annotations

import os
import signal
from collections import Counter, defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from etl.batches import CRASH_VARIABLE, WORKER_DIED, cut
from etl.cache import parts
from etl.errors import ValidationError
from etl.extract.document import to_documents
from etl.extract.listing import Found
from etl.extract.sources import fetch_sources, fingerprint, read_sources
from etl.records import Document, Reject
from etl.tally import Tally
from etl.text import clean
from etl.transform.articles import to_article
from etl.transform.frames import to_frames
from etl.work import read_extract, write_extract, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from etl.batches import Batch, Item, Stretch
    from etl.records import Article

_DETAIL_LENGTH = 300


class Made(NamedTuple):
    """What came of a batch of `size` bytes, which lay in the file `spool`: a part, if any.

    `same` are the files whose content is what it was, so that nothing was made of them.
    """

    tally: Tally
    size: int
    spool: Path | None = None
    part: str | None = None
    same: tuple[str, ...] = ()


def run_batch(store: Path, batch: Batch, *, debug: bool) -> Made:
    """Make a part of all files of a batch whose rows are not there already, in one go."""
    digests = [(item, _digest(item)) for item in _fetch(batch.items)]
    same = tuple(item.path for item, digest in digests if digest == item.known)
    fresh = [(item, digest) for item, digest in digests if digest != item.known]
    if not fresh:
        return Made(Tally(), batch.size, batch.spool, None, same)
    name = parts.name_part((item.path, digest) for item, digest in fresh)
    tally = None if debug else parts.find_tally(store, name)
    if tally is None:
        tally = _make_part(store, name, fresh, batch.owner, debug=debug)
    return Made(tally, batch.size, batch.spool, name, same)


def extract_batch(folder: Path, batch: Batch, *, debug: bool) -> Made:
    """Keep the documents of a batch as they were found."""
    total = Tally()
    found = (document for item in _fetch(batch.items) for document in _read(item, debug=debug))
    for number, items in enumerate(cut(found, size=lambda item: item.source_bytes)):
        documents = [item for item in items if isinstance(item, Document)]
        rejects = [item for item in items if isinstance(item, Reject)]
        write_extract(folder, f"{batch.name}-{number:04d}", documents, rejects)
        total += Tally(
            documents=Counter(read=len(documents), rejected=len(rejects)),
            reasons=Counter(reject.reason for reject in rejects),
            loss=next((f"{r.source_path}: {r.detail or r.reason}" for r in rejects), ""),
        )
    return Made(total, batch.size, batch.spool)


def transform_stretch(work: Path, folder: Path, stretch: Stretch, *, debug: bool) -> Made:
    """Turn documents that were kept into rows."""
    items = list(read_extract(work, stretch.part))[stretch.start : stretch.stop]
    if stretch.blame:
        items = [_blame(item, stretch.blame) for item in items]
    frames = _to_tables(items, debug=debug)
    write_tables(folder, stretch.name, frames)
    return Made(_count(frames), 1)


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


def _fetch(items: Sequence[Item]) -> list[Item]:
    """The items with the bytes of small objects."""
    founds = [item.found for item in items if isinstance(item.found, Found)]
    fetched = iter(fetch_sources(founds))
    return [
        item._replace(found=next(fetched)) if isinstance(item.found, Found) else item
        for item in items
    ]


def _digest(item: Item) -> str:
    if isinstance(item.found, Reject):
        return item.digest or item.found.reason
    return item.digest or fingerprint(item.found)


def _read(item: Item, *, debug: bool) -> Iterator[Document | Reject]:
    if isinstance(item.found, Reject):
        yield item.found
    else:
        yield from read_documents(item.found, debug=debug)


def _make_part(
    store: Path, name: str, items: Sequence[tuple[Item, str]], owner: str | None, *, debug: bool
) -> Tally:
    """Write the rows of files, each given with its digest."""
    rows: defaultdict[str, list[parts.Row]] = defaultdict(list)
    repeats: list[tuple[str, str]] = []
    total = Tally()
    found = ((item.path, document) for item, _ in items for document in _read(item, debug=debug))
    with parts.stage_part(store, name) as folder:
        for number, chunk in enumerate(cut(found, size=lambda pair: pair[1].source_bytes)):
            files = {document.source_path: path for path, document in chunk}
            frames = _to_tables([document for _, document in chunk], debug=debug)
            parts.write_chunk(folder, number, frames)
            total += _count(frames)
            repeats += _find_repeats(frames["sources"], files)
            for path, article in _list_sources(frames["sources"]):
                rows[files[path]].append(parts.Row(number, path, article))
        made = (
            parts.File(
                item.path, digest, item.size, _get_stamp(item), owner, tuple(rows[item.path])
            )
            for item, digest in items
        )
        parts.write_manifest(folder, made, repeats, total)
    return total


def _list_sources(sources: pl.DataFrame) -> Iterator[tuple[str, str | None]]:
    """Each source's path, and the article that holds its rows, if any does."""
    for path, status, article in sources.select("source_path", "status", "article_id").iter_rows():
        yield path, article if status == "published" else None


def _find_repeats(sources: pl.DataFrame, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of files: only the first has the rows of a document that is in both."""
    held = {article: path for path, article in _list_sources(sources) if article}
    repeats = sources.filter(sources["status"] == "duplicate").select("source_path", "article_id")
    for path, article in repeats.iter_rows():
        if files[held[article]] != files[path]:
            yield files[held[article]], files[path]


def _get_stamp(item: Item) -> str | None:
    return item.found.stamp if isinstance(item.found, Found) else None


def _to_tables(items: Sequence[Document | Reject], *, debug: bool) -> dict[str, pl.DataFrame]:
    articles, rejects = _to_articles(items, debug=debug)
    frames = _to_sound_frames(articles, rejects, debug=debug)
    if frames["sources"].height != len(items):
        raise ValidationError(
            f"{len(items)} documents were found, {frames['sources'].height} are accounted for."
        )
    return frames


def _to_articles(
    items: Iterable[Document | Reject], *, debug: bool
) -> tuple[list[Article], list[Reject]]:
    articles, rejects = [], []
    for item in items:
        if isinstance(item, Reject):
            rejects.append(item)
            continue
        _crash_if_asked(item.source_path)
        try:
            articles.append(to_article(item))
        except Exception as error:
            if debug:
                raise
            rejects.append(_reject_document(error, item))
    return articles, rejects


def _crash_if_asked(path: str) -> None:
    fatal = os.environ.get(CRASH_VARIABLE)
    if fatal and fatal in path:
        os.kill(os.getpid(), signal.SIGKILL)


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


def _blame(item: Document | Reject, how: str) -> Document | Reject:
    if isinstance(item, Reject):
        return item
    size = item.source_bytes
    return Reject(item.source_path, item.source_sha256, size, item.encoding, WORKER_DIED, how)


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
    losses = (
        f"{path}: {detail or reason}"
        for path, detail, reason in rejected.select("source_path", "detail", "reason").iter_rows()
    )
    return Tally(
        documents=Counter(sources["status"].to_list()),
        rows=Counter({table: frame.height for table, frame in frames.items()}),
        findings=Counter(frames["findings"]["code"].to_list()),
        reasons=Counter(rejected["reason"].to_list()),
        loss=next(losses, ""),
        units=frozenset(frames["metrics"].select("unit", "quantity_kind").iter_rows()),
    )
