"""Proof of a published release, offline: every file, every row, every word of its description."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import polars as pl
from pandera.errors import SchemaError, SchemaErrors

from etl.errors import EtlError, ReleaseError
from etl.load import checksums, dictionary, duckdb_check, package, page, parquet, quality
from etl.load.catalog import list_homes
from etl.load.duckdb_file import FILE_NAME, connect
from etl.load.proof import prove
from etl.load.sql import quote_files
from schemas import QUALITY, TABLES, polars_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Table
    from etl.load.proof import Result

_ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Verified:
    """One check: how many things it looked at, and one sentence for each fault."""

    name: str
    examined: int
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of a release."""

    release: Path
    checks: tuple[Verified, ...]

    @property
    def failures(self) -> tuple[str, ...]:
        """Every fault found; none in a good release."""
        return tuple(failure for check in self.checks for failure in check.failures)


def verify(release: Path) -> Verification:
    """Check everything a release promises.

    Raises:
        ReleaseError: there is no release at all to check.
    """
    if not release.is_dir():
        raise ReleaseError(f"There is no release at {release}.")
    if not (release / checksums.FILE_NAME).exists() and not (release / "parquet").is_dir():
        raise ReleaseError(f"{release} is no release: it has neither checksums nor tables.")
    with TemporaryDirectory() as spill, connect(Path(spill)) as con:
        return Verification(release, tuple(_run(con, release)))


def _run(con: DuckDBPyConnection, release: Path) -> Iterator[Verified]:
    yield _examine("files", lambda: _check_files(release))
    yield _examine("checksums", lambda: _check_checksums(release))
    yield _examine("schemas", lambda: _check_schemas(release))
    yield _examine("rows", lambda: _check_rows(release))
    results: list[Result] = []
    yield _examine("keys, references, spans", lambda: _prove(con, release, results))
    yield _examine("quality", lambda: _check_quality(con, release, results))
    yield _examine("dictionary", lambda: _check_dictionary(release))
    yield _examine("descriptors", lambda: _check_descriptors(con, release))
    yield _examine("page", lambda: _check_page(release))
    yield _examine("database", lambda: duckdb_check.compare_rows(con, release))
    yield _examine("database's description", lambda: duckdb_check.compare_words(con))


Outcome = tuple[int, list[str]]

# Whatever a damaged file makes its reader raise; Polars may even panic over one.
_UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    EtlError,
    duckdb.Error,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
)


def _examine(name: str, check: Callable[[], Outcome]) -> Verified:
    """Run one check; one that cannot be carried out has failed."""
    try:
        examined, failures = check()
    except _UNREADABLE as error:
        return Verified(name, 0, (f"The {name} cannot be examined: {_first_line(error)}",))
    return Verified(name, examined, tuple(failures))


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _expected_files() -> set[str]:
    return {
        *(path for _, path, _ in list_homes()),
        *(f"quality/{name}" for name in quality.FILE_NAMES),
        *(f"dictionary/{name}" for name in dictionary.render_dictionary()),
        *package.FILE_NAMES,
        page.FILE_NAME,
        FILE_NAME,
        checksums.FILE_NAME,
    }


def _check_files(release: Path) -> Outcome:
    expected, present = _expected_files(), checksums.list_files(release)
    missing = (f"{name} is missing." for name in sorted(expected - present))
    strays = (f"{name} is no part of a release." for name in sorted(present - expected))
    return len(present), [*missing, *strays]


def _check_checksums(release: Path) -> Outcome:
    listed = checksums.read_checksums(release)
    present = checksums.list_files(release) - {checksums.FILE_NAME}
    failures = [f"{name} has no checksum." for name in sorted(present - listed.keys())]
    for name, digest in listed.items():
        if name not in present:
            failures.append(f"{name} has a checksum and is missing.")
        elif checksums.digest_file(release / name) != digest:
            failures.append(f"{name} is not the file its checksum was made of.")
    return len(listed), failures


