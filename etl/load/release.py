"""A release from the parts of all batches: merged, proved, described, swapped in whole."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from etl.errors import ValidationError
from etl.load import checksums, dictionary, merge, package, page, quality
from etl.load.connection import connect, make_do
from etl.load.duckdb_file import write_report, write_tables
from etl.load.loss import MAX_LOSS, check_loss
from etl.load.parquet import ROWS_PER_FILE
from etl.load.proof import prove
from etl.load.staging import stage
from etl.load.summary import ReleaseSummary

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction
    from pathlib import Path

    from etl.load.connection import Memory
    from etl.load.proof import Result
    from etl.load.quality import Facts
    from etl.load.staging import Staging

    Report = Callable[[str, int, int], None]

_STEPS = ("merge", "database", "proof", "quality", "dictionary", "package", "page", "checksums")


def publish(
    parts: Path,
    output: Path,
    *,
    max_loss: Fraction | None = MAX_LOSS,
    rows_per_file: int = ROWS_PER_FILE,
    progress: Report | None = None,
) -> ReleaseSummary:
    """Publish the validated rows in `parts/<table>/*.parquet` as a release at `output`.

    Whatever stands at `output` is replaced in one step at the end, or not at all. `progress`
    is told each step's name, its number and how many there are. A release that lost more than
    `max_loss` of the rows that stand there is refused; None lets everything through. A table of
    more than `rows_per_file` rows becomes several files.

    Raises:
        UsageError: `output` cannot be written, or holds something that is no release.
        ValidationError: the rows of all parts together break a rule.
        ReleaseError: too much would be lost, or nobody can say how much.
    """
    with stage(output) as staging:
        return write_release(
            parts, staging, max_loss=max_loss, rows_per_file=rows_per_file, progress=progress
        )


def write_release(
    parts: Path,
    staging: Staging,
    *,
    max_loss: Fraction | None = MAX_LOSS,
    rows_per_file: int = ROWS_PER_FILE,
    progress: Report | None = None,
) -> ReleaseSummary:
    """The same into folders that the caller has staged, and publishes by leaving them."""
    tell = progress or (lambda _step, _number, _of: None)

    def start(step: str) -> None:
        tell(step, _STEPS.index(step) + 1, len(_STEPS))

    facts = make_do(lambda memory: _build(parts, staging, rows_per_file, memory, start))
    if max_loss is not None:
        check_loss(staging.output, facts.rows, max_loss)
    files = [staging.release / name for name in checksums.list_files(staging.release)]
    return ReleaseSummary(
        output=staging.output,
        rows=facts.rows,
        statuses=facts.statuses,
        rejections=facts.rejections,
        findings=facts.findings,
        skipped=facts.skipped,
        files=len(files),
        bytes=sum(path.stat().st_size for path in files),
    )


def _build(
    parts: Path,
    staging: Staging,
    rows_per_file: int,
    memory: Memory,
    start: Callable[[str], None],
) -> Facts:
    folder = staging.release
    _empty(folder)
    with connect(staging.spill, memory) as con:
        start("merge")
        merge.write_tables(con, parts, folder, rows_per_file, memory)
        start("database")
        write_tables(con, folder)
        start("proof")
        results = list(prove(con))
        _raise_faults(results)
        start("quality")
        facts = quality.write_quality(con, folder, results)
        write_report(con, folder)
    start("dictionary")
    dictionary.write_dictionary(folder / "dictionary")
    start("package")
    package.write_descriptors(folder, facts)
    start("page")
    page.write_page(folder)
    start("checksums")
    checksums.write_checksums(folder)
    return facts


def _empty(folder: Path) -> None:
    """Nothing is left of a try before."""
    shutil.rmtree(folder)
    folder.mkdir()


def _raise_faults(results: list[Result]) -> None:
    faults = [str(result) for result in results if result.failed]
    if faults:
        more = f" (and {len(faults) - 1} more checks)" if faults[1:] else ""
        raise ValidationError(f"Nothing was published: {faults[0]}{more}")
