"""The release as one DuckDB file: typed, checked, commented, with views and its own dictionary.

Built from the Parquet files, so that both say the same; readable by DuckDB 1.2 and later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from etl.errors import ValidationError
from etl.load.catalog import describe_codes, list_homes, list_proven, list_report
from etl.load.connection import FILE_NAME
from etl.load.ddl import create_table, create_types
from etl.load.dictionary_tables import describe_dictionary, write_dictionary
from etl.load.parquet import find_files
from etl.load.sql import quote, quote_files
from etl.load.view_tables import describe_views
from etl.load.views import VIEWS

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Home, Table

# The format that DuckDB 1.2 reads; newer defaults shut older readers out.
_STORAGE = "v1.2.0"


def open_tables(con: DuckDBPyConnection, folder: Path) -> None:
    """Make every Parquet file of the release in `folder` a view of `con` under its table's name."""
    con.execute("CREATE SCHEMA quality")
    for relation, path, _ in list_homes():
        rows = f"read_parquet({quote_files(find_files(folder / path))})"
        con.execute(f"CREATE VIEW {relation} AS SELECT * FROM {rows}")


def write_tables(con: DuckDBPyConnection, folder: Path) -> None:
    """Begin the database with the tables in `folder` that are to be proven; leave `con` in it.

    Raises:
        ValidationError: a row breaks a rule of its table.
    """
    con.execute(
        f"ATTACH {quote(str(folder / FILE_NAME))} AS release (STORAGE_VERSION '{_STORAGE}')"
    )
    con.execute("USE release")
    con.begin()  # one commit for hundreds of comments
    create_types(con)
    con.execute("CREATE SCHEMA quality")
    for home in list_proven():
        _fill_table(con, folder, home)


def write_report(con: DuckDBPyConnection, folder: Path) -> None:
    """Finish the database `con` is in: the tables of the report, views, dictionary, comments."""
    for home in list_report():
        _fill_table(con, folder, home)
    for view in VIEWS:
        con.execute(f"CREATE VIEW {view.name} AS {view.sql}")
    write_dictionary(con)
    for (kind, name), words in list_comments().items():
        con.execute(f"COMMENT ON {kind} {name} IS {quote(words)}")
    con.commit()
    con.execute("USE memory; DETACH release")  # which writes everything to the file


def list_comments() -> dict[tuple[str, str], str]:
    """(TABLE, COLUMN, VIEW or TYPE, name in SQL) → what the comment says, in both languages."""
    comments = {
        ("TYPE", codes.name): "; ".join(f"{c.code} {c.zh} {c.en}" for c in codes.codes)
        for codes in describe_codes()
    }
    for relation, _, table in list_homes():
        comments |= _list_comments("TABLE", relation, table)
    for name, table in describe_views().items():
        comments |= _list_comments("VIEW", name, table)
    for name, table in describe_dictionary().items():
        comments |= _list_comments("TABLE", f"dictionary.{name}", table)
    return comments


def _list_comments(kind: str, relation: str, table: Table) -> dict[tuple[str, str], str]:
    columns = {
        ("COLUMN", f'{relation}."{column.name}"'): _join(column.title, column.zh, column.en)
        for column in table.columns
    }
    return {(kind, relation): _join(table.title, table.zh, table.en)} | columns


def _fill_table(con: DuckDBPyConnection, folder: Path, home: Home) -> None:
    relation, path, table = home
    create_table(con, home)
    rows = f"read_parquet({quote_files(find_files(folder / path))})"
    try:
        con.execute(f"INSERT INTO {relation} BY NAME SELECT * FROM {rows}")
    except duckdb.ConstraintException as error:
        raise ValidationError(f"The table {table.name} breaks its own rules: {error}") from error


def _join(title: str, zh: str, en: str) -> str:
    return f"{title}：{zh} {en}"
