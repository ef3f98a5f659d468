"""Whether a frame is sound, asked in one query.

Pandera puts every check as several queries: twenty milliseconds a table, however few its rows. All
checks of a model are one expression here, made of what pandera knows of them. It only says yes or
no; where it says no, pandera looks for what is wrong.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pandera.polars import DataFrameModel

_CONDITIONS: dict[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "greater_than_or_equal_to": lambda column, least: column >= least,
    "str_contains": lambda column, pattern: column.str.contains(pattern),
    "str_matches": lambda column, pattern: column.str.contains(f"^(?:{pattern})"),
}


def is_sound(model: type[DataFrameModel], frame: pl.DataFrame) -> bool:
    """Whether a frame has the model's columns in their order, and every check and the key hold."""
    schema = model.to_schema()
    columns = [(name, column.dtype.type) for name, column in schema.columns.items()]
    if list(frame.schema.items()) != columns:
        return False
    if frame.is_empty():
        return True
    holds: bool = frame.select(_to_condition(model)).item()
    return holds and not frame.select(schema.unique).is_duplicated().any()


@cache
def _to_condition(model: type[DataFrameModel]) -> pl.Expr:
    """What holds for a whole frame; a condition that is null for a row holds there."""
    return pl.all_horizontal(condition.all() for condition in _list_conditions(model))


def _list_conditions(model: type[DataFrameModel]) -> Iterator[pl.Expr]:
    schema = model.to_schema()
    for rule in schema.checks:
        yield pl.sql_expr(rule.statistics["sql"])
    for name, column in schema.columns.items():
        if not column.nullable:
            yield pl.col(name).is_not_null()
            if column.dtype.type.is_float():
                yield pl.col(name).is_not_nan()
        for check in column.checks:
            (bound,) = check.statistics.values()
            yield _CONDITIONS[check.name](pl.col(name), bound)
