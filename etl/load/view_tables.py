"""The views as tables: their columns with types and meanings, found without a release."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import duckdb

from etl.load.catalog import Column, Table, describe_tables, list_homes, to_dtype
from etl.load.ddl import create_table, create_types
from etl.load.views import VIEWS

if TYPE_CHECKING:
    from etl.load.views import View


@cache
def describe_views() -> dict[str, Table]:
    """Every view by name; it has no key, no rules, and any of its columns may be null.

    >>> [column.title for column in describe_views()["articles_by_month"].columns]
    ['发布媒体', '月份', '文章数', '指标数', '字数']
    """
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA quality")
        create_types(con)
        for home in list_homes():
            create_table(con, home)
        return {
            view.name: _describe(view, con.execute(f"DESCRIBE ({view.sql})").fetchall())
            for view in VIEWS
        }


def _describe(view: View, described: list[tuple[str, ...]]) -> Table:
    return Table(
        name=view.name,
        title=view.title,
        zh=view.zh,
        en=view.en,
        columns=tuple(_describe_column(view, name, kind) for name, kind, *_ in described),
    )


def _describe_column(view: View, name: str, kind: str) -> Column:
    """A column of the view's own, or one of a table under another roof."""
    if name not in view.columns:
        return replace(_find_column(view, name), nullable=True, references=None, checks=())
    title, zh, en = view.columns[name]
    return Column(name, title, zh, en, kind, to_dtype(kind))


def _find_column(view: View, name: str) -> Column:
    """The column of the table the view is of, or of the first table that has one of that name."""
    tables = describe_tables()
    columns = (c for table in (tables[view.of], *tables.values()) for c in table.columns)
    return next(column for column in columns if column.name == name)
