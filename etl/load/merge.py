"""The parts of all batches as one sorted table each, in bounded memory.

DuckDB sorts and spills to disk where it must; Polars gives the result its types. What no
single batch can know is decided here: which of several sources with the same bytes stays, and which
article of the same text came first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.load import parquet
from etl.load.catalog import list_proven
from etl.load.connection import limit
from etl.load.sql import quote, quote_files

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Home, Table
    from etl.load.connection import Memory


def write_tables(
    con: DuckDBPyConnection, parts: Path, folder: Path, rows_per_file: int, memory: Memory
) -> None:
    """Merge `parts/<table>/*.parquet` into `folder/parquet` and `folder/quality`.

    `parts/gone/*.parquet` lists rows that are left out: part, source_path, article_id.
    """
    _read_gone(con, parts)
    for _, path, table in list_proven():
        (folder / path).parent.mkdir(exist_ok=True)
        _create_view(con, parts, table)
    con.execute(_REPEATS)
    for _, path, table in sorted(list_proven(), key=_holds_texts):
        _write_table(con, folder / path, table, rows_per_file, memory)


def _read_gone(con: DuckDBPyConnection, parts: Path) -> None:
    """What a part holds of documents that are no longer there: those rows are not read."""
    files = sorted((parts / "gone").glob("*.parquet"))
    rows = (
        f"FROM read_parquet({quote_files(files)})"
        if files
        else "SELECT '' AS part, '' AS source_path, '' AS article_id WHERE false"
    )
    con.execute(f"CREATE TEMP TABLE gone AS {rows}")


def _leave_gone(table: Table) -> str:
    names = {column.name for column in table.columns}
    if "source_path" in names:
        key = "g.source_path = r.source_path"
    elif "article_id" in names:
        key = "g.article_id = r.article_id"
    elif "metric_id" in names:
        key = "g.article_id = split_part(r.metric_id, ':', 1)"
    else:
        return ""
    return f"ANTI JOIN gone AS g ON g.part = r.part AND {key}"


def _create_view(con: DuckDBPyConnection, parts: Path, table: Table) -> None:
    """The rows of one table over all parts; a table that no part holds is empty."""
    files = sorted((parts / table.name).glob("*.parquet"))
    if files:
        rows = (
            "SELECT * EXCLUDE filename, parse_filename(filename) AS part "
            f"FROM read_parquet({quote_files(files)}, filename = true)"
        )
    else:
        types = ((c.name, "VARCHAR" if c.codes else c.type) for c in table.columns)
        empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in types)
        rows = f"SELECT {empty}, '' AS part WHERE false"
    con.execute(
        f"CREATE TEMP VIEW part_{table.name} AS SELECT * FROM ({rows}) AS r {_leave_gone(table)}"
    )


# The first path of each content stays published; the others become duplicates, and the rows
# of their parts go. Parts are named alike in every folder.
_REPEATS = """
CREATE TEMP TABLE first_source AS
    SELECT article_id, min(source_path) AS source_path, arg_min(part, source_path) AS part
    FROM part_sources WHERE status = 'published' GROUP BY article_id;
CREATE TEMP TABLE repeat_source AS
    SELECT article_id, s.source_path, s.part
    FROM part_sources s JOIN first_source f USING (article_id)
    WHERE s.status = 'published' AND s.source_path <> f.source_path;
CREATE TEMP TABLE repeat_part AS
    SELECT DISTINCT article_id, r.part
    FROM repeat_source r JOIN first_source f USING (article_id) WHERE r.part <> f.part;
"""

_KEPT = {
    "sources": """
        SELECT s.* REPLACE (
            CASE WHEN r.source_path IS NULL THEN s.status ELSE 'duplicate' END AS status,
            CASE WHEN r.source_path IS NULL THEN s.reason ELSE 'same_bytes' END AS reason)
        FROM part_sources s LEFT JOIN repeat_source r USING (source_path)""",
    "articles": """
        SELECT a.* REPLACE (CASE WHEN first.article_id <> a.article_id AND a.char_count > 0
            THEN first.article_id END AS duplicate_of)
        FROM part_articles a SEMI JOIN first_source USING (source_path)
        JOIN (SELECT a.text_digest,
                  arg_min(a.article_id, (coalesce(a.published_on, DATE 'infinity'), a.source_path))
                      AS article_id
              FROM part_articles a SEMI JOIN first_source USING (source_path)
              GROUP BY a.text_digest) AS first USING (text_digest)""",
    "findings": "SELECT * FROM part_findings ANTI JOIN repeat_source USING (source_path)",
}
_OF_ARTICLE = "SELECT * FROM part_{name} ANTI JOIN repeat_part USING (article_id, part)"
_OF_METRIC = """
    SELECT * FROM part_{name} m
    ANTI JOIN repeat_part r ON r.article_id = split_part(m.metric_id, ':', 1) AND r.part = m.part"""
_WHOLE = "SELECT DISTINCT * EXCLUDE part FROM part_{name}"


def _select_kept(table: Table) -> str:
    names = {column.name for column in table.columns}
    if table.name in _KEPT:
        return _KEPT[table.name]
    if "article_id" in names:
        return _OF_ARTICLE.format(name=table.name)
    return (_OF_METRIC if "metric_id" in names else _WHOLE).format(name=table.name)


def _holds_texts(home: Home) -> bool:
    """Last comes what is largest: Polars is slow to give back what it held."""
    return home[2].name == "paragraphs"


def _write_table(
    con: DuckDBPyConnection, home: Path, table: Table, rows_per_file: int, memory: Memory
) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    order = ", ".join(f'"{name}"' for name in table.primary_key)
    ordered = home.with_suffix(".sorted")
    with limit(con, memory.sorting, memory.most):  # several threads would hold too much to write
        con.execute(
            f"COPY (SELECT {columns} FROM ({_select_kept(table)}) ORDER BY {order}) "
            f"TO {quote(str(ordered))} (FORMAT parquet, ROW_GROUP_SIZE {memory.rows})"
        )
    with limit(con, memory.aside, memory.most):
        parquet.write_table(pl.scan_parquet(ordered, glob=False), home, table, rows_per_file)
    ordered.unlink()
