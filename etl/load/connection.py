"""DuckDB as a release is made and asked with: offline, in UTC, in little memory."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import duckdb

from etl.errors import ReleaseError
from etl.load.interrupts import heed_interrupts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duckdb import DuckDBPyConnection

ResultT = TypeVar("ResultT")

FILE_NAME = "jingjinji.duckdb"
"""The database of a release."""

_THREADS = 2  # every one wants a share of the memory


class Memory(NamedTuple):
    """How much DuckDB may hold before it spills to disk; None for most of what the machine has.

    `most` at any time, `sorting` while it sorts a table, `aside` while it is Polars' turn;
    `rows` of a sorted table are written at once.
    """

    most: str | None
    sorting: str | None
    aside: str | None
    rows: int


LITTLE = Memory("200MB", "150MB", "32MB", 8192)
MUCH = Memory(None, None, None, 2048)


def make_do(step: Callable[[Memory], ResultT]) -> ResultT:
    """What `step` returns with little memory or, where that is not enough, with much.

    Long texts are not spilled as they are sorted and joined: of paragraphs with tens of thousands
    of characters, a few thousand are more than little memory holds.

    Raises:
        ReleaseError: much is not enough, either.
    """
    try:
        return step(LITTLE)
    except duckdb.OutOfMemoryException:
        pass
    try:
        return step(MUCH)
    except duckdb.OutOfMemoryException as error:
        raise ReleaseError(
            "This machine has too little memory for so many long paragraphs: they want a larger "
            "machine, or several smaller releases."
        ) from error


@contextmanager
def connect(spill: Path | None = None, memory: Memory = LITTLE) -> Iterator[DuckDBPyConnection]:
    """An empty in-memory database, offline, in UTC.

    What outgrows `memory` spills to `spill`, or to a folder for temporary files.
    """
    if spill is None:
        with TemporaryDirectory(prefix="etl-") as scratch, connect(Path(scratch), memory) as con:
            yield con
        return
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "threads": _THREADS,
        "temp_directory": str(spill),
    }
    with duckdb.connect(config=config) as con, heed_interrupts(con):
        con.execute("SET TimeZone = 'UTC'")
        _allow(con, _THREADS, memory.most)
        yield con


@contextmanager
def limit(con: DuckDBPyConnection, now: str | None, then: str | None) -> Iterator[None]:
    """One thread and so much memory for the time being; what is held beyond that is given back."""
    _allow(con, 1, now)
    yield
    _allow(con, _THREADS, then)


def _allow(con: DuckDBPyConnection, threads: int, memory: str | None) -> None:
    con.execute(f"SET threads = {threads}")
    con.execute(f"SET memory_limit = '{memory}'" if memory else "RESET memory_limit")
