"""One Parquet file per table: typed, sorted, self-describing, the same bytes every time.

A table of very many rows is a folder of files instead, each with the next rows in the order of the
key: `metrics/part-00000.parquet` and so on in place of `metrics.parquet`.
"""

from __future__ import annotations

import json
import re
from importlib import metadata
from typing import TYPE_CHECKING

import polars as pl
import polars.selectors as cs

if TYPE_CHECKING:
    from pathlib import Path

    from etl.load.catalog import Table

ROWS_PER_FILE = 5_000_000
"""A table of more rows becomes several files."""

FILE = re.compile(r"(?P<home>parquet|quality)/(?P<table>\w+)(/part-\d{5,})?\.parquet")
"""The name of a table's file in a release."""

_ROWS_PER_GROUP = 20_000
_BYTES_PER_GROUP = 100_000_000
"""A group is held in memory as a whole, by who writes and often by who reads: of long texts it has
fewer rows."""


def write_table(
    rows: pl.LazyFrame, path: Path, table: Table, rows_per_file: int = ROWS_PER_FILE
) -> None:
    """Stream rows that are already in order to `path`, with the types and words of the table.

    If they are more than `rows_per_file`, they go to files in a folder of that name.
    """
    height = rows.select(pl.len()).collect().item()
    if height <= rows_per_file:
        _write_file(rows, path, table)
        return
    folder = path.with_suffix("")
    folder.mkdir()
    for number, start in enumerate(range(0, height, rows_per_file)):
        part = folder / f"part-{number:05d}.parquet"
        _write_file(rows.slice(start, rows_per_file), part, table)


def find_files(path: Path) -> list[Path]:
    """The files of the table that is published as `path`, in the order of its rows."""
    return sorted(path.with_suffix("").glob("part-*.parquet")) or [path]


def _write_file(rows: pl.LazyFrame, path: Path, table: Table) -> None:
    typed = rows.select(pl.col(column.name).cast(column.dtype) for column in table.columns)
    typed.sink_parquet(
        path,
        compression="zstd",
        compression_level=3,
        row_group_size=_count_rows_per_group(rows),
        maintain_order=True,
        metadata=describe_file(table, read_version()),
    )


def _count_rows_per_group(rows: pl.LazyFrame) -> int:
    texts = cs.string().str.len_bytes().mean().fill_null(0)
    width = rows.select(pl.sum_horizontal(texts)).collect(engine="streaming").item()
    return max(1, min(_ROWS_PER_GROUP, int(_BYTES_PER_GROUP / max(width, 1))))


def describe_file(table: Table, version: str) -> dict[str, str]:
    """The file's own metadata: who opens it alone still learns what it holds."""
    columns = {
        column.name: {"title": column.title, "zh": column.zh, "en": column.en}
        | ({"unit": column.unit} if column.unit else {})
        for column in table.columns
    }
    return {
        "table": table.name,
        "title": table.title,
        "description_zh": table.zh,
        "description_en": table.en,
        "primary_key": json.dumps(table.primary_key),
        "columns": json.dumps(columns, ensure_ascii=False),
        "version": version,
    }


def read_version() -> str:
    """The version of this package; empty where it runs from a folder without being installed."""
    try:
        return metadata.version("jingjinji-etl")
    except metadata.PackageNotFoundError:
        return ""
