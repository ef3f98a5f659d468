"""The release as one DuckDB file: typed, checked, commented, with views and its own dictionary.

Built from the Parquet files, so that both say the same; readable by DuckDB 1.2 and later.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from etl.errors import ValidationError
from etl.load.catalog import describe_codes, list_homes
from etl.load.dictionary_tables import write_dictionary
from etl.load.sql import quote, quote_files
from etl.load.views import VIEWS, describe_view_column

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Table

FILE_NAME = "jingjinji.duckdb"

# The format that DuckDB 1.2 reads; newer defaults shut older readers out.
_STORAGE = "v1.2.0"


# Sorts and comparisons that need more spill to disk.
_MEMORY = "1GB"


@contextmanager
def connect(spill: Path | None = None) -> Iterator[DuckDBPyConnection]:
    """An empty in-memory database, offline, in UTC; what outgrows memory spills to `spill`."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "memory_limit": _MEMORY,
        "temp_directory": str(spill or ""),
    }
    with duckdb.connect(config=config) as con, tell_interrupts():
        con.execute("SET TimeZone = 'UTC'")
        yield con


@contextmanager
def tell_interrupts() -> Iterator[None]:
    """Ctrl-C during a query is Ctrl-C; DuckDB makes another error of it."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


def write_database(con: DuckDBPyConnection, folder: Path) -> None:
    """Build the database of the Parquet files in `folder` and leave `con` in it.

    Raises:
        ValidationError: a row breaks a rule of its table.
    """
    con.execute(
        f"ATTACH {quote(str(folder / FILE_NAME))} AS release (STORAGE_VERSION '{_STORAGE}')"
    )
    con.execute("USE release")
    con.begin()  # one commit for hundreds of comments
    for codes in describe_codes():
        con.execute(f"CREATE TYPE {codes.name} AS ENUM ({', '.join(map(quote, codes.values))})")
    con.execute("CREATE SCHEMA quality")
    for relation, path, table in list_homes():
        _create_table(con, relation, table, folder / path)
    for view in VIEWS:
        con.execute(f"CREATE VIEW {view.name} AS {view.sql}")
    for (kind, name), words in list_comments(con).items():
        con.execute(f"COMMENT ON {kind} {name} IS {quote(words)}")
    write_dictionary(con)
    con.commit()


def close_database(con: DuckDBPyConnection) -> None:
    """Write everything to the file and let go of it."""
    con.execute("USE memory; DETACH release")


def list_comments(con: DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """(TABLE, COLUMN, VIEW or TYPE, name in SQL) → what the comment says, in both languages."""
    comments = {}
    for codes in describe_codes():
        words = (f"{code.code} {code.zh} {code.en}" for code in codes.codes)
        comments["TYPE", codes.name] = "; ".join(words)
    for relation, _, table in list_homes():
        comments["TABLE", relation] = _join(table.title, table.zh, table.en)
        for column in table.columns:
            words_of_column = _join(column.title, column.zh, column.en)
            comments["COLUMN", f'{relation}."{column.name}"'] = words_of_column
    for view in VIEWS:
        comments["VIEW", view.name] = _join(view.title, view.zh, view.en)
        for name, *_ in con.execute(f"DESCRIBE {view.name}").fetchall():
            words_of_column = _join(*describe_view_column(view, name))
            comments["COLUMN", f'{view.name}."{name}"'] = words_of_column
    return comments


def _create_table(con: DuckDBPyConnection, relation: str, table: Table, file: Path) -> None:
    columns = (
        f'"{column.name}" {column.type}{"" if column.nullable else " NOT NULL"}'
        for column in table.columns
    )
    checks = (f"CHECK ({check.sql})" for check in table.checks)
    con.execute(f"CREATE TABLE {relation} ({', '.join((*columns, *checks))})")
    try:
        con.execute(
            f"INSERT INTO {relation} BY NAME SELECT * FROM read_parquet({quote_files([file])})"
        )
    except duckdb.ConstraintException as error:
        raise ValidationError(f"The table {table.name} breaks its own rules: {error}") from error


def _join(title: str, zh: str, en: str) -> str:
    return f"{title}：{zh} {en}"
