"""DuckDB as a release is made and asked with: offline, in UTC, in little memory."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

FILE_NAME = "jingjinji.duckdb"
"""The database of a release."""

# Sorts and comparisons that need more spill to disk; every thread wants a share of it.
_MEMORY = "300MB"
_THREADS = 2


@contextmanager
def connect(spill: Path | None = None) -> Iterator[DuckDBPyConnection]:
    """An empty in-memory database, offline, in UTC.

    What outgrows memory spills to `spill`, or to a folder for temporary files.
    """
    if spill is None:
        with TemporaryDirectory(prefix="etl-") as scratch, connect(Path(scratch)) as con:
            yield con
        return
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "memory_limit": _MEMORY,
        "threads": _THREADS,
        "temp_directory": str(spill),
    }
    with duckdb.connect(config=config) as con, tell_interrupts():
        con.execute("SET TimeZone = 'UTC'")
        yield con


@contextmanager
def limit(con: DuckDBPyConnection, memory: str) -> Iterator[None]:
    """One thread and so much memory for the time being; what is held beyond that is given back."""
    con.execute(f"SET threads = 1; SET memory_limit = '{memory}'")
    yield
    con.execute(f"SET threads = {_THREADS}; SET memory_limit = '{_MEMORY}'")


@contextmanager
def tell_interrupts() -> Iterator[None]:
    """Ctrl-C during a query is Ctrl-C; DuckDB makes another error of it."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise
