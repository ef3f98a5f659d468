"""The dictionary as tables in the database, since exports and DESCRIBE leave comments behind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from etl.load.catalog import (
    Column,
    Table,
    describe_labels,
    describe_report,
    list_homes,
    to_dtype,
)
from etl.load.ddl import create_table
from etl.load.sql import quote_row
from etl.load.view_tables import describe_views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

Row = tuple[str | int | float | None, ...]


@cache
def describe_dictionary() -> dict[str, Table]:
    """The tables of the schema `dictionary`, by name."""
    tables = {
        name: Table(name, title, zh, en, tuple(map(_column, columns)))
        for name, (title, zh, en, *columns) in _TABLES.items()
    }
    return tables | {"statistics": describe_report()["statistics"]}


def write_dictionary(con: DuckDBPyConnection) -> None:
    """Fill the schema `dictionary` of the database in use, whose tables and views exist."""
    con.execute("CREATE SCHEMA dictionary")
    for name, table in describe_dictionary().items():
        create_table(con, (f"dictionary.{name}", "", table))
    for name, rows in list_rows(con).items():
        con.execute(f"INSERT INTO dictionary.{name} VALUES {', '.join(map(quote_row, rows))}")


def list_rows(con: DuckDBPyConnection) -> dict[str, list[Row]]:
    """The rows of each dictionary table, for the database in use."""
    tables = {relation: table for relation, _, table in list_homes()}
    views = describe_views()
    return {
        "tables": [
            *((n, "table", t.title, t.zh, t.en, _count(con, n)) for n, t in tables.items()),
            *((n, "view", t.title, t.zh, t.en, None) for n, t in views.items()),
        ],
        "columns": [
            row for name, table in (tables | views).items() for row in _list_columns(name, table)
        ],
        "codes": [
            (codes.name, position, code.code, code.zh, code.en)
            for codes in describe_labels()
            for position, code in enumerate(codes.codes, 1)
        ],
        "keys": [row for name, table in tables.items() for row in _list_keys(name, table)],
        "checks": [
            (name, check.label, check.column, check.sql, check.zh, check.en)
            for name, table in tables.items()
            for check in table.checks
        ],
        "statistics": con.execute("FROM quality.statistics").fetchall(),
    }


def _count(con: DuckDBPyConnection, relation: str) -> int:
    (rows,) = con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,)
    return int(rows)


def _list_columns(name: str, table: Table) -> Iterator[Row]:
    for position, c in enumerate(table.columns, 1):
        codes = c.labels.name if c.labels else None
        yield name, c.name, position, c.title, c.zh, c.en, c.type, c.nullable, c.unit, codes


def _list_keys(name: str, table: Table) -> Iterator[Row]:
    yield name, "primary", ", ".join(table.primary_key), None, None
    for key in table.foreign_keys:
        yield name, "foreign", ", ".join(key.columns), key.table, ", ".join(key.foreign)


def _column(words: tuple[str, str, str, str, str]) -> Column:
    """A column of name, type (with ? where it may be null), title and meaning."""
    name, kind, title, zh, en = words
    sql_type = kind.removesuffix("?")
    nullable = kind != sql_type
    return Column(name, title, zh, en, sql_type, to_dtype(sql_type), nullable)


_TABLE_NAME = ("table_name", "VARCHAR", "表名", "表或视图的名称。", "Name of the table or view.")
_ZH = ("description_zh", "VARCHAR", "中文说明", "中文说明。", "What it means, in Chinese.")
_EN = ("description_en", "VARCHAR", "英文说明", "英文说明。", "What it means, in English.")
_TITLE = ("title", "VARCHAR", "名称", "中文名称。", "Its name in Chinese.")
_POSITION = ("position", "INTEGER", "顺序", "顺序，自 1 起。", "Its place in the order, from 1.")

_TABLES: dict[str, tuple[str, str, str, *tuple[tuple[str, str, str, str, str], ...]]] = {
    "tables": (
        "表",
        "每个表和视图一行。",
        "One row per table and view.",
        _TABLE_NAME,
        ("kind", "VARCHAR", "类别", "table 或 view。", "table or view."),
        _TITLE,
        _ZH,
        _EN,
        (
            "row_count",
            "BIGINT?",
            "行数",
            "表的行数；视图为空。",
            "Its rows; null for a view.",
        ),
    ),
    "columns": (
        "列",
        "表和视图的每一列一行。",
        "One row per column of a table or view.",
        _TABLE_NAME,
        ("column_name", "VARCHAR", "列名", "列的名称。", "Name of the column."),
        _POSITION,
        _TITLE,
        _ZH,
        _EN,
        ("type", "VARCHAR", "类型", "数据库中的类型。", "Its type in the database."),
        ("is_nullable", "BOOLEAN", "可空", "是否可为空。", "Whether a value may be missing."),
        ("unit", "VARCHAR?", "单位", "数值的单位。", "Unit of its numbers."),
        ("code_list", "VARCHAR?", "代码表", "取值所属的代码表。", "The list of its codes."),
    ),
    "codes": (
        "代码",
        "代码表的每个代码一行。",
        "One row per code of a list.",
        ("code_list", "VARCHAR", "代码表", "代码表的名称。", "Name of the list."),
        _POSITION,
        ("code", "VARCHAR", "代码", "数据中的代码。", "The code as it stands in the data."),
        ("label_zh", "VARCHAR", "中文标签", "中文标签。", "Label in Chinese."),
        ("label_en", "VARCHAR", "英文标签", "英文标签。", "Label in English."),
    ),
    "keys": (
        "键",
        "每个主键和外键一行。",
        "One row per primary or foreign key.",
        _TABLE_NAME,
        ("kind", "VARCHAR", "类别", "primary 或 foreign。", "primary or foreign."),
        ("columns", "VARCHAR", "列", "键的各列。", "Columns of the key."),
        ("references_table", "VARCHAR?", "所指的表", "外键所指的表。", "Table it refers to."),
        ("references_columns", "VARCHAR?", "所指的列", "外键所指的列。", "Columns it refers to."),
    ),
    "checks": (
        "规则",
        "每条规则一行；检查结果见 quality.checks。",
        "One row per rule; for what it examined see quality.checks.",
        _TABLE_NAME,
        ("check_name", "VARCHAR", "规则名", "规则的名称。", "Name of the rule."),
        ("column_name", "VARCHAR?", "列名", "规则所限的列。", "The column it is about, if one."),
        ("condition", "VARCHAR", "条件", "每行应满足的条件。", "The condition as SQL."),
        _ZH,
        _EN,
    ),
}
