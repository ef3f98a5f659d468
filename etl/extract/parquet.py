"""Parquet tables with one article a row; the only part of reading that needs Polars."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from etl.extract.rejects import refuse
from etl.extract.rows import to_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.extract.rows import Columns, Item

_ROWS = 500


def read_parquet(path: str, stream: BinaryIO, columns: Columns) -> Iterator[Item]:
    """The articles of a Parquet file, a few hundred rows in memory at a time."""
    import polars as pl  # noqa: PLC0415  half a second that only Parquet is worth

    number = 0
    try:
        for batch in pl.scan_parquet(stream).collect_batches(chunk_size=_ROWS, maintain_order=True):
            for row in batch.iter_rows(named=True):
                number += 1
                yield to_source(f"{path}#{number}", row, columns)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        yield refuse(f"{path}#{number + 1}", "damaged", str(error).partition("\n")[0])
