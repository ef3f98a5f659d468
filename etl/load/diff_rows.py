"""The rows that two releases do not share, as tables of their own.

The tables `old.<table>` and `new.<table>` are compared by their primary key. What differs is
left in `added.<table>` and `removed.<table>`, whole rows, and in `changed.<table>`, a row for
each cell: the key, `column`, and its text in `old` and `new`. DuckDB spills what outgrows memory.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.load import checksums
from etl.load.diff_cells import Columns, list_names, select_cells
from etl.load.diff_ranges import cut_ranges
from etl.load.sql import quote_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.snapshot import Snapshot

KINDS = ("added", "removed", "changed")
SIDES = ("old", "new")


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How many rows of one table differ; the number of rows is None where the table is missing.

    `key` is what rows were matched by; without one they are compared whole, and none is changed.
    """

    table: str
    key: tuple[str, ...]
    old_rows: int | None
    new_rows: int | None
    added: int = 0
    removed: int = 0
    changed: int = 0

    @property
    def same(self) -> bool:
        """Whether all rows are in both releases."""
        return not (self.added or self.removed or self.changed)


def compare_table(
    con: DuckDBPyConnection, table: str, old: Snapshot, new: Snapshot
) -> TableDifference:
    """Find the rows of one table that differ and leave them in `con`.

    Without any primary key that both releases keep, rows are compared whole.
    """
    name = quote_name(table)
    before = _count(con, f"old.{name}") if table in old.files else None
    after = _count(con, f"new.{name}") if table in new.files else None
    if None not in (before, after) and _are_same_files(old.files[table], new.files[table]):
        return TableDifference(table, new.keys[table], before, after)
    columns = _pair_columns(con, table, old, new)
    key = _find_key(con, table, columns, (new.keys.get(table), old.keys.get(table)))
    if key:
        _match_rows(con, table, key, columns)
    else:
        _match_whole_rows(con, table, columns)
    added, removed = (_count(con, f"{kind}.{name}") for kind in ("added", "removed"))
    changed = _count(con, f"(SELECT DISTINCT {list_names(key)} FROM changed.{name})") if key else 0
    return TableDifference(table, key, before, after, added, removed, changed)


def select_rows(difference: TableDifference, kind: str, condition: str = "true") -> str:
    """A query for the rows of one kind, always in the same order."""
    key = difference.key + (("column",) if kind == "changed" else ())
    order = list_names(key) or "ALL"
    return f"FROM {kind}.{quote_name(difference.table)} WHERE {condition} ORDER BY {order}"


def _count(con: DuckDBPyConnection, relation: str) -> int:
    (rows,) = con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,)
    return int(rows)


def _are_same_files(ones: Sequence[Path], others: Sequence[Path]) -> bool:
    """The same bytes hold the same rows: nothing has to be compared."""
    return len(ones) == len(others) and all(map(_is_same_file, ones, others))


def _is_same_file(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and (
        one.samefile(other) or checksums.digest_file(one) == checksums.digest_file(other)
    )


def _pair_columns(con: DuckDBPyConnection, table: str, old: Snapshot, new: Snapshot) -> Columns:
    """The columns of both sides; a table that only one release has is empty in the other."""
    name = quote_name(table)
    for here, there, snapshot in (("old", "new", old), ("new", "old", new)):
        if table not in snapshot.files:
            con.execute(f"CREATE TABLE {here}.{name} AS FROM {there}.{name} LIMIT 0")
    one, other = old.columns.get(table), new.columns.get(table)
    return Columns(one or other or {}, other or one or {})


def _find_key(
    con: DuckDBPyConnection,
    table: str,
    columns: Columns,
    keys: Sequence[tuple[str, ...] | None],
) -> tuple[str, ...]:
    """The first key that tells rows apart on both sides, if there is any."""
    for key in keys:
        if key and set(key) <= set(columns.shared) and _is_unique(con, table, key, columns):
            return key
    return ()


def _is_unique(con: DuckDBPyConnection, table: str, key: Sequence[str], columns: Columns) -> bool:
    nulls = " OR ".join(f"{quote_name(column)} IS NULL" for column in key)
    for side, rows in itertools.product(SIDES, _cut(con, table, key, columns)):
        repeated = con.execute(
            f"SELECT 1 FROM {side}.{quote_name(table)} WHERE {rows} "
            f"GROUP BY {list_names(key)} HAVING count(*) > 1 OR {nulls} LIMIT 1"
        )
        if repeated.fetchall():
            return False
    return True


def _cut(
    con: DuckDBPyConnection, table: str, key: Sequence[str], columns: Columns
) -> Iterator[str]:
    relations = [f"{side}.{quote_name(table)}" for side in SIDES]
    return cut_ranges(con, relations, key[0], columns.find_type(key[0]))


def _match_rows(con: DuckDBPyConnection, table: str, key: Sequence[str], columns: Columns) -> None:
    name = quote_name(table)
    match = columns.match(key)
    queries = {
        "added": f"SELECT n.* FROM n ANTI JOIN o ON {match}",
        "removed": f"SELECT o.* FROM o ANTI JOIN n ON {match}",
        "changed": select_cells("o", "n", key, columns),
    }
    for number, rows in enumerate(_cut(con, table, key, columns)):
        con.execute(f"CREATE OR REPLACE TABLE o AS FROM old.{name} WHERE {rows}")
        con.execute(f"CREATE OR REPLACE TABLE n AS FROM new.{name} WHERE {rows}")
        for kind, query in queries.items():
            into = "INSERT INTO {}" if number else "CREATE TABLE {} AS"
            con.execute(f"{into.format(f'{kind}.{name}')} {query}")
    con.execute("DROP TABLE o; DROP TABLE n")


def _match_whole_rows(con: DuckDBPyConnection, table: str, columns: Columns) -> None:
    """A row is all that it holds in shared columns, as often as it stands there."""
    name = quote_name(table)
    for kind, side, other in (("added", "new", "old"), ("removed", "old", "new")):
        rows = f"SELECT {columns.select()} FROM {side}.{name}"
        if columns.shared:
            rows += f" EXCEPT ALL SELECT {columns.select()} FROM {other}.{name}"
        con.execute(f"CREATE TABLE {kind}.{name} AS {rows}")
