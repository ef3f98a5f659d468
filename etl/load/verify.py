"""Proof of a published release, offline: every file, every row, every word of its description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from etl.errors import EtlError, ReleaseError
from etl.load import checksums, dictionary, duckdb_check, package, page, quality, table_check
from etl.load.catalog import list_homes, list_report
from etl.load.connection import FILE_NAME, connect, make_do
from etl.load.duckdb_file import open_tables
from etl.load.parquet import find_files, read_version
from schemas.codes import IDLE_REASON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.connection import Memory
    from etl.load.proof import Result
    from etl.load.table_check import Outcome


@dataclass(frozen=True, slots=True)
class Verified:
    """One check: how many `things` it looked at, and one sentence for each fault."""

    name: str
    examined: int
    things: str
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of a release; `idle` are the rules that found no row to examine, by the reason.

    `version` is that of the code that made it; None if it does not say.
    """

    release: Path
    checks: tuple[Verified, ...]
    idle: dict[str, tuple[str, ...]]
    version: str | None

    @property
    def failures(self) -> tuple[str, ...]:
        """Every fault found; none in a good release."""
        return tuple(failure for check in self.checks for failure in check.failures)

    @property
    def verdict(self) -> str:
        """Whether it is sound, in one sentence; another version may say some things otherwise."""
        if not self.failures:
            return "is sound"
        verdict = f"is not as it should be; faults: {len(self.failures)}"
        if self.version in (None, read_version()):
            return verdict
        return f"{verdict} (made by version {self.version}, this is {read_version()})"


def verify(release: Path) -> Verification:
    """Check everything a release promises.

    Raises:
        ReleaseError: there is no release at all to check.
    """
    if not release.is_dir():
        raise ReleaseError(f"There is no release at {release}.")
    if not (release / checksums.FILE_NAME).exists() and not (release / "parquet").is_dir():
        raise ReleaseError(f"{release} is no release: it has neither checksums nor tables.")
    return make_do(lambda memory: _verify(release, memory))


def _verify(release: Path, memory: Memory) -> Verification:
    results: list[Result] = []
    with connect(memory=memory) as con:
        checks = tuple(_run(con, release, results))
        return Verification(release, checks, _explain_idle(con, results), _find_version(release))


def _find_version(release: Path) -> str | None:
    try:
        return package.read_edition(release).version
    except _UNREADABLE:
        return None


def _run(con: DuckDBPyConnection, release: Path, results: list[Result]) -> Iterator[Verified]:
    yield _examine("files", "files", lambda: _check_files(release))
    yield _examine("checksums", "files", lambda: _check_checksums(release))
    yield _examine("schemas", "tables", lambda: table_check.check_schemas(release))
    yield _examine("rows", "rows", lambda: table_check.check_rows(release))
    yield _examine("keys, references, spans", "rules", lambda: _check_proof(con, release, results))
    yield _examine("quality", "files", lambda: _check_quality(con, release, results))
    yield _examine("dictionary", "pages", lambda: _check_dictionary(release))
    yield _examine("descriptors", "files", lambda: _check_descriptors(con, release))
    yield _examine("page", "files", lambda: _check_page(release))
    yield _examine("database", "rows", lambda: duckdb_check.compare_rows(con, release))
    yield _examine("views", "views", lambda: duckdb_check.compare_views(con))
    yield _examine("database's description", "comments", lambda: duckdb_check.compare_words(con))


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


def _examine(name: str, things: str, check: Callable[[], Outcome]) -> Verified:
    """Run one check; one that cannot be carried out has failed."""
    try:
        examined, failures = check()
    except duckdb.OutOfMemoryException:  # no fault of the release
        raise
    except _UNREADABLE as error:
        fault = f"The {name} cannot be examined: {_first_line(error)}"
        return Verified(name, 0, things, (fault,))
    return Verified(name, examined, things, tuple(failures))


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _explain_idle(con: DuckDBPyConnection, results: list[Result]) -> dict[str, tuple[str, ...]]:
    """Reason → rules without a row to examine; nothing where the rules could not be tried."""
    if not results:
        return {}
    checks = quality.list_checks(con, results)
    found = {
        code.en: tuple(
            f"{row['table_name']}.{row['check_name']}"
            for row in checks.rows(named=True)
            if row["idle_reason"] == code.code
        )
        for code in IDLE_REASON.codes
    }
    return {reason: rules for reason, rules in found.items() if rules}


def _expected_files(release: Path) -> set[str]:
    tables = (file for _, path, _ in list_homes() for file in find_files(release / path))
    return {
        *(file.relative_to(release).as_posix() for file in tables),
        *(f"quality/{name}" for name in quality.FILE_NAMES),
        *(f"dictionary/{name}" for name in dictionary.render_dictionary()),
        *package.FILE_NAMES,
        page.FILE_NAME,
        FILE_NAME,
        checksums.FILE_NAME,
    }


def _check_files(release: Path) -> Outcome:
    expected, present = _expected_files(release), checksums.list_files(release)
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


def _check_proof(con: DuckDBPyConnection, release: Path, results: list[Result]) -> Outcome:
    """Over the Parquet files; what they hold, the database must hold too."""
    open_tables(con, release)
    return table_check.check_proof(con, results)


def _check_quality(con: DuckDBPyConnection, release: Path, results: list[Result]) -> Outcome:
    frames = quality.count_quality(con, results)
    failures = [
        f"{path} does not count what the tables hold."
        for _, path, table in list_report()
        if not pl.read_parquet(release / path, glob=False).equals(frames[table.name])
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
