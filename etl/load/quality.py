"""What was checked and what could not be read, counted: `quality/` as Parquet, JSON and a page.

checks    every rule with the rows it applied to and the rows that broke it
counts    documents, findings and skips by code
samples   a few of each, to see what a code means
columns   how many values are missing, the least and the greatest
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from etl.load.catalog import describe_tables
from etl.load.markdown import code, escape, to_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Table
    from etl.load.proof import Result

FILE_NAMES = (
    "checks.parquet",
    "counts.parquet",
    "samples.parquet",
    "columns.parquet",
    "quality.json",
    "README.md",
)

_RESULT = {
    "kind": pl.String,
    "table_name": pl.String,
    "check_name": pl.String,
    "description_zh": pl.String,
    "description_en": pl.String,
    "rows_examined": pl.Int64,
    "rows_failed": pl.Int64,
}
_COUNT = {"topic": pl.String, "code": pl.String, "row_count": pl.Int64}
_SAMPLE = {
    "topic": pl.String,
    "code": pl.String,
    "position": pl.Int64,
    "source_path": pl.String,
    "sample": pl.String,
}
_COLUMN = {
    "table_name": pl.String,
    "column_name": pl.String,
    "row_count": pl.Int64,
    "null_count": pl.Int64,
    "null_share": pl.Float64,
    "minimum": pl.String,
    "maximum": pl.String,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a release holds, in figures; every dict in a fixed order."""

    rows: dict[str, int]
    statuses: dict[str, int]
    findings: dict[str, int]
    skipped: dict[str, int]
    first_day: str | None
    last_day: str | None


def find_facts(con: DuckDBPyConnection) -> Facts:
    """The figures of the tables that `con` holds."""
    rows = {name: _scalar(con, f"SELECT count(*) FROM {name}") for name in describe_tables()}
    days = con.execute(
        "SELECT min(published_on)::VARCHAR, max(published_on)::VARCHAR FROM articles"
    )
    first_day, last_day = days.fetchone() or (None, None)
    return Facts(
        rows=rows,
        statuses=_count_by(con, "status", "sources"),
        findings=_count_by(con, "code", "findings"),
        skipped=_count_by(con, "reason", "quality.skipped"),
        first_day=first_day,
        last_day=last_day,
    )


def write_quality(con: DuckDBPyConnection, folder: Path, results: Sequence[Result]) -> Facts:
    """Write `quality/` of the release in `folder` and return its figures."""
    frames = count_quality(con, results)
    for name, frame in frames.items():
        frame.write_parquet(folder / "quality" / f"{name}.parquet", compression_level=3)
    for name, text in render_quality(frames).items():
        (folder / "quality" / name).write_text(text, "utf-8", newline="\n")
    return find_facts(con)


def count_quality(con: DuckDBPyConnection, results: Sequence[Result]) -> dict[str, pl.DataFrame]:
    """The tables of `quality/` for the rows that `con` holds, by name."""
    return {
        "checks": pl.DataFrame([_to_row(r) for r in results], schema=_RESULT, orient="row"),
        "counts": pl.DataFrame(con.execute(_COUNTS).fetchall(), schema=_COUNT, orient="row"),
        "samples": pl.DataFrame(con.execute(_SAMPLES).fetchall(), schema=_SAMPLE, orient="row"),
        "columns": pl.DataFrame(list(_profile(con)), schema=_COLUMN, orient="row"),
    }


def render_quality(frames: dict[str, pl.DataFrame]) -> dict[str, str]:
    """The same tables as JSON and as a page, by file name."""
    rows = {name: frame.to_dicts() for name, frame in frames.items()}
    return {
        "quality.json": json.dumps(rows, ensure_ascii=False, indent=1) + "\n",
        "README.md": _render_page(rows),
    }


def _scalar(con: DuckDBPyConnection, query: str) -> int:
    (value,) = con.execute(query).fetchone() or (0,)
    return int(value)


def _count_by(con: DuckDBPyConnection, column: str, relation: str) -> dict[str, int]:
    query = f"SELECT {column}::VARCHAR, count(*) FROM {relation} GROUP BY 1 ORDER BY 2 DESC, 1"
    return {code: int(number) for code, number in con.execute(query).fetchall()}


def _to_row(result: Result) -> tuple[Any, ...]:
    *row, _samples = (getattr(result, name) for name in result.__slots__)
    return tuple(row)


