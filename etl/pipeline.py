"""The order of the steps; the only place that knows all rooms.

A batch of sources becomes a part: Parquet files, and a manifest of what they were made of. Batches
run on any executor; the cache keeps the parts, so that a run makes only what is not there yet; the
parts become a release. What is published depends neither on how many workers there are, nor on
where they run, nor on what was cached.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from etl import storage
from etl.batches import CRASH_VARIABLE, Cutter, Stretch
from etl.cache.ledger import Ledger
from etl.cache.published import find_published, note_published
from etl.cache.store import open_store
from etl.errors import EtlError, UsageError
from etl.executors import run_each
from etl.extract.listing import find_sources, leave_out
from etl.extract.rows import Columns
from etl.load import remote
from etl.load.loss import MAX_LOSS
from etl.load.parquet import ROWS_PER_FILE
from etl.load.staging import stage as stage_release
from etl.progress import Meter, Progress
from etl.records import Reject
from etl.work import (
    EXTRACTED,
    TABLES,
    count_extract,
    find_tables,
    list_parts,
    stage,
    write_tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor
    from fractions import Fraction

    from etl.batches import Batch
    from etl.cache.store import Store
    from etl.extract.listing import Found
    from etl.load.staging import Staging
    from etl.load.summary import ReleaseSummary
    from etl.progress import Report
    from etl.records import Article
    from etl.steps import Made
    from etl.tally import Tally

Workers: TypeAlias = "int | Executor | None"
"""How many processes to use (None: one a core; 1: none but this), or an executor of your own."""

_SPOOL = "spool"


def run(  # noqa: PLR0913  what the command offers
    sources: Sequence[str],
    output: Path | str,
    *,
    workers: Workers = None,
    columns: Columns | None = None,
    cache: Path | None = None,
    check_content: bool = False,
    max_loss: Fraction | None = MAX_LOSS,
    rows_per_file: int = ROWS_PER_FILE,
    report: Report | None = None,
    debug: bool = False,
) -> ReleaseSummary:
    """Read `sources` and publish them at `output`, a folder or a URL, all in one go.

    `columns` says which columns of a table hold its articles.

    What the run before has made of files that have not changed is used again, if it was given the
    same folder as `cache`. A file has not changed if it has the size, the times and the inode it
    had, or the ETag of an object; `check_content` looks into it as well.

    A document that our own code stumbles over becomes a reject with reason internal_error, one
    that kills its worker a reject with reason worker_died; `debug` lets faults of our own through.
    A release that lost more than `max_loss` of the rows that stand at `output` is refused; None
    lets it through. A table of more than `rows_per_file` rows becomes several files.

    Raises:
        SourceError: a source is missing or holds no file.
        EtlError: no document could be read, or the release could not be published; what stood
            at `output` still stands there.
    """
    if storage.is_url(output):
        build = partial(
            run,
            sources,
            workers=workers,
            columns=columns,
            cache=cache,
            check_content=check_content,
            max_loss=None,
            rows_per_file=rows_per_file,
            report=report,
            debug=debug,
        )
        return remote.publish(output, build, max_loss=max_loss, progress=_by_step(report))
    founds = _find_first(find_sources(sources, columns))
    with (
        stage_release(Path(output)) as staging,
        _open_store(staging, cache, columns or Columns()) as store,
    ):
        store.list_files(
            leave_out(founds, store.folder.parent, staging.output), check_content=check_content
        )
        make = partial(_make_parts, store, workers, report, debug=debug)
        make()
        if not debug and (before := find_published(store, staging, rows_per_file)):
            staging.release.rmdir()
            return before
        from etl.load.release import write_release
        from etl.transform.frames import reference_frames

        while store.check_parts(debug=debug):
            make()
        tally = store.link(staging.parts)
        _check_readable(tally, store)
        write_tables(staging.parts, "reference", reference_frames(dict(sorted(tally.units))))
        summary = write_release(
            staging.parts,
            staging,
            max_loss=max_loss,
            rows_per_file=rows_per_file,
            progress=_by_step(report),
        )
        note_published(store, staging, summary, rows_per_file)
        return summary


def extract(  # noqa: PLR0913  what the command offers
    sources: Sequence[str],
    work: Path,
    *,
    workers: Workers = None,
    columns: Columns | None = None,
    report: Report | None = None,
    debug: bool = False,
) -> Tally:
    """Read `sources` into the work folder: documents as found, nothing interpreted yet.

    `columns` says which columns of a table hold its articles.

    Raises:
        SourceError: a source is missing or holds no file.
        UsageError: the work folder holds something else.
        EtlError: no document could be read.
    """
    from etl.steps import extract_batch

    founds = _find_first(find_sources(sources, columns))
    with stage(work, EXTRACTED) as folder, closing(Ledger()) as ledger:
        ledger.list_files(leave_out(founds, work), check_content=True)
        cutter = Cutter(folder / _SPOOL)
        meter = Meter("extract", ledger.measure_open()[1], report)
        step = partial(extract_batch, folder, debug=debug)
        batches = cutter.cut(ledger.find_open())
        deque(_run_batches(step, batches, workers, cutter, meter), maxlen=0)
        cutter.clear()
        _check_readable(meter.tally)
        return meter.tally


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
    from etl.steps import transform_stretch
    from etl.transform.frames import reference_frames

    stretches = [Stretch(part) for part in list_parts(work)]
    with stage(work, TABLES) as folder:
        meter = Meter("transform", len(stretches), report, "chunks")
        step = partial(transform_stretch, work, folder, debug=debug)

        def recover(stretch: Stretch, how: str) -> tuple[Stretch, ...]:
            meter.mourn(how, stretch.paths)
            return stretch.recover(count_extract(work, stretch.part), how)

        for made in run_each(step, stretches, workers, recover):
            meter.count(made)
        meter.finish()
        units = dict(sorted(meter.tally.units))
        write_tables(folder, "reference", reference_frames(units))
        return meter.tally


def load(
    work: Path,
    output: Path | str,
    *,
    max_loss: Fraction | None = MAX_LOSS,
    rows_per_file: int = ROWS_PER_FILE,
    report: Report | None = None,
) -> ReleaseSummary:
    """Publish the tables of the work folder at `output`; `max_loss`, `rows_per_file` as for `run`.

    Raises:
        UsageError: the transform stage has not run in this folder.
        ReleaseError: the release could not be published; what stood at `output` still stands there.
    """
    if storage.is_url(output):
        build = partial(load, work, max_loss=None, rows_per_file=rows_per_file, report=report)
        return remote.publish(output, build, max_loss=max_loss, progress=_by_step(report))
    from etl.load.release import publish

    return publish(
        find_tables(work),
        Path(output),
        max_loss=max_loss,
        rows_per_file=rows_per_file,
        progress=_by_step(report),
    )


def read(source: str) -> Iterator[Article | Reject]:
    """The documents of one source, each as its article; what goes wrong is raised.

    Raises:
        SourceError: the source is missing or holds no file.
        EtlError: no document of it could be read.
    """
    from etl.steps import read_documents
    from etl.transform.articles import to_article

    founds = find_sources([source])
    items = [item for found in founds for item in read_documents(found, debug=True)]
    reasons = Counter(item.reason for item in items if isinstance(item, Reject))
    if reasons.total() == len(items):
        raise EtlError(f"No document could be read: {_join(reasons)}.")
    for item in items:
        yield item if isinstance(item, Reject) else to_article(item)


def _find_first(founds: Iterator[Found]) -> Iterator[Found]:
    """What is found, after the first of it: a missing source shall leave no trace."""
    return chain(list(islice(founds, 1)), founds)


@contextmanager
def _open_store(staging: Staging, cache: Path | None, columns: Columns) -> Iterator[Store]:
    """The cache, or for this run alone a store where the release is built."""
    folder = cache.resolve() if cache else staging.parts.with_name("cache")
    if folder.is_relative_to(staging.output.resolve()):
        raise UsageError(f"The cache {folder} would be a part of the release: use another --cache.")
    with open_store(folder, columns) as store:
        try:
            yield store
        except KeyboardInterrupt as error:
            kept = store.ledger.count_files() if cache else 0
            if kept:
                error.add_note(f"What {kept:,} files gave is kept in {folder} for the next run.")
            raise


def _make_parts(store: Store, workers: Workers, report: Report | None, *, debug: bool) -> None:
    """Make the rows of all open files."""
    count, size = store.ledger.measure_open()
    if not count:
        return
    from etl.steps import run_batch

    meter = Meter("transform", size, report)
    cutter = Cutter(store.spool, store.ledger.list_member, store.ledger.close_container)
    batches = cutter.cut(store.ledger.find_open())
    step = partial(run_batch, store.folder, debug=debug)
    for made in _run_batches(step, batches, workers, cutter, meter):
        store.register(made.part, made.same)


def _run_batches(
    step: Callable[[Batch], Made],
    batches: Iterator[Batch],
    workers: Workers,
    cutter: Cutter,
    meter: Meter,
) -> Iterator[Made]:
    def recover(batch: Batch, how: str) -> Iterator[Batch]:
        meter.mourn(how, batch.paths)
        return cutter.recover(batch, how)

    isolate = CRASH_VARIABLE in os.environ
    for made in run_each(step, meter.watch(batches), workers, recover, isolate=isolate):
        yield made
        meter.count(made)
        cutter.discard(made.spool)
    meter.finish()


def _by_step(report: Report | None) -> Callable[[str, int, int], None] | None:
    if report is None:
        return None
    return lambda stage, done, total: report(Progress(stage, done, total))


def _check_readable(tally: Tally, store: Store | None = None) -> None:
    """Rather no release than one without an article."""
    if set(+tally.documents) - {"rejected"}:
        return
    if store:
        store.ledger.clear()
    lost = f"{_join(tally.reasons)}; the first is {tally.loss}"
    raise EtlError(f"No document could be read, nothing was written: {lost}.")


def _join(reasons: Counter[str]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
