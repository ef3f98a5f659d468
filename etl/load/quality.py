"""What was checked and what could not be read, counted: `quality/` as Parquet, JSON and a page.

checks      every rule with the rows it applied to and the rows that broke it
counts      documents, findings and skips by code
samples     a few of each, to see what a code means
ranges      the least and the greatest value in each unit
statistics  how many values are missing in a column, the least and the greatest
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from etl.load.catalog import describe_tables, list_proven, list_report
from etl.load.parquet import write_table
from etl.load.quality_html import render_html
from schemas import REPORT, polars_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Table
    from etl.load.proof import Result

FILE_NAMES = ("quality.json", "index.html")

_MOST_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What a release holds, in figures; every dict in a fixed order."""

    rows: dict[str, int]
    statuses: dict[str, int]
    rejections: dict[str, int]
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
        rejections=_count_by(con, "reason", "sources WHERE status = 'rejected'"),
        findings=_count_by(con, "code", "findings"),
        skipped=_count_by(con, "reason", "quality.skipped"),
        first_day=first_day,
        last_day=last_day,
    )


def write_quality(con: DuckDBPyConnection, folder: Path, results: Sequence[Result]) -> Facts:
    """Write `quality/` of the release in `folder` and return its figures."""
    frames = count_quality(con, results)
    for _, path, table in list_report():
        REPORT[table.name].validate(frames[table.name], lazy=True)
        write_table(frames[table.name].lazy(), folder / path, table)
    for name, text in render_quality(frames).items():
        (folder / "quality" / name).write_text(text, "utf-8", newline="\n")
    return find_facts(con)


def count_quality(con: DuckDBPyConnection, results: Sequence[Result]) -> dict[str, pl.DataFrame]:
    """The tables of the report on the rows that `con` holds, by name."""
    return {
        "checks": list_checks(con, results),
        "counts": _to_frame("counts", con.execute(_COUNTS).fetchall()),
        "ranges": _to_frame("ranges", con.execute(_RANGES).fetchall()),
        "samples": _to_frame("samples", con.execute(_SAMPLES).fetchall()),
        "statistics": _to_frame("statistics", _profile(con)),
    }


def list_checks(con: DuckDBPyConnection, results: Sequence[Result]) -> pl.DataFrame:
    """Every check with its rows; with a reason where it examined none."""
    heights = {
        table.name: _scalar(con, f"SELECT count(*) FROM {relation}")
        for relation, _, table in list_proven()
    }
    rows = (
        (r.table, r.kind, r.name, r.zh, r.en, r.examined, r.failed, _explain(r, heights[r.table]))
        for r in results
    )
    return _to_frame("checks", rows)


def _explain(result: Result, height: int) -> str | None:
    """Why a check found no row to examine; a reference or a rule of one column wants a value."""
    if result.examined:
        return None
    if not height:
        return "empty_table"
    return "no_value" if result.kind == "reference" or "." in result.name else "no_such_row"


def render_quality(frames: dict[str, pl.DataFrame]) -> dict[str, str]:
    """The same tables as JSON and as a page, by file name."""
    rows = {name: frame.to_dicts() for name, frame in frames.items()}
    return {
        "quality.json": json.dumps(rows, ensure_ascii=False, indent=1) + "\n",
        "index.html": render_html(rows),
    }


def _scalar(con: DuckDBPyConnection, query: str) -> int:
    (value,) = con.execute(query).fetchone() or (0,)
    return int(value)


def _count_by(con: DuckDBPyConnection, column: str, relation: str) -> dict[str, int]:
    query = f"SELECT {column}::VARCHAR, count(*) FROM {relation} GROUP BY 1 ORDER BY 2 DESC, 1"
    return {code: int(number) for code, number in con.execute(query).fetchall()}


def _to_frame(name: str, rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    """Rows in the types of their model and the order of their key."""
    model = REPORT[name]
    frame = pl.DataFrame(list(rows), schema=polars_schema(model), orient="row")
    return frame.sort(pl.col(model.to_schema().unique).cast(pl.String))


_COUNTS = """
SELECT 'document' AS topic, coalesce(status || '.' || reason, status::VARCHAR) AS code, count(*)
    FROM sources GROUP BY ALL
UNION ALL SELECT 'finding', code, count(*) FROM findings GROUP BY ALL
UNION ALL SELECT 'skip', reason, count(*) FROM quality.skipped GROUP BY ALL
ORDER BY ALL
"""

_RANGES = """
SELECT unit, measure, count(*), min(coalesce(value, value_low)), max(coalesce(value, value_high))
FROM metrics GROUP BY unit, measure
"""

# What is left out is chosen before its words are looked up, for the texts are long.
_SAMPLES = f"""
WITH chosen AS (
    SELECT *, row_number() OVER (PARTITION BY reason
        ORDER BY md5(concat_ws(':', article_id, paragraph_index, start_char, end_char))) AS position
    FROM quality.skipped QUALIFY position <= {_MOST_SAMPLES}
)
SELECT 'document' AS topic, status || '.' || reason AS code,
       row_number() OVER (PARTITION BY status, reason ORDER BY source_path) AS position,
       source_path, detail AS sample
    FROM sources WHERE reason IS NOT NULL QUALIFY position <= {_MOST_SAMPLES}
UNION ALL
SELECT 'finding', code,
       row_number() OVER (
           PARTITION BY code ORDER BY md5(source_path), source_path, findings.position) AS place,
       source_path, detail
    FROM findings QUALIFY place <= {_MOST_SAMPLES}
UNION ALL
SELECT 'skip', reason, position, a.source_path,
       p.text[greatest(start_char - 11, 1) : start_char] || '【' || surface || '】'
           || p.text[end_char + 1 : end_char + 12]
    FROM chosen JOIN articles AS a USING (article_id)
    JOIN paragraphs AS p USING (article_id, paragraph_index)
"""


def _profile(con: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    for relation, _, table in list_proven():
        measured = [_measure(column.name, column.dtype) for column in table.columns]
        query = f"SELECT count(*), {', '.join(measured)} FROM {relation}"
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
