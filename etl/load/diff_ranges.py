"""Large tables cut into ranges of a column that each fit in memory.

A join of two whole tables would need memory for one of them. The Parquet files of a release are
sorted by their key, so that a range of it is read without the rest of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.load.sql import quote, quote_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

_ROWS = 400_000
_SAMPLED = 1_000


def cut_ranges(
    con: DuckDBPyConnection, relations: Sequence[str], column: str, kind: str | None
) -> Iterator[str]:
    """Conditions on `column`, of type `kind`; each row of the relations meets exactly one.

    About 400,000 rows of all relations together meet the same one, more only if they share one
    value. Without a type that all relations have, everything is one range.
    """
    bounds = _find_bounds(con, relations, quote_name(column)) if kind else []
    values = [f"CAST({quote(bound)} AS {kind})" for bound in bounds]
    name = quote_name(column)
    for low, high in zip([None, *values], [*values, None], strict=True):
        from_low = f"{name} >= {low}" if low else "true"
        to_high = f"{name} < {high}" if high else "true"
        nulls = "false" if low else f"{name} IS NULL"
        yield f"({from_low} AND {to_high} OR {nulls})"


def _find_bounds(con: DuckDBPyConnection, relations: Sequence[str], name: str) -> list[str]:
    """Values between the ranges, found in a sample that is always the same."""
    rows = sum(con.execute(f"SELECT count(*) FROM {r}").fetchall()[0][0] for r in relations)
    if rows <= _ROWS:
        return []
    sampled = " UNION ALL ".join(
        f"SELECT {name} AS value FROM {relation} WHERE hash({name}) % {_SAMPLED} = 0"
        for relation in relations
    )
    bounds = con.execute(f"""
        SELECT CAST(value AS VARCHAR) FROM (
            SELECT value, row_number() OVER (ORDER BY value) AS place FROM ({sampled}))
        WHERE place % {_ROWS // _SAMPLED} = 0 GROUP BY value ORDER BY value""")
    return [bound for (bound,) in bounds.fetchall()]
