"""The models as SQL: what makes a table or a type in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.load.catalog import describe_codes
from etl.load.sql import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Home


def create_types(con: DuckDBPyConnection) -> None:
    """Make a type of each closed list."""
    for codes in describe_codes():
        con.execute(f"CREATE TYPE {codes.name} AS ENUM ({', '.join(map(quote, codes.values))})")


def create_table(con: DuckDBPyConnection, home: Home) -> None:
    """Make an empty table with everything its model demands of a row."""
    con.execute(f"CREATE TABLE {home[0]} ({', '.join(_list_clauses(home))})")


def _list_clauses(home: Home) -> Iterator[str]:
    for column in home[2].columns:
        yield f'"{column.name}" {column.type}{"" if column.nullable else " NOT NULL"}'
    for check in home[2].checks:
        yield f"CHECK ({check.sql})"
