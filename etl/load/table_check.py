"""Whether the Parquet files of a release are as their models say, every row of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from pandera.errors import SchemaError, SchemaErrors

from etl.load import package, parquet
from etl.load.catalog import list_homes
from etl.load.proof import prove
from schemas import MODELS, polars_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Table
    from etl.load.proof import Result

Outcome = tuple[int, list[str]]

_ROWS_AT_ONCE = 50_000


def check_schemas(release: Path) -> Outcome:
    """Columns, types and what each file says of itself; how many files, and the faults."""
    version = package.read_edition(release).version
    failures: list[str] = []
    for _, path, table in list_homes():
        for file in parquet.find_files(release / path):
            name = file.relative_to(release).as_posix()
            if not file.exists():
                failures.append(f"{name} is missing.")
            elif pl.read_parquet_schema(file) != polars_schema(MODELS[table.name]):
                failures.append(f"{name} has other columns or types than the model says.")
            elif not _says(file, parquet.describe_file(table, version)):
                failures.append(f"{name} describes itself otherwise than the model does.")
    return len(MODELS), failures


def check_rows(release: Path) -> Outcome:
    """Every Pandera check over every row, a slice at a time."""
    examined = 0
    failures: list[str] = []
    for _, path, table in list_homes():
        rows = pl.scan_parquet(parquet.find_files(release / path), glob=False)
        height = rows.select(pl.len()).collect().item()
        examined += height
        for start in range(0, height, _ROWS_AT_ONCE):
            frame = rows.slice(start, _ROWS_AT_ONCE).collect()
            failures.extend(f"{path}: {fault}" for fault in _find_faults(frame, table))
    return examined, failures


def check_proof(con: DuckDBPyConnection, results: list[Result]) -> Outcome:
    """Rules, keys, references, spans, counts and order of the tables that `con` holds."""
    results.extend(prove(con))
    disorder = [_check_order(con, relation, table) for relation, _, table in list_homes()]
    failures = [str(result) for result in results if result.failed]
    return len(results) + len(disorder), failures + [words for words in disorder if words]


def _says(file: Path, words: dict[str, str]) -> bool:
    return words.items() <= pl.read_parquet_metadata(file).items()


def _find_faults(frame: pl.DataFrame, table: Table) -> Iterator[str]:
    try:
        MODELS[table.name].validate(frame, lazy=True)
    except SchemaErrors as error:
        faults = error.failure_cases.group_by("column", "check").agg(
            pl.len(), pl.col("failure_case").first()
        )
        for column, check, rows, case in faults.sort("column", "check").iter_rows():
            yield f"{column} breaks {check} in {rows} rows, first with {case!r}."
    except SchemaError as error:
        yield str(error).strip().partition("\n")[0]


def _check_order(con: DuckDBPyConnection, relation: str, table: Table) -> str | None:
    key = ", ".join(f'"{name}"' for name in table.primary_key)
    (disordered,) = con.execute(
        f"SELECT count(*) FROM (SELECT ({key}) AS key, lag(({key})) OVER () AS previous "
        f"FROM {relation}) WHERE previous >= key"
    ).fetchone() or (0,)
    return (
        f"{table.name}: {disordered} rows are not in the order of the key." if disordered else None
    )
