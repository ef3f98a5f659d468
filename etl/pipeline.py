"""The order of the steps; the only place that knows all rooms.

A batch of sources becomes one Parquet part for each table and a small tally; batches run on
any executor; the parts become a release. What is published depends neither on how many
workers there are nor on where they run.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from etl import storage
from etl.batches import Tally, cut, extract_batch, read_documents, run_batch, transform_part
from etl.errors import EtlError
from etl.executors import run_each
from etl.extract.sources import find_sources
from etl.load import remote
from etl.load.loss import MAX_LOSS
from etl.load.release import publish, write_release
from etl.load.staging import stage as stage_release
from etl.records import Reject
from etl.transform.articles import to_article
from etl.transform.frames import reference_frames
from etl.work import EXTRACTED, TABLES, find_tables, list_parts, stage, write_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor
    from fractions import Fraction

    from etl.batches import Batch
    from etl.extract.sources import Found
    from etl.load.release import ReleaseSummary
    from etl.records import Article

Workers: TypeAlias = "int | Executor | None"
"""How many processes to use (None: one a core; 1: none but this), or an executor of your own."""

Report: TypeAlias = "Callable[[str, int, int], None]"
"""Told the stage, how many batches are done, and of how many."""

BatchT = TypeVar("BatchT")


def run(  # noqa: PLR0913  what the command offers
    sources: Sequence[str],
    output: Path | str,
    *,
    workers: Workers = None,
    max_loss: Fraction | None = MAX_LOSS,
    report: Report | None = None,
    debug: bool = False,
) -> ReleaseSummary:
    """Read `sources` and publish them at `output`, a folder or a URL, all in one go.

    A document that our own code stumbles over becomes a reject with reason internal_error;
    `debug` lets the fault through. A release that lost more than `max_loss` of the rows that stand
    at `output` is refused; None lets it through.

    Raises:
        SourceError: a source is missing or holds no file.
        EtlError: no document could be read, or the release could not be published; what stood
            at `output` still stands there.
    """
    if storage.is_url(output):
        build = partial(run, sources, workers=workers, max_loss=None, report=report, debug=debug)
        return remote.publish(output, build, max_loss=max_loss, progress=report)
    output = Path(output)
    batches = _cut_batches(sources)
    with stage_release(output) as staging:
        step = partial(run_batch, staging.parts, debug=debug)
        tally = _run_all("transform", step, batches, workers, report)
        _check_readable(tally)
        write_tables(staging.parts, "reference", reference_frames(dict(sorted(tally.units))))
        return write_release(staging.parts, staging, max_loss=max_loss, progress=report)


def extract(
    sources: Sequence[str],
    work: Path,
    *,
    workers: Workers = None,
    report: Report | None = None,
    debug: bool = False,
) -> Tally:
    """Read `sources` into the work folder: documents as found, nothing interpreted yet.

    Raises:
        SourceError: a source is missing or holds no file.
        UsageError: the work folder holds something else.
        EtlError: no document could be read.
    """
    batches = _cut_batches(sources)
    with stage(work, EXTRACTED) as folder:
        step = partial(extract_batch, folder, debug=debug)
        tally = _run_all("extract", step, batches, workers, report)
        _check_readable(tally)
        return tally


def transform(
    work: Path,
    *,
    workers: Workers = None,
    report: Report | None = None,
    debug: bool = False,
) -> Tally:
    """Turn the documents of the work folder into validated tables.

    Raises:
        UsageError: the extract stage has not run in this folder.
    """
    parts = list_parts(work)
    with stage(work, TABLES) as folder:
        step = partial(transform_part, work, folder, debug=debug)
        tally = _run_all("transform", step, parts, workers, report)
        write_tables(folder, "reference", reference_frames(dict(sorted(tally.units))))
        return tally


def load(
    work: Path,
    output: Path | str,
    *,
    max_loss: Fraction | None = MAX_LOSS,
    report: Report | None = None,
) -> ReleaseSummary:
    """Publish the tables of the work folder at `output`; `max_loss` as for `run`.

    Raises:
        UsageError: the transform stage has not run in this folder.
        ReleaseError: the release could not be published; what stood at `output` still stands there.
    """
    if storage.is_url(output):
        build = partial(load, work, max_loss=None, report=report)
        return remote.publish(output, build, max_loss=max_loss, progress=report)
    return publish(find_tables(work), Path(output), max_loss=max_loss, progress=report)


def read(source: str) -> Iterator[Article | Reject]:
    """The documents of one source, each as its article; what goes wrong is raised.

    Raises:
        SourceError: the source is missing or holds no file.
        EtlError: no document of it could be read.
    """
    founds = find_sources([source])
    items = [item for found in founds for item in read_documents(found, debug=True)]
    reasons = Counter(item.reason for item in items if isinstance(item, Reject))
    if reasons.total() == len(items):
        raise EtlError(f"No document could be read: {_join(reasons)}.")
    for item in items:
        yield item if isinstance(item, Reject) else to_article(item)


def _cut_batches(sources: Sequence[str]) -> list[Batch]:
    batches = enumerate(cut(find_sources(sources), size=_size))
    return [(f"{number:06d}", tuple(founds)) for number, founds in batches]


def _size(found: Found) -> int:
    if found.size is not None:
        return found.size
    try:
        return Path(found.location).stat().st_size if found.location else len(found.data or b"")
    except OSError:  # reading it will say why
        return 0


def _run_all(
    stage_name: str,
    step: Callable[[BatchT], Tally],
    batches: Sequence[BatchT],
    workers: Workers,
    report: Report | None,
) -> Tally:
    tell = report or (lambda _stage, _done, _total: None)
    tell(stage_name, 0, len(batches))
    total = Tally()
    for done, tally in enumerate(run_each(step, batches, workers), 1):
        total += tally
        tell(stage_name, done, len(batches))
    return total


def _check_readable(tally: Tally) -> None:
    """Rather no release than one without an article."""
    if not set(+tally.documents) - {"rejected"}:
        raise EtlError(f"No document could be read, nothing was written: {_join(tally.reasons)}.")


def _join(reasons: Counter[str]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
