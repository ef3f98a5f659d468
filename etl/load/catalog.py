"""The models of `schemas`, read back as plain facts: what every page, file and table tells.

Nothing is described here; whatever stands in a release about a table comes from its model.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from schemas import QUALITY, REPORT, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas.codes import CodeList
    from schemas.columns import Model


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that every row keeps; `sql` is a condition that null passes."""

    name: str
    sql: str
    zh: str
    en: str
    column: str | None = None
    bound: Any = None

    @property
    def label(self) -> str:
        """The check's name within its table."""
        return f"{self.column}.{self.name}" if self.column else self.name


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `title` is Chinese, `type` a DuckDB type.

    `codes` are the only values it takes; `known` are values with a meaning, among others.
    """

    name: str
    title: str
    zh: str
    en: str
    type: str
    dtype: pl.DataType
    nullable: bool = True
    unit: str | None = None
    references: tuple[str, str] | None = None
    codes: CodeList | None = None
    known: CodeList | None = None
    checks: tuple[Check, ...] = ()

    @property
    def labels(self) -> CodeList | None:
        """What its values mean, if they are codes, whether the list is closed or not."""
        return self.codes or self.known


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values, unless one is null, occur in the key of another table."""

    columns: tuple[str, ...]
    table: str
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table with everything its model says."""

    name: str
    title: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rules: tuple[Check, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """The columns' checks, then the rules over rows."""
        return tuple(check for column in self.columns for check in column.checks) + self.rules

    @property
    def is_spanned(self) -> bool:
        """Whether its rows point at words: `paragraphs.text[start_char:end_char] == surface`."""
        return {"start_char", "end_char", "surface"} <= {column.name for column in self.columns}


@cache
def describe_tables() -> dict[str, Table]:
    """The published tables, parents first.

    >>> describe_tables()["places"].foreign_keys[1].foreign
    ('article_id', 'paragraph_index')
    """
    return {name: _describe(name, model) for name, model in TABLES.items()}


@cache
def describe_quality() -> dict[str, Table]:
    """The tables about the work itself, published under `quality/`."""
    return {name: _describe(name, model) for name, model in QUALITY.items()}


@cache
def describe_report() -> dict[str, Table]:
    """The tables about the other tables, published under `quality/` when those are proven."""
    return {name: _describe(name, model) for name, model in REPORT.items()}


Home: TypeAlias = "tuple[str, str, Table]"
"""A table of a release: its name in SQL, its Parquet file, its description."""


def list_homes() -> Iterator[Home]:
    """Every table of a release, parents first."""
    yield from list_proven()
    yield from list_report()


def list_proven() -> Iterator[Home]:
    """The tables that hold what was read; they are proven."""
    for name, table in describe_tables().items():
        yield name, f"parquet/{name}.parquet", table
    for name, table in describe_quality().items():
        yield f"quality.{name}", f"quality/{name}.parquet", table


def list_report() -> Iterator[Home]:
    """The tables that tell of the others."""
    for name, table in describe_report().items():
        yield f"quality.{name}", f"quality/{name}.parquet", table


@cache
def describe_codes() -> tuple[CodeList, ...]:
    """The closed lists the tables use, each once, by name."""
    return _sort_lists(column.codes for column in _list_columns())


@cache
def describe_labels() -> tuple[CodeList, ...]:
    """The same and the lists of codes with a meaning in columns that take others, too."""
    return _sort_lists(column.labels for column in _list_columns())


def _list_columns() -> Iterator[Column]:
    for _, _, table in list_homes():
        yield from table.columns


def _sort_lists(lists: Iterable[CodeList | None]) -> tuple[CodeList, ...]:
    by_name = {codes.name: codes for codes in lists if codes}
    return tuple(by_name[name] for name in sorted(by_name))


def _describe(name: str, model: type[Model]) -> Table:
    schema = model.to_schema()
    columns = tuple(_column(key, column) for key, column in schema.columns.items())
    return Table(
        name=name,
        title=schema.title,
        zh=model.Config.metadata["zh"],
        en=inspect.cleandoc(schema.description),
        columns=columns,
        primary_key=tuple(schema.unique),
        foreign_keys=tuple(_foreign_keys(columns)),
        rules=tuple(_rule(check) for check in schema.checks),
    )


def _column(name: str, column: Any) -> Column:  # noqa: ANN401  pandera's column, untyped
    facts = column.metadata
    dtype = column.dtype.type
    return Column(
        name=name,
        title=column.title,
        zh=facts["zh"],
        en=column.description,
        type=_to_sql_type(dtype, facts.get("codes")),
        dtype=dtype,
        nullable=column.nullable,
        unit=facts.get("unit"),
        references=_split_reference(facts.get("references")),
        codes=facts.get("codes"),
        known=facts.get("known"),
        checks=tuple(_column_check(name, check) for check in column.checks),
    )


_SQL_TYPES: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Int32(): "INTEGER",
    pl.Int64(): "BIGINT",
    pl.Float64(): "DOUBLE",
    pl.Boolean(): "BOOLEAN",
    pl.Date(): "DATE",
    pl.Datetime("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
}


def _to_sql_type(dtype: pl.DataType, codes: CodeList | None) -> str:
    """A closed list is a type of its own in the database, under the list's name."""
    return codes.name if codes else _SQL_TYPES[dtype]


def to_dtype(sql_type: str) -> pl.DataType:
    """The Polars type of a column of the database.

    >>> to_dtype("BIGINT")
    Int64
    """
    return next(dtype for dtype, name in _SQL_TYPES.items() if name == sql_type)


def _split_reference(reference: str | None) -> tuple[str, str] | None:
    if reference is None:
        return None
    table, _, column = reference.partition(".")
    return table, column


def _foreign_keys(columns: Iterable[Column]) -> Iterator[ForeignKey]:
    """A reference to part of a key takes the other parts from the columns of the same name."""
    for column in columns:
        if column.references:
            table, foreign = column.references
            key = tuple(TABLES[table].to_schema().unique)
            local = tuple(column.name if part == foreign else part for part in key)
            yield ForeignKey(local, table, key)


def _rule(check: Any) -> Check:  # noqa: ANN401  pandera's check, typed as may-be-None throughout
    return Check(check.name, check.statistics["sql"], check.title, check.description)


def _column_check(column: str, check: Any) -> Check:  # noqa: ANN401  as `_rule`
    """A built-in check in SQL and words; one that is not known here is a mistake in the models."""
    (bound,) = check.statistics.values()
    name, sql, zh, en = _BUILT_IN[check.name]
    return Check(
        name,
        sql.format(column=column, bound=bound),
        zh.format(bound=bound),
        en.format(bound=bound),
        column=column,
        bound=bound,
    )


_BUILT_IN = {
    "greater_than_or_equal_to": (
        "minimum",
        '"{column}" >= {bound}',
        "不小于 {bound}。",
        "At least {bound}.",
    ),
    "str_matches": (
        "pattern",
        "regexp_matches(\"{column}\", '{bound}')",
        "符合 {bound}。",
        "Matches {bound}.",
    ),
    "str_contains": (
        "not_blank",
        "regexp_matches(\"{column}\", '{bound}')",
        "不为空白。",
        "Not blank.",
    ),
}
