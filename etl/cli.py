"""The commands: each parses its arguments, calls one function and prints one summary."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl import terminal
from etl.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.load.release import ReleaseSummary

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
        metavar="[SOURCE]...", help="Files, folders, globs, or - for standard input.  [seeds]"
    ),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="Where the release is published.")]
Work = Annotated[Path, typer.Option("--work", "-w", help="Folder between the stages.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", "-j", min=1, help="Processes to use.  [one a core]"),
]
Release = Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder of a release.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where an error came from.")]

_SEEDS = ["seeds"]
_DATASETS = Path("datasets")


class Example(StrEnum):
    """Whose code `describe --example` prints."""

    POLARS = "polars"
    PANDAS = "pandas"
    DUCKDB = "duckdb"
    R = "r"


class Format(StrEnum):
    """How `query` gives its result."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def main() -> None:
    """The console script `etl`."""
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
    debug: Debug = False,
) -> None:
    """Extract, transform and load in one go."""
    with terminal.speak_plainly(debug=debug):
        from etl import pipeline

        started = time.monotonic()
        with terminal.show_progress() as report:
            summary = pipeline.run(
                sources or _SEEDS, output, workers=workers, report=report, debug=debug
            )
        _show_release(summary, time.monotonic() - started)


@app.command(epilog="Example:  etl extract seeds --work work")
def extract(
    sources: Sources = None, *, work: Work, workers: Workers = None, debug: Debug = False
) -> None:
    """Read sources into a work folder: documents decoded and split, nothing interpreted."""
    with terminal.speak_plainly(debug=debug):
        from etl import pipeline

        with terminal.show_progress() as report:
            tally = pipeline.extract(
                sources or _SEEDS, work, workers=workers, report=report, debug=debug
            )
        _show_documents(tally.documents)


@app.command(epilog="Example:  etl transform --work work")
def transform(*, work: Work, workers: Workers = None, debug: Debug = False) -> None:
    """Turn the extracted documents of a work folder into validated tables."""
    with terminal.speak_plainly(debug=debug):
        from etl import pipeline

        with terminal.show_progress() as report:
            tally = pipeline.transform(work, workers=workers, report=report, debug=debug)
        _show_rows(tally.rows)
        _show_documents(tally.documents)
        _show_findings(tally.findings)


@app.command(epilog="Example:  etl load --work work --output datasets")
def load(*, work: Work, output: Output = _DATASETS, debug: Debug = False) -> None:
    """Publish the validated tables of a work folder as a release."""
    with terminal.speak_plainly(debug=debug):
        from etl import pipeline

        started = time.monotonic()
        with terminal.show_progress() as report:
            summary = pipeline.load(work, output, report=report)
        _show_release(summary, time.monotonic() - started)


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
def verify(release: Release = _DATASETS, *, debug: Debug = False) -> None:
    """Prove a release offline: checksums, schemas, rows, references, dictionary, database."""
    with terminal.speak_plainly(debug=debug):
        from etl.load.verify import verify as verify_release

        verification = verify_release(release)
        terminal.write_table(
            ("check", "examined", "failed"),
            [(check.name, check.examined, len(check.failures)) for check in verification.checks],
        )
        for failure in verification.failures:
            terminal.write_line(failure)
        if verification.failures:
            raise ReleaseError(
                f"{release} is not as it should be: {len(verification.failures)} faults."
            )
        terminal.write_line(f"{release} is sound.")


def _show_release(summary: ReleaseSummary, seconds: float) -> None:
    _show_rows(summary.rows)
    _show_documents(summary.statuses)
    _show_findings(summary.findings)
    terminal.write_line(
        f"Published {summary.files} files ({summary.bytes / 1e6:.1f} MB) "
        f"in {summary.output} in {seconds:.1f} s."
    )


def _show_rows(rows: Mapping[str, int]) -> None:
    terminal.write_table(("table", "rows"), rows.items())


def _show_documents(documents: Mapping[str, int]) -> None:
    counts = ", ".join(f"{count:,} {status}" for status, count in sorted(documents.items()))
    terminal.write_line(f"{sum(documents.values()):,} documents: {counts}.")


def _show_findings(findings: Mapping[str, int]) -> None:
    counts = ", ".join(f"{count:,} {code}" for code, count in sorted(findings.items()))
    terminal.write_line(f"Findings: {counts or 'none'}.")
