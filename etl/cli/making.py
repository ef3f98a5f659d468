"""The commands that make a release, and the cache they keep beside it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from etl import display, terminal
from etl.cli import summaries
from etl.cli.options import (
    DATASETS,
    Cache,
    CheckContent,
    DateColumn,
    Debug,
    Engine,
    Force,
    LogJson,
    MaxLoss,
    NoCache,
    Output,
    RowsPerFile,
    Scheduler,
    Sources,
    TextColumn,
    TitleColumn,
    Work,
    Workers,
)
from etl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from fractions import Fraction

commands = typer.Typer()

_SEEDS = ["seeds"]


@commands.command(epilog="Example:  etl run seeds articles.zip --output datasets")
def run(
    sources: Sources = None,
    *,
    output: Output = DATASETS,
    workers: Workers = None,
    engine: Engine = "processes",
    scheduler: Scheduler = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    cache: Cache = None,
    no_cache: NoCache = False,
    check_content: CheckContent = False,
    max_loss: MaxLoss = "20%",
    force: Force = False,
    rows_per_file: RowsPerFile = 5_000_000,
    log_json: LogJson = False,
    debug: Debug = False,
) -> None:
    """Extract, transform and load in one go; what has not changed since the last run is kept."""
    with terminal.speak_plainly(debug=debug, as_json=log_json):
        from etl import pipeline
        from etl.extract.rows import Columns

        started = time.monotonic()
        most = _parse_loss(max_loss, force=force)
        with (
            _open_workers(engine, scheduler, workers, output) as crew,
            display.show_progress(as_json=log_json) as report,
        ):
            summary = pipeline.run(
                sources or _SEEDS,
                output,
                workers=crew,
                columns=Columns(text_column, title_column, date_column),
                cache=_find_cache(output, cache, no_cache=no_cache),
                check_content=check_content,
                max_loss=most,
                rows_per_file=rows_per_file,
                report=report,
                debug=debug,
            )
        summaries.show_release(summary, time.monotonic() - started, as_json=log_json)


@commands.command(epilog="Example:  etl extract seeds --work work")
def extract(
    sources: Sources = None,
    *,
    work: Work,
    workers: Workers = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    log_json: LogJson = False,
    debug: Debug = False,
) -> None:
    """Read sources into a work folder: documents decoded and split, nothing interpreted."""
    with terminal.speak_plainly(debug=debug, as_json=log_json):
        from etl import pipeline
        from etl.extract.rows import Columns

        with display.show_progress(as_json=log_json) as report:
            tally = pipeline.extract(
                sources or _SEEDS,
                work,
                workers=workers,
                columns=Columns(text_column, title_column, date_column),
                report=report,
                debug=debug,
            )
        summaries.show_documents(tally.documents, tally.reasons)


@commands.command(epilog="Example:  etl transform --work work")
def transform(
    *, work: Work, workers: Workers = None, log_json: LogJson = False, debug: Debug = False
) -> None:
    """Turn the extracted documents of a work folder into validated tables."""
    with terminal.speak_plainly(debug=debug, as_json=log_json):
        from etl import pipeline

        with display.show_progress(as_json=log_json) as report:
            tally = pipeline.transform(work, workers=workers, report=report, debug=debug)
        summaries.show_rows(tally.rows)
        summaries.show_documents(tally.documents, tally.reasons)
        summaries.show_findings(tally.findings)


@commands.command(epilog="Example:  etl load --work work --output datasets")
def load(
    *,
    work: Work,
    output: Output = DATASETS,
    max_loss: MaxLoss = "20%",
    force: Force = False,
    rows_per_file: RowsPerFile = 5_000_000,
    log_json: LogJson = False,
    debug: Debug = False,
) -> None:
    """Publish the validated tables of a work folder as a release."""
    with terminal.speak_plainly(debug=debug, as_json=log_json):
        from etl import pipeline

        started = time.monotonic()
        most = _parse_loss(max_loss, force=force)
        with display.show_progress(as_json=log_json) as report:
            summary = pipeline.load(
                work,
                output,
                max_loss=most,
                rows_per_file=rows_per_file,
                report=report,
            )
        summaries.show_release(summary, time.monotonic() - started, as_json=log_json)


_cache = typer.Typer(epilog="Example:  etl cache clear --output datasets")
commands.add_typer(_cache, name="cache", invoke_without_command=True)


@_cache.callback()
def cache(
    context: typer.Context, *, output: Output = DATASETS, cache: Cache = None, debug: Debug = False
) -> None:
    """Tell how large the cache of a release is; `clear` removes it."""
    if context.invoked_subcommand:
        return
    with terminal.speak_plainly(debug=debug):
        from etl.cache.store import measure_cache

        place = _find_cache(output, cache)
        size = place and measure_cache(place)
        if size:
            holds = f"{size.documents:,} documents in {size.parts:,} parts"
            terminal.write_line(f"{place} holds {holds}, {size.bytes / 1e6:.1f} MB.")
        else:
            terminal.write_line(f"{place or output} holds nothing.")


@_cache.command(epilog="Example:  etl cache clear")
def clear(*, output: Output = DATASETS, cache: Cache = None, debug: Debug = False) -> None:
    """Remove the cache of a release: the next run makes everything anew."""
    with terminal.speak_plainly(debug=debug):
        from etl.cache.store import clear_cache

        if place := _find_cache(output, cache):
            clear_cache(place)
            terminal.write_line(f"{place} is empty.")


@contextmanager
def _open_workers(
    engine: str, scheduler: str | None, workers: int | None, output: str
) -> Iterator[int | Executor | None]:
    """What runs the batches; those of a cluster must see where the output is made."""
    if scheduler and (engine != "dask" or workers):
        raise UsageError("--scheduler needs --engine dask, and has workers of its own.")
    if engine == "dask":
        from etl.cluster import open_cluster

        with open_cluster(scheduler, output, workers) as executor:
            yield executor
    else:
        yield workers


def _find_cache(output: str, cache: Path | None, *, no_cache: bool = False) -> Path | None:
    """Where to keep rows: as told, else beside the release, if that is a folder."""
    from etl import storage
    from etl.cache.store import find_cache

    if no_cache:
        return None
    if cache or storage.is_url(output):
        return cache
    return find_cache(Path(output))


def _parse_loss(share: str, *, force: bool) -> Fraction | None:
    """The share that may be lost; None for everything."""
    from etl.load.loss import parse_share

    most = parse_share(share)
    return None if force else most