def _check_schemas(release: Path) -> Outcome:
    models = TABLES | QUALITY
    version = package.read_edition(release).version
    failures: list[str] = []
    for _, path, table in list_homes():
        file = release / path
        if not file.exists():
            failures.append(f"{path} is missing.")
        elif pl.read_parquet_schema(file) != polars_schema(models[table.name]):
            failures.append(f"{path} has other columns or types than the model says.")
        elif not _says(file, parquet.describe_file(table, version)):
            failures.append(f"{path} describes itself otherwise than the model does.")
    return len(models), failures


def _says(file: Path, words: dict[str, str]) -> bool:
    return words.items() <= pl.read_parquet_metadata(file).items()


def _check_rows(release: Path) -> Outcome:
    """Every Pandera check over every row, a slice at a time."""
    examined = 0
    failures: list[str] = []
    for _, path, table in list_homes():
        rows = pl.scan_parquet(release / path, glob=False)
        height = rows.select(pl.len()).collect().item()
        examined += height
        for start in range(0, height, _ROWS_AT_ONCE):
            frame = rows.slice(start, _ROWS_AT_ONCE).collect()
            failures.extend(f"{path}: {fault}" for fault in _find_faults(frame, table))
    return examined, failures


def _find_faults(frame: pl.DataFrame, table: Table) -> Iterator[str]:
    model = (TABLES | QUALITY)[table.name]
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as error:
        faults = error.failure_cases.group_by("column", "check").agg(
            pl.len(), pl.col("failure_case").first()
        )
        for column, check, rows, case in faults.sort("column", "check").iter_rows():
            yield f"{column} breaks {check} in {rows} rows, first with {case!r}."
    except SchemaError as error:
        yield _first_line(error)


def _prove(con: DuckDBPyConnection, release: Path, results: list[Result]) -> Outcome:
    """Over the Parquet files; what they hold, the database must hold too."""
    con.execute("CREATE SCHEMA quality")
    for relation, path, _ in list_homes():
        con.execute(
            f"CREATE VIEW {relation} AS SELECT * FROM read_parquet({quote_files([release / path])})"
        )
    results.extend(prove(con))
    disorder = [_check_order(con, relation, table) for relation, _, table in list_homes()]
    failures = [str(result) for result in results if result.failed]
    return len(results) + len(disorder), failures + [words for words in disorder if words]


def _check_order(con: DuckDBPyConnection, relation: str, table: Table) -> str | None:
    key = ", ".join(f'"{name}"' for name in table.primary_key)
    (disordered,) = con.execute(
        f"SELECT count(*) FROM (SELECT ({key}) AS key, lag(({key})) OVER () AS previous "
        f"FROM {relation}) WHERE previous >= key"
    ).fetchone() or (0,)
    return (
        f"{table.name}: {disordered} rows are not in the order of the key." if disordered else None
    )


def _check_quality(con: DuckDBPyConnection, release: Path, results: list[Result]) -> Outcome:
    frames = quality.count_quality(con, results)
    failures = [
        f"quality/{name}.parquet does not count what the tables hold."
        for name, frame in frames.items()
        if not pl.read_parquet(release / "quality" / f"{name}.parquet", glob=False).equals(frame)
    ]
    pages = quality.render_quality(frames)
    return len(frames) + len(pages), failures + _compare(release, "quality/", pages)


def _check_dictionary(release: Path) -> Outcome:
    pages = dictionary.render_dictionary()
    return len(pages), _compare(release, "dictionary/", pages)


def _check_descriptors(con: DuckDBPyConnection, release: Path) -> Outcome:
    texts = package.render_descriptors(
        release, quality.find_facts(con), package.read_edition(release)
    )
    return len(texts), _compare(release, "", texts)


def _check_page(release: Path) -> Outcome:
    fault = f"{page.FILE_NAME} does not show the metrics that the tables hold."
    return 1, [] if page.shows_tables(release) else [fault]


def _compare(release: Path, prefix: str, texts: dict[str, str]) -> list[str]:
    """Files that are not, byte for byte, what the models and the rows make them."""
    return [
        f"{prefix}{name} does not say what the models and tables say."
        for name, text in texts.items()
        if not _holds(release / f"{prefix}{name}", text)
    ]


def _holds(file: Path, text: str) -> bool:
    return file.exists() and file.read_bytes() == text.encode()
