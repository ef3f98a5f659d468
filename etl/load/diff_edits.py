"""Articles that were edited: the same source path with other bytes, so another article_id.

By its key an edited article is one removed and one added, and so are all its paragraphs and
metrics. Here the two are matched by their path, and compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.load.diff_cells import Columns, select_cells
from etl.load.diff_ranges import cut_ranges
from etl.load.sql import quote, quote_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duckdb import DuckDBPyConnection

    from etl.load.diff_rows import TableDifference
    from etl.load.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an edited article; for `paragraphs.text` a text that is gone, or a new one."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited article and what differs in it."""

    source_path: str
    old_id: str
    new_id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """How many articles were edited, some of them, and which rows are removed and added with them.

    `rows` is table → (removed, added).
    """

    count: int = 0
    sample: tuple[Edit, ...] = ()
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)


# What an article is made of, line by line: a line that only moved has not changed.
_LINES = {"paragraphs": "text", "metrics": "surface"}


def find_edits(
    con: DuckDBPyConnection,
    old: Snapshot,
    new: Snapshot,
    differences: Mapping[str, TableDifference],
    limit: int,
) -> Edits:
    """Match removed articles with added ones.

    The pairs are left in `edited` of `con` (source_path, old_id, new_id), what differs in
    `edited_cells` (source_path, column, old, new).
    """
    con.execute("CREATE TABLE edited (source_path VARCHAR, old_id VARCHAR, new_id VARCHAR)")
    articles = differences.get("articles")
    columns = Columns(old.columns.get("articles", {}), new.columns.get("articles", {}))
    if not articles or articles.key != ("article_id",) or "source_path" not in columns.shared:
        return Edits()
    if not (articles.removed and articles.added):
        return Edits()
    con.execute(_EDITED)
    _compare_articles(con, columns)
    for table, column in _LINES.items():
        needed = {"article_id", column}
        has_lines = all(needed <= side.columns.get(table, {}).keys() for side in (old, new))
        if has_lines and not differences[table].same:
            _compare_lines(con, table, column)
    (count,) = con.execute("SELECT count(*) FROM edited").fetchone() or (0,)
    rows = {name: _count_rows(con, table) for name, table in differences.items() if not table.same}
    return Edits(int(count), tuple(_sample(con, limit)), rows)


def is_edited(con: DuckDBPyConnection, table: str, kind: str) -> str:
    """The condition that a removed or added row belongs to an edited article."""
    columns = [name for name, *_ in con.execute(f"DESCRIBE {kind}.{quote_name(table)}").fetchall()]
    article = next((sql for name, sql in _ARTICLE_OF.items() if name in columns), "NULL")
    edited = {"removed": "old_id", "added": "new_id"}[kind]
    return f"coalesce({article} IN (SELECT {edited} FROM edited), false)"


_ARTICLE_OF = {"article_id": "article_id", "metric_id": "split_part(metric_id, ':', 1)"}


_EDITED = """
INSERT INTO edited
    SELECT source_path, o.article_id AS old_id, n.article_id AS new_id
    FROM removed.articles o JOIN added.articles n USING (source_path);
CREATE TABLE edited_cells (source_path VARCHAR, "column" VARCHAR, old VARCHAR, "new" VARCHAR)"""


def _compare_articles(con: DuckDBPyConnection, columns: Columns) -> None:
    sides = "removed.articles", "added.articles"
    kind = columns.find_type("source_path")
    for rows in cut_ranges(con, sides, "source_path", kind):
        old, new = (f"(FROM {side} WHERE {rows})" for side in sides)
        cells = select_cells(old, new, ("source_path",), columns)
        con.execute(f"INSERT INTO edited_cells {cells}")


def _compare_lines(con: DuckDBPyConnection, table: str, column: str) -> None:
    """A line is gone if it stands in the article less often than before, new if more often."""
    con.execute(f"""
        INSERT INTO edited_cells
            SELECT source_path, {quote(f"{table}.{column}")},
                CASE WHEN sum(side) < 0 THEN line END, CASE WHEN sum(side) > 0 THEN line END
            FROM (
                SELECT source_path, {column} AS line, -1 AS side
                FROM removed.{table} JOIN edited ON article_id = old_id
                UNION ALL
                SELECT source_path, {column}, 1
                FROM added.{table} JOIN edited ON article_id = new_id)
            GROUP BY source_path, line HAVING sum(side) <> 0""")


def _count_rows(con: DuckDBPyConnection, difference: TableDifference) -> tuple[int, int]:
    """The rows of a table that are removed and added with the edited articles."""
    table = difference.table
    removed, added = (
        con.execute(
            f"SELECT count(*) FROM {kind}.{quote_name(table)} WHERE {is_edited(con, table, kind)}"
        ).fetchone()
        or (0,)
        for kind in ("removed", "added")
    )
    return int(removed[0]), int(added[0])


def _sample(con: DuckDBPyConnection, limit: int) -> Iterator[Edit]:
    """A few edited articles, with a few of the texts that are gone and of the new ones."""
    edits = con.execute("FROM edited ORDER BY ALL LIMIT ?", [limit]).fetchall()
    for source_path, old_id, new_id in edits:
        cells = con.execute(_CELLS, [source_path, limit]).fetchall()
        yield Edit(source_path, old_id, new_id, tuple(Cell(*cell) for cell in cells))


_CELLS = """
SELECT "column", old, new FROM edited_cells WHERE source_path = ?
QUALIFY row_number() OVER (PARTITION BY "column", old IS NULL ORDER BY old, new) <= ?
ORDER BY "column" <> 'article_id', "column", old, new"""
