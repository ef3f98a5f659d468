"""Rows as the tables of `schemas`, each validated before anyone sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from pandera.errors import SchemaErrors

from etl.errors import ValidationError
from etl.transform.rows import (
    ARTICLE_ROWS,
    member_rows,
    region_rows,
    source_rows,
    unit_rows,
)
from schemas import QUALITY, TABLES, polars_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from etl.records import Article, Reject
    from etl.transform.rows import Row

_MODELS = TABLES | QUALITY


def to_frames(articles: Sequence[Article], rejects: Sequence[Reject]) -> dict[str, pl.DataFrame]:
    """The rows of one batch by table, and `skipped`: what looked like a quantity and was left out.

    A second document with the same bytes is only a row of `sources`, with status duplicate.

    Raises:
        ValidationError: a row breaks a rule of its schema.
    """
    kept, repeats = _part_repeats(articles)
    return {"sources": _to_frame("sources", source_rows(kept, repeats, rejects))} | {
        table: _to_frame(table, (row for article in kept for row in rows_of(article)))
        for table, rows_of in ARTICLE_ROWS.items()
    }


def reference_frames(units: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """The tables that come from the grammar: regions, members, units and those in use.

    `units` maps the units of the metrics to their quantity kinds.
    """
    return {
        "units": _to_frame("units", unit_rows(units)),
        "regions": _to_frame("regions", region_rows()),
        "region_members": _to_frame("region_members", member_rows()),
    }


def _part_repeats(articles: Iterable[Article]) -> tuple[list[Article], list[Article]]:
    """The first of each content by path, and the others."""
    ordered = sorted(articles, key=lambda article: article.document.source_path)
    first = {article.document.article_id: article for article in reversed(ordered)}
    repeats = [a for a in ordered if first[a.document.article_id] is not a]
    return [a for a in ordered if first[a.document.article_id] is a], repeats


def _to_frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    model = _MODELS[table]
    schema = polars_schema(model)
    given = list(rows)
    # Column by column: of rows Polars would make null of a value that its Enum does not know
    frame = pl.DataFrame({name: [row.get(name) for row in given] for name in schema}, schema)
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise ValidationError(f"{table}: {_describe_failure(error.failure_cases)}") from error
    return frame


def _describe_failure(cases: pl.DataFrame) -> str:
    """The first broken rule, and the value that broke it."""
    case = cases.row(0, named=True)
    return f"{case['column']} breaks {case['check']} with {case['failure_case']!r}"
