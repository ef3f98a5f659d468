"""Two releases compared: what they say of themselves, and every row.

Only content counts: the tables and their description. The bytes of the database file, the
version of the program and the pages made from the tables do not.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import duckdb

from etl.errors import ReleaseError, StorageError, UsageError
from etl.load import remote
from etl.load.connection import connect, make_do
from etl.load.diff_edits import Edits, find_edits, is_edited
from etl.load.diff_files import stage, write_files
from etl.load.diff_rows import KINDS, compare_table, select_rows
from etl.load.diff_schema import find_schema_changes
from etl.load.snapshot import first_line, read_snapshot
from etl.load.sql import quote, quote_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.connection import Memory
    from etl.load.diff_rows import TableDifference
    from etl.load.diff_schema import SchemaChange
    from etl.load.snapshot import Snapshot

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two releases; counts are complete, rows are samples.

    `samples` is table → kind (added, removed, changed) → rows, without those of edited articles;
    a changed row is a cell: the key, `column`, `old` and `new`. `titles` names their articles.
    """

    old: str
    new: str
    schema: tuple[SchemaChange, ...]
    tables: tuple[TableDifference, ...]
    edits: Edits
    samples: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether both releases hold and say the same."""
        return not self.schema and all(table.same for table in self.tables)


def diff(
    old: str | Path, new: str | Path, *, limit: int = 5, output: Path | None = None
) -> Difference:
    """Compare two releases, folders or URLs; at most `limit` rows of each kind are in the samples.

    With `output`, a new or empty folder, everything that differs is written there as Parquet:
    `<table>_added`, `<table>_removed`, `<table>_changed`, `articles_edited`, `schema_changed`; a
    file that would be empty is not written.

    Raises:
        UsageError: one of the two is no whole release or cannot be read, or the folder for the
            differences cannot be used.
    """
    with (
        _speak_plainly(),
        remote.fetch(str(old)) as one,
        remote.fetch(str(new)) as other,
        stage(output, (one, other)) as folder,
    ):
        difference = make_do(lambda memory: _compare_within(memory, one, other, limit, folder))
        return replace(difference, old=str(old), new=str(new))


@contextmanager
def _speak_plainly() -> Iterator[None]:
    """What prevents the comparison is wrong usage: its exit code must not say that they differ."""
    try:
        yield
    except (ReleaseError, StorageError) as error:
        raise UsageError(str(error)) from error
    except (duckdb.Error, OSError) as error:
        raise UsageError(f"The releases cannot be compared: {first_line(error)}") from error


def _compare_within(
    memory: Memory, old: Path, new: Path, limit: int, output: Path | None
) -> Difference:
    with connect(memory=memory) as con:
        _shut_off(con, [path.resolve() for path in (old, new, output) if path])
        difference = _compare(con, old, new, limit)
        if output:
            write_files(con, output, difference.schema, difference.tables, difference.edits)
        return difference


def _shut_off(con: DuckDBPyConnection, folders: Iterable[Path]) -> None:
    """Nothing but these folders can be read or written; what a file names leads nowhere else."""
    allowed = ", ".join(
        n for folder in folders for n in (quote(str(folder)), quote_pattern(folder))
    )
    con.execute(f"SET preserve_insertion_order = false; SET allowed_directories = [{allowed}]")
    con.execute("SET enable_external_access = false; SET lock_configuration = true")


def _compare(con: DuckDBPyConnection, old: Path, new: Path, limit: int) -> Difference:
    before = read_snapshot(con, old, "old")
    after = read_snapshot(con, new, "new")
    for kind in KINDS:
        con.execute(f"CREATE SCHEMA {kind}")
    names = sorted(before.files.keys() | after.files.keys())
    tables = {name: compare_table(con, name, before, after) for name in names}
    edits = find_edits(con, before, after, tables, limit)
    samples = {name: _sample(con, table, limit) for name, table in tables.items() if not table.same}
    return Difference(
        old=str(old),
        new=str(new),
        schema=tuple(find_schema_changes(before, after)),
        tables=tuple(tables.values()),
        edits=edits,
        samples=samples,
        titles=_find_titles(con, samples, edits, {"old": before, "new": after}),
    )


def _sample(con: DuckDBPyConnection, table: TableDifference, limit: int) -> dict[str, list[Row]]:
    """The first rows of each kind in the order of the key."""
    return {kind: _fetch(con, table, kind, limit) for kind in KINDS if getattr(table, kind)}


def _fetch(con: DuckDBPyConnection, table: TableDifference, kind: str, limit: int) -> list[Row]:
    changed = kind == "changed"
    condition = "true" if changed else f"NOT {is_edited(con, table.table, kind)}"
    rows = con.execute(
        "SELECT to_json(row)::VARCHAR "
        f"FROM ({select_rows(table, kind, condition)} LIMIT {limit}) AS row"
    )
    return [json.loads(row, parse_constant=str) for (row,) in rows.fetchall()]


def find_article(row: Row) -> str | None:
    """The article a row belongs to.

    >>> find_article({"metric_id": "b90c594497928e87:2:15"})
    'b90c594497928e87'
    >>> find_article({"unit": "km"})
    """
    article = row.get("article_id") or str(row.get("metric_id") or "").partition(":")[0]
    return str(article) if article else None


def _find_titles(
    con: DuckDBPyConnection,
    samples: dict[str, dict[str, list[Row]]],
    edits: Edits,
    sides: dict[str, Snapshot],
) -> dict[str, str]:
    rows = (row for kinds in samples.values() for rows in kinds.values() for row in rows)
    articles = [article for row in rows if (article := find_article(row))]
    articles += [edit.new_id for edit in edits.sample]
    titles: dict[str, str] = {}
    for side, snapshot in sides.items():
        if {"article_id", "title"} <= snapshot.columns.get("articles", {}).keys():
            found = con.execute(
                f"SELECT article_id, title FROM {side}.articles "
                "WHERE article_id IN (SELECT unnest(?)) AND title IS NOT NULL",
                [articles],
            )
            titles |= dict(found.fetchall())
    return titles
