"""One Parquet file per table: typed, sorted, self-describing, the same bytes every time."""

from __future__ import annotations

import json
from importlib import metadata
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

    from etl.load.catalog import Table

_ROWS_PER_GROUP = 100_000


def write_table(rows: pl.LazyFrame, path: Path, table: Table) -> None:
    """Stream rows that are already in order to `path`, with the types and words of the table."""
    typed = rows.select(pl.col(column.name).cast(column.dtype) for column in table.columns)
    typed.sink_parquet(
        path,
        compression="zstd",
        compression_level=3,
        row_group_size=_ROWS_PER_GROUP,
        maintain_order=True,
        metadata=describe_file(table, read_version()),
    )


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
