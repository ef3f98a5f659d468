"""The commands: each parses its arguments, calls one function and prints one summary."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from etl import display, terminal
from etl.errors import ReleaseError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Executor
    from fractions import Fraction

    from etl.load.catalog import Column, Table
    from etl.load.diff_report import Section
    from etl.load.summary import ReleaseSummary

# The rooms behind a command are imported inside it: Polars, Pandera and DuckDB take longer to
# load than `etl --help` may take.

app = typer.Typer(
    help="Reads raw Chinese news articles and publishes validated, documented datasets.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        help="Files, folders, globs, URLs (s3://...), or - for standard input.  [seeds]",
    ),
]
Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="DIR", help="Where the release is published: a folder, a URL."
    ),
]
Work = Annotated[Path, typer.Option("--work", "-w", help="Folder between the stages.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", "-j", min=1, help="Processes to use.  [one a core]"),
]
Engine = Annotated[
    Literal["processes", "dask"],
    typer.Option(help="What runs the workers: processes of this machine, or a Dask cluster."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="The cluster's scheduler: tcp://host:8786, tls://host:8786.  [one on this machine]",
    ),
]
MaxLoss = Annotated[
    str,
    typer.Option(
        metavar="SHARE",
        help="Refuse to replace a release by one that lost more than this share of the rows of "
        "articles, paragraphs or metrics (20%, 0.2), or one whose rows cannot be counted.",
    ),
]
RowsPerFile = Annotated[
    int,
    typer.Option(min=1, help="Most rows of a Parquet file: a larger table becomes several files."),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Replace the release whatever is lost, also a damaged one."),
]
Release = Annotated[
    str, typer.Option("--release", "-r", metavar="DIR", help="Folder or URL of the release.")
]
Example = Literal["polars", "pandas", "duckdb", "r"]
Form = Literal["table", "csv", "json", "parquet"]
Cache = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Where the rows of unchanged files are kept from one run to the next."
        "  [beside the release, hidden]",
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Make everything anew, and keep nothing.")
]
CheckContent = Annotated[
    bool,
    typer.Option(
        "--check-content",
        help="Look into files that seem unchanged by their size, times and inode.",
    ),
]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Progress and errors as JSON, one object a line.")
]
TextColumn = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Column of a table that holds an article's text."),
]
TitleColumn = Annotated[str | None, typer.Option(metavar="NAME", help="... its title.")]
DateColumn = Annotated[str | None, typer.Option(metavar="NAME", help="... its date.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where an error came from.")]

_SEEDS = ["seeds"]
_DATASETS = "datasets"


def main() -> None:
    """The console script `etl`."""
    terminal.heed_signals()
    app()


def _show_version(wanted: bool) -> None:  # noqa: FBT001  how typer calls it
    if wanted:
        from importlib.metadata import version

        terminal.write_line(f"etl {version('jingjinji-etl')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass


@app.command(epilog="Example:  etl run seeds articles.zip --output datasets")
def run(
    sources: Sources = None,
    *,
    output: Output = _DATASETS,
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
        _show_release(summary, time.monotonic() - started, as_json=log_json)


@app.command(epilog="Example:  etl extract seeds --work work")
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
        _show_documents(tally.documents, tally.reasons)


@app.command(epilog="Example:  etl transform --work work")
def transform(
    *, work: Work, workers: Workers = None, log_json: LogJson = False, debug: Debug = False
) -> None:
    """Turn the extracted documents of a work folder into validated tables."""
    with terminal.speak_plainly(debug=debug, as_json=log_json):
        from etl import pipeline

        with display.show_progress(as_json=log_json) as report:
            tally = pipeline.transform(work, workers=workers, report=report, debug=debug)
        _show_rows(tally.rows)
        _show_documents(tally.documents, tally.reasons)
        _show_findings(tally.findings)


@app.command(epilog="Example:  etl load --work work --output datasets")
def load(
    *,
    work: Work,
    output: Output = _DATASETS,
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
        _show_release(summary, time.monotonic() - started, as_json=log_json)


_cache = typer.Typer(epilog="Example:  etl cache clear --output datasets")
app.add_typer(_cache, name="cache", invoke_without_command=True)


@_cache.callback()
def cache(
    context: typer.Context, *, output: Output = _DATASETS, cache: Cache = None, debug: Debug = False
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
def clear(*, output: Output = _DATASETS, cache: Cache = None, debug: Debug = False) -> None:
    """Remove the cache of a release: the next run makes everything anew."""
    with terminal.speak_plainly(debug=debug):
        from etl.cache.store import clear_cache

        if place := _find_cache(output, cache):
            clear_cache(place)
            terminal.write_line(f"{place} is empty.")


@app.command(epilog="Example:  etl explain seeds/000_b90c594497928e87.txt")
def explain(
    file: Annotated[str, typer.Argument(help="A document, or - for standard input.")],
    *,
    debug: Debug = False,
) -> None:
    """Read one document aloud: every field, paragraph and metric, and where it comes from."""
    with terminal.speak_plainly(debug=debug):
        from etl import pipeline
        from etl.explain import explain as explain_document

        for item in pipeline.read(file):
            for line in explain_document(item, terminal.find_width()):
                terminal.write_line(line.text, line.style)


@app.command(epilog="Example:  etl verify datasets")
def verify(
    release: Annotated[
        str, typer.Argument(metavar="[DIR]", help="Folder or URL of a release.")
    ] = _DATASETS,
    *,
    debug: Debug = False,
) -> None:
    """Prove a release offline: checksums, schemas, rows, references, dictionary, database."""
    with terminal.speak_plainly(debug=debug):
        from etl.load import remote
        from etl.load.verify import verify as verify_release

        with remote.fetch(release) as folder:
            verification = verify_release(folder)
        terminal.write_table(
            ("check", "examined", "of", "failed"),
            [(c.name, c.examined, c.things, len(c.failures)) for c in verification.checks],
        )
        for reason, rules in verification.idle.items():
            terminal.write_line(f"Without a row to examine ({reason}): {', '.join(rules)}.")
        for failure in verification.failures:
            terminal.write_line(failure)
        if verification.failures:
            raise ReleaseError(f"{release} {verification.verdict}.")
        terminal.write_line(f"{release} {verification.verdict}.")


@app.command(epilog="Example:  etl diff datasets.old datasets --output differences")
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Folder or URL of a release.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Folder or URL of another.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="A new folder for all differences, as Parquet."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, help="Rows of each kind to show; counts are always complete.")
    ] = 5,
    debug: Debug = False,
) -> None:
    """Compare two releases: what they say of their tables, and every row by its key.

    An article_id is a digest of the document's bytes: an edited article is
    one removed and one added, with all its paragraphs and metrics. Two of
    the same source_path are told as one that was edited.

    Exit code 0: the same content; 1: it differs; 2: no comparison is possible.
    """
    with terminal.speak_plainly(debug=debug):
        from etl.load import diff_report
        from etl.load.diff import diff as compare

        difference = compare(old, new, limit=limit, output=output)
        if as_json:
            terminal.write_text(diff_report.to_json(difference))
        else:
            for section in diff_report.describe_difference(difference):
                _show_section(section)
            told = "hold the same." if difference.same else "differ; --output writes every row."
            terminal.write_line(f"{old} and {new} {told}")
    raise typer.Exit(0 if difference.same else 1)


@app.command(epilog="Example:  etl describe metrics --example pandas")
def describe(
    table: Annotated[
        str | None, typer.Argument(help="A table or view; all of them without.")
    ] = None,
    *,
    example: Annotated[
        Example | None, typer.Option(help="Print code that reads the table instead.")
    ] = None,
    release: Release = _DATASETS,
    debug: Debug = False,
) -> None:
    """Show what tables, columns and codes mean, or code that reads a table."""
    with terminal.speak_plainly(debug=debug):
        from etl.load import describe as dictionary
        from etl.load import remote

        if example:
            place = remote.find_release(release)
            terminal.write_text(dictionary.example(table or "metrics", example, place) + "\n")
        elif table:
            _show_table(dictionary.describe_table(table))
        else:
            tables = [*dictionary.list_tables(), *dictionary.list_views()]
            rows = [(t.name, t.title, t.en) for t in tables]
            terminal.write_table(("table or view", "名称", "meaning"), rows)


@app.command(epilog="Example:  etl query 'SELECT title, metric_count FROM articles' --format csv")
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One query that reads.")],
    *,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to give the answer.")] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file to write the answer to.")
    ] = None,
    release: Release = _DATASETS,
    debug: Debug = False,
) -> None:
    """Ask the published database: read-only SQL."""
    with terminal.speak_plainly(debug=debug):
        from etl.load import connection, remote
        from etl.load.query import query as ask
        from etl.load.query import write_query

        with remote.fetch(release, [connection.FILE_NAME]) as folder:
            if output:
                write_query(folder, sql, form, output)
            else:
                for line in ask(folder, sql, form):
                    terminal.write_text(line)


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


def _show_table(table: Table) -> None:
    terminal.write_line(f"{table.name} {table.title}", "bold")
    terminal.write_line(f"{table.en} {table.zh}")
    key = ", ".join(table.primary_key)
    terminal.write_line(f"Primary key: {key}." if key else "A view in the database.")
    terminal.write_line("")
    terminal.write_table(
        ("column", "名称", "type", "null", "meaning"),
        [(c.name, c.title, c.type, "yes" if c.nullable else "", _say(c)) for c in table.columns],
    )
    for codes in (column.labels for column in table.columns if column.labels):
        terminal.write_line("")
        terminal.write_line(codes.name, "bold")
        terminal.write_table(
            ("code", "名称", "meaning"), [(c.code, c.zh, c.en) for c in codes.codes]
        )


def _say(column: Column) -> str:
    """What a column means, and what it refers to."""
    return " → ".join((column.en, ".".join(column.references or ()))).removesuffix(" → ")


def _show_section(section: Section) -> None:
    terminal.write_line(section.title, "bold")
    terminal.write_table(section.columns, section.rows, cut=True)
    terminal.write_line("")


def _show_release(summary: ReleaseSummary, seconds: float, *, as_json: bool) -> None:
    if as_json:
        event = "published" if summary.is_new else "unchanged"
        facts = asdict(summary) | {"output": str(summary.output), "seconds": round(seconds, 1)}
        terminal.write_json({"event": event, **facts})
    _show_rows(summary.rows)
    _show_documents(summary.statuses, summary.rejections)
    _show_findings(summary.findings)
    holds = f"{summary.files} files ({summary.bytes / 1e6:.1f} MB)"
    if summary.is_new:
        terminal.write_line(f"Published {holds} in {summary.output} in {seconds:.1f} s.")
    else:
        terminal.write_line(f"Nothing has changed: {summary.output} stands, {holds}.")


def _show_rows(rows: Mapping[str, int]) -> None:
    terminal.write_table(("table", "rows"), rows.items())


def _show_documents(documents: Mapping[str, int], reasons: Mapping[str, int]) -> None:
    terminal.write_line(f"{sum(documents.values()):,} documents: {_join(documents)}.")
    if reasons:
        terminal.write_line(f"Rejected: {_join(reasons)}.")


def _show_findings(findings: Mapping[str, int]) -> None:
    terminal.write_line(f"Findings: {_join(findings) or 'none'}.")


def _join(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {code}" for code, count in sorted(counts.items()))
