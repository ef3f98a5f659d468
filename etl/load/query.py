"""SQL over a published release: one query, read-only, shut off from everything but the release.

Forms: `table` for the eye (long results are cut in the middle), `csv`, `json` (an array of
objects) and `parquet`, which needs a file. CSV holds the data as it is: a text that begins
with `=`, `+`, `-` or `@` is not altered, so import it as text where a spreadsheet would take
it for a formula. A null is an empty cell, an empty text is `""`.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from etl.errors import ReleaseError, UsageError
from etl.load.connection import FILE_NAME
from etl.load.interrupts import heed_interrupts
from etl.load.sql import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

FORMS = ("table", "csv", "json", "parquet")

_ROWS_AT_ONCE = 2_000


def query(release: Path, sql: str, form: str = "table") -> Iterator[str]:
    """The answer as text, line by line, each line with its end.

    Raises:
        UsageError: the query is wrong, or does more than read; the form is not one for text.
        ReleaseError: there is no database, or none that can be read.
    """
    if form not in _LINES:
        raise UsageError(f"The form {form!r} needs a file.")
    with _open(release) as con, _speak_plainly():
        yield from _LINES[form](con, _check(con, sql))


def write_query(release: Path, sql: str, form: str, output: Path) -> None:
    """Write the answer to a file, which appears whole or not at all.

    Raises:
        UsageError: the query is wrong, or does more than read; the file cannot be written.
        ReleaseError: there is no database, or none that can be read.
    """
    if not output.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {output.parent} to write to.")
    partial = output.absolute().with_name(f".{output.name}.{os.getpid()}.partial")
    try:
        if form == "parquet":
            _write_parquet(release, sql, partial)
        else:
            with partial.open("w", encoding="utf-8", newline="") as file:
                file.writelines(query(release, sql, form))
        partial.replace(output)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _open(release: Path, writable: Path | None = None) -> Iterator[DuckDBPyConnection]:
    """The database of the release, read-only; no other file can be reached, but `writable`."""
    file = release / FILE_NAME
    if not file.is_file():
        raise ReleaseError(f"There is no release at {release}: {FILE_NAME} is missing.")
    with TemporaryDirectory() as spill:
        try:
            con = duckdb.connect(
                file, read_only=True, config={"autoinstall_known_extensions": False}
            )
        except duckdb.Error as error:
            raise ReleaseError(f"{file} cannot be read: {_sentence(error)}") from error
        with con, heed_interrupts(con):
            con.execute(f"SET TimeZone = 'UTC'; SET temp_directory = {quote(spill)}")
            if writable:
                con.execute(f"SET allowed_paths = [{quote(str(writable))}]")
            con.execute("SET enable_external_access = false; SET lock_configuration = true")
            yield con


@contextmanager
def _speak_plainly() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise UsageError(_sentence(error)) from error


def _sentence(error: duckdb.Error) -> str:
    """What DuckDB says, without the drawing below it."""
    said, _, _ = str(error).partition("\n\n")
    return " ".join(said.split())


def _check(con: DuckDBPyConnection, sql: str) -> str:
    """The one reading statement of `sql`, without what may follow it."""
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise UsageError(f"One query is needed, not {len(statements)} statements.")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError("Only a query that reads is possible here: SELECT, FROM, DESCRIBE ...")
    return _trim(con, sql)


def _trim(con: DuckDBPyConnection, sql: str) -> str:
    """A statement without the semicolon at its end and comments behind that."""
    head, semicolon, tail = sql.rpartition(";")
    if semicolon and _count_statements(con, head) == 1 and _count_statements(con, tail) == 0:
        return _trim(con, head)
    return sql


def _count_statements(con: DuckDBPyConnection, sql: str) -> int | None:
    try:
        return len(con.extract_statements(sql))
    except duckdb.ParserException:
        return None


def _write_parquet(release: Path, sql: str, file: Path) -> None:
    with _open(release, writable=file) as con, _speak_plainly():
        answer = f"(\n{_check(con, sql)}\n)"
        con.execute(f"COPY {answer} TO {quote(str(file))} (FORMAT parquet, COMPRESSION zstd)")


def _to_table(con: DuckDBPyConnection, sql: str) -> Iterator[str]:
    yield f"{con.sql(sql)}\n"


def _to_csv(con: DuckDBPyConnection, sql: str) -> Iterator[str]:
    names = [name for name, *_ in con.execute(f"DESCRIBE (\n{sql}\n)").fetchall()]
    yield _join_cells(names)
    for row in _fetch(con, f"SELECT COLUMNS(*)::VARCHAR FROM (\n{sql}\n) AS answer"):
        yield _join_cells(row)


def _join_cells(cells: Iterable[str | None]) -> str:
    return ",".join(_to_cell(cell) for cell in cells) + "\n"


def _to_cell(cell: str | None) -> str:
    if cell is None:
        return ""
    if cell and not any(char in cell for char in ',"\r\n'):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _to_json(con: DuckDBPyConnection, sql: str) -> Iterator[str]:
    separator = "[\n"
    for (row,) in _fetch(con, f"SELECT to_json(answer)::VARCHAR FROM (\n{sql}\n) AS answer"):
        yield separator + row
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _fetch(con: DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows a few at a time, so that an answer of any length takes little memory."""
    answer = con.execute(sql)
    while rows := answer.fetchmany(_ROWS_AT_ONCE):
        yield from rows


_LINES: dict[str, Callable[[DuckDBPyConnection, str], Iterator[str]]] = {
    "table": _to_table,
    "csv": _to_csv,
    "json": _to_json,
}
