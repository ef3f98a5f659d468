"""Whether the database of a release holds and says what its Parquet files and the models do.

The Parquet files are views of `con` under the tables' names; the database is attached here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.load.catalog import list_homes
from etl.load.connection import FILE_NAME
from etl.load.ddl import create_types
from etl.load.dictionary_tables import describe_dictionary, list_rows
from etl.load.duckdb_file import list_comments
from etl.load.sql import quote
from etl.load.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Column

Outcome = tuple[int, list[str]]


def compare_rows(con: DuckDBPyConnection, release: Path) -> Outcome:
    """Row for row, in both directions; how many rows were compared, and the faults."""
    con.execute(f"ATTACH {quote(str(release / FILE_NAME))} AS release (READ_ONLY)")
    compared = [_count_differences(con, relation) for relation, _, _ in list_homes()]
    return sum(rows for rows, _ in compared), [fault for _, fault in compared if fault]


_QUERY = """
SELECT sql FROM duckdb_views()
WHERE database_name = 'release' AND schema_name = 'main' AND view_name = ?
"""


def compare_views(con: DuckDBPyConnection) -> Outcome:
    """What each view asks, and if that is put otherwise, what it gives over the same rows."""
    create_types(con)
    faults = [
        f"{FILE_NAME}: the view {view.name} gives other rows than its query."
        for view in VIEWS
        if _read_query(con, view.name) != _put(con, view.sql)
        and _digest(con, f"release.main.{view.name}") != _digest(con, f"({view.sql})")
    ]
    return len(VIEWS), faults


def _read_query(con: DuckDBPyConnection, view: str) -> str | None:
    """What a view of the release asks, as DuckDB puts it; None if it is not there, or renames."""
    found = con.execute(_QUERY, [view]).fetchone()
    if not found or not found[0].startswith(f"CREATE VIEW {view} AS "):
        return None
    return _put(con, found[0].partition(" AS ")[2].removesuffix(";"))


def _put(con: DuckDBPyConnection, query: str) -> str:
    """A query as DuckDB puts it, over the Parquet files."""
    con.execute(f"CREATE OR REPLACE TEMP VIEW put AS {query}")
    ((put,),) = con.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'put'").fetchall()
    return str(put)


def _digest(con: DuckDBPyConnection, rows: str) -> object:
    return con.execute(f"SELECT count(*), sum(hash(row::VARCHAR)) FROM {rows} AS row").fetchone()


def compare_words(con: DuckDBPyConnection) -> Outcome:
    """Names, types, comments and dictionary tables against the models."""
    con.execute("USE release")
    try:
        faults = [
            *_compare_names(con),
            *_compare_types(con),
            *_compare_comments(con),
            *_compare_dictionary(con),
        ]
        examined = len(list_comments())
    finally:
        con.execute("USE memory")
    return examined, faults


def _count_differences(con: DuckDBPyConnection, relation: str) -> tuple[int, str | None]:
    inside = f"release.{relation if '.' in relation else f'main.{relation}'}"
    both = (
        f"(SELECT count(*) FROM (FROM {one} EXCEPT ALL FROM {other}))"
        for one, other in ((relation, inside), (inside, relation))
    )
    rows, only_parquet, only_database = con.execute(
        f"SELECT (SELECT count(*) FROM {relation}), {', '.join(both)}"
    ).fetchone() or (0, 0, 0)
    if not only_parquet and not only_database:
        return rows, None
    return rows, (
        f"{relation}: {only_parquet} rows stand only in the Parquet file, "
        f"{only_database} only in {FILE_NAME}."
    )


_NAMES = """
SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'release'
UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views()
    WHERE database_name = 'release' AND NOT internal
"""


def _compare_names(con: DuckDBPyConnection) -> Iterator[str]:
    """What is missing is found elsewhere; here, what nobody expects."""
    expected = {name if "." in name else f"main.{name}" for name, _, _ in list_homes()}
    expected |= {f"main.{view.name}" for view in VIEWS}
    expected |= {f"dictionary.{name}" for name in describe_dictionary()}
    for (name,) in con.execute(_NAMES).fetchall():
        if name not in expected:
            yield f"{FILE_NAME}: {name} is no part of a release."


_TYPES = """
SELECT if(schema_name = 'main', '', schema_name || '.') || table_name, column_name, data_type,
       is_nullable
FROM duckdb_columns() WHERE database_name = 'release' ORDER BY column_index
"""


def _compare_types(con: DuckDBPyConnection) -> Iterator[str]:
    present: dict[str, list[tuple[object, ...]]] = {}
    for relation, *column in con.execute(_TYPES).fetchall():
        present.setdefault(relation, []).append(tuple(column))
    for relation, _, table in list_homes():
        if present.get(relation) != [_to_type(column) for column in table.columns]:
            yield f"{FILE_NAME}: {relation} has other columns or types than the model says."


def _to_type(column: Column) -> tuple[str, str, bool]:
    kind = column.type
    if column.codes:
        kind = f"ENUM({', '.join(quote(code) for code in column.codes.values)})"
    return column.name, kind, column.nullable


_COMMENTS = """
WITH named AS (
    SELECT 'TABLE' AS kind, schema_name, table_name AS name, '' AS part, comment
        FROM duckdb_tables() WHERE database_name = 'release'
    UNION ALL SELECT 'VIEW', schema_name, view_name, '', comment
        FROM duckdb_views() WHERE database_name = 'release'
    UNION ALL SELECT 'COLUMN', schema_name, table_name, '."' || column_name || '"', comment
        FROM duckdb_columns() WHERE database_name = 'release'
    UNION ALL SELECT 'TYPE', schema_name, type_name, '', comment
        FROM duckdb_types() WHERE database_name = 'release'
)
SELECT kind, if(schema_name = 'main', '', schema_name || '.') || name || part, comment FROM named
"""


def _compare_comments(con: DuckDBPyConnection) -> Iterator[str]:
    present = {(kind, name): text for kind, name, text in con.execute(_COMMENTS).fetchall()}
    for (kind, name), text in list_comments().items():
        if present.get((kind, name)) != text:
            yield f"{FILE_NAME}: the comment on {kind.lower()} {name} is not what the model says."


def _compare_dictionary(con: DuckDBPyConnection) -> Iterator[str]:
    for name, wanted in list_rows(con).items():
        if con.execute(f"FROM dictionary.{name}").fetchall() != wanted:
            yield f"{FILE_NAME}: dictionary.{name} is not what the models say."
