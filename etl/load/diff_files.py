"""The differences as Parquet files: a folder of them, or none."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import astuple
from typing import TYPE_CHECKING

from etl.errors import UsageError
from etl.load.diff_rows import KINDS, select_rows
from etl.load.sql import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.diff_edits import Edits
    from etl.load.diff_rows import TableDifference
    from etl.load.diff_schema import SchemaChange


@contextmanager
def stage(target: Path | None, releases: Iterable[Path]) -> Iterator[Path | None]:
    """A hidden folder beside `target` that takes its name if all goes well.

    Raises:
        UsageError: `target` holds something, is part of a release, or cannot be written.
    """
    if target is None:
        yield None
        return
    whole = target.resolve()
    _check_free(target, whole, releases)
    folder = whole.with_name(f".{whole.name}.{os.getpid()}.partial")
    try:
        folder.mkdir(parents=True)
        yield folder
        folder.replace(whole)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_free(target: Path, whole: Path, releases: Iterable[Path]) -> None:
    if whole.exists() and (not whole.is_dir() or any(whole.iterdir())):
        raise UsageError(f"{target} is not empty: name a new folder for the differences.")
    for release in releases:
        if whole.is_relative_to(release.resolve()):
            raise UsageError(f"{target} is part of the release {release}: name another folder.")


def write_files(
    con: DuckDBPyConnection,
    folder: Path,
    schema: Sequence[SchemaChange],
    tables: Iterable[TableDifference],
    edits: Edits,
) -> None:
    """Write what differs, a file for each table and kind that has rows."""
    for table in tables:
        for kind in KINDS:
            if getattr(table, kind):
                _write(con, select_rows(table, kind), folder / f"{table.table}_{kind}.parquet")
    if edits.count:
        _write(con, "FROM edited_cells ORDER BY ALL", folder / "articles_edited.parquet")
    if schema:
        con.execute(_SCHEMA)
        con.executemany("INSERT INTO schema_changed VALUES (?, ?, ?, ?, ?)", map(astuple, schema))
        _write(con, "FROM schema_changed", folder / "schema_changed.parquet")


_SCHEMA = """
CREATE TABLE schema_changed
    (kind VARCHAR, name VARCHAR, change VARCHAR, old VARCHAR, "new" VARCHAR)"""


def _write(con: DuckDBPyConnection, query: str, file: Path) -> None:
    con.execute(f"COPY ({query}) TO {quote(str(file))} (FORMAT parquet, COMPRESSION zstd)")