_COUNTS = """
SELECT 'document' AS topic, coalesce(status || '.' || reason, status::VARCHAR) AS code, count(*)
    FROM sources GROUP BY ALL
UNION ALL SELECT 'finding', code, count(*) FROM findings GROUP BY ALL
UNION ALL SELECT 'skip', reason, count(*) FROM quality.skipped GROUP BY ALL
ORDER BY ALL
"""

_SAMPLES = """
SELECT * FROM (
    SELECT 'document' AS topic, status || '.' || reason AS code,
           row_number() OVER (PARTITION BY status, reason ORDER BY source_path) AS position,
           source_path, coalesce(detail, '') AS sample
        FROM sources WHERE reason IS NOT NULL
    UNION ALL
    SELECT 'finding', code,
           row_number() OVER (PARTITION BY code ORDER BY md5(source_path), source_path, position),
           source_path, detail
        FROM findings
    UNION ALL
    SELECT 'skip', reason,
           row_number() OVER (PARTITION BY reason
               ORDER BY md5(concat_ws(':', s.article_id, paragraph_index, start_char, end_char))),
           a.source_path,
           p.text[greatest(start_char - 11, 1) : start_char] || '【' || surface || '】'
               || p.text[end_char + 1 : end_char + 12]
        FROM quality.skipped AS s JOIN articles AS a USING (article_id)
        JOIN paragraphs AS p USING (article_id, paragraph_index)
) WHERE position <= 5 ORDER BY topic, code, position
"""


def _profile(con: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    for name, table in describe_tables().items():
        measured = [_measure(column.name, column.dtype) for column in table.columns]
        query = f"SELECT count(*), {', '.join(measured)} FROM {name}"
        total, *values = con.execute(query).fetchone() or (0,)
        yield from _column_rows(table, total, values)


def _measure(column: str, dtype: pl.DataType) -> str:
    """Values present, least, greatest; the latter only where order means something."""
    is_ordered = dtype.is_numeric() or dtype.is_temporal()
    ends = (f'{end}("{column}")::VARCHAR' if is_ordered else "NULL" for end in ("min", "max"))
    return ", ".join((f'count("{column}")', *ends))


def _column_rows(table: Table, total: int, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for number, column in enumerate(table.columns):
        present, low, high = values[3 * number : 3 * number + 3]
        share = round(1 - present / total, 4) if total else None
        yield table.name, column.name, total, total - present, share, low, high


_PAGE = """# Quality 质量

{checks} checks, {failed} failed, {idle} had no row to examine. The same tables as Parquet and
JSON stand beside this page; `skipped.parquet` holds everything that looked like a quantity and
was left out.

## Documents, findings and skips 文件、发现与略去的数字

{counts}

## Checks 规则

{rules}

## Missing values 缺失值

{nulls}
"""


def _render_page(rows: dict[str, list[dict[str, Any]]]) -> str:
    checks = rows["checks"]
    return _PAGE.format(
        checks=len(checks),
        failed=sum(row["rows_failed"] > 0 for row in checks),
        idle=sum(row["rows_examined"] == 0 for row in checks),
        counts=to_table(
            ("Topic", "Code", "Rows", "Samples"), (_count_cells(rows, r) for r in rows["counts"])
        ),
        rules=to_table(
            ("Table", "Check", "Kind", "Examined", "Failed", "Meaning"), map(_check_cells, checks)
        ),
        nulls=to_table(
            ("Table", "Column", "Rows", "Null", "Share"),
            (list(row.values())[:5] for row in rows["columns"] if row["null_count"]),
        ),
    )


def _count_cells(rows: dict[str, list[dict[str, Any]]], count: dict[str, Any]) -> Iterable[object]:
    return count["topic"], code(count["code"]), count["row_count"], _join_samples(rows, count)


def _join_samples(rows: dict[str, list[dict[str, Any]]], count: dict[str, Any]) -> str:
    return " · ".join(
        escape(row["sample"] or row["source_path"])
        for row in rows["samples"]
        if (row["topic"], row["code"]) == (count["topic"], count["code"])
    )


def _check_cells(row: dict[str, Any]) -> Iterable[object]:
    words = f"{row['description_zh']} {row['description_en']}"
    name = code(row["check_name"])
    kind = row["kind"].replace("_", " ")
    return row["table_name"], name, kind, row["rows_examined"], row["rows_failed"], words
