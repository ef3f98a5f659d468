"""The dictionary as tables in the database, since exports and DESCRIBE leave comments behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.load.catalog import describe_codes, list_homes
from etl.load.sql import quote_row
from etl.load.views import VIEWS, describe_view_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Table
    from etl.load.views import View

Row = tuple[str | int | None, ...]

_TABLES = """
CREATE SCHEMA dictionary;
CREATE TABLE dictionary.tables (
    table_name VARCHAR NOT NULL, kind VARCHAR NOT NULL, title VARCHAR NOT NULL,
    description_zh VARCHAR NOT NULL, description_en VARCHAR NOT NULL, row_count BIGINT);
COMMENT ON TABLE dictionary.tables IS '表：每个表和视图一行。 One row per table and view.';
CREATE TABLE dictionary.columns (
    table_name VARCHAR NOT NULL, column_name VARCHAR NOT NULL, position INTEGER NOT NULL,
    title VARCHAR NOT NULL, description_zh VARCHAR NOT NULL, description_en VARCHAR NOT NULL,
    type VARCHAR NOT NULL, is_nullable BOOLEAN NOT NULL, unit VARCHAR, code_list VARCHAR);
COMMENT ON TABLE dictionary.columns IS '列：表和视图的每一列一行。 One row per column.';
CREATE TABLE dictionary.codes (
    code_list VARCHAR NOT NULL, position INTEGER NOT NULL, code VARCHAR NOT NULL,
    label_zh VARCHAR NOT NULL, label_en VARCHAR NOT NULL);
COMMENT ON TABLE dictionary.codes IS '代码：封闭列表的每个代码一行。 One row per code.';
CREATE TABLE dictionary.keys (
    table_name VARCHAR NOT NULL, kind VARCHAR NOT NULL, columns VARCHAR NOT NULL,
    references_table VARCHAR, references_columns VARCHAR);
COMMENT ON TABLE dictionary.keys IS '键：每个主键和外键一行。 One row per primary or foreign key.';
CREATE TABLE dictionary.checks (
    table_name VARCHAR NOT NULL, check_name VARCHAR NOT NULL, column_name VARCHAR,
    condition VARCHAR NOT NULL, description_zh VARCHAR NOT NULL, description_en VARCHAR NOT NULL);
COMMENT ON TABLE dictionary.checks IS '规则：每条规则一行。 One row per rule.';
"""


def write_dictionary(con: DuckDBPyConnection) -> None:
    """Fill the schema `dictionary` of the database in use, whose tables and views exist."""
    con.execute(_TABLES)
    for name, rows in list_rows(con).items():
        values = ", ".join(quote_row(row) for row in rows)
        con.execute(f"INSERT INTO dictionary.{name} VALUES {values}")


def list_rows(con: DuckDBPyConnection) -> dict[str, list[Row]]:
    """The rows of each dictionary table, for the database in use."""
    tables = {relation: table for relation, _, table in list_homes()}
    return {
        "tables": [
            *((n, "table", t.title, t.zh, t.en, _count(con, n)) for n, t in tables.items()),
            *((v.name, "view", v.title, v.zh, v.en, None) for v in VIEWS),
        ],
        "columns": [
            *(row for name, table in tables.items() for row in _columns(name, table)),
            *(row for view in VIEWS for row in _view_columns(con, view)),
        ],
        "codes": [
            (codes.name, position, code.code, code.zh, code.en)
            for codes in describe_codes()
            for position, code in enumerate(codes.codes, 1)
        ],
        "keys": [row for name, table in tables.items() for row in _keys(name, table)],
        "checks": [
            (name, check.label, check.column, check.sql, check.zh, check.en)
            for name, table in tables.items()
            for check in table.checks
        ],
    }


def _count(con: DuckDBPyConnection, relation: str) -> int:
    (rows,) = con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,)
    return int(rows)


def _columns(name: str, table: Table) -> Iterator[Row]:
    for position, c in enumerate(table.columns, 1):
        codes = c.codes.name if c.codes else None
        yield name, c.name, position, c.title, c.zh, c.en, c.type, c.nullable, c.unit, codes


def _view_columns(con: DuckDBPyConnection, view: View) -> Iterator[Row]:
    described = con.execute(f"DESCRIBE {view.name}").fetchall()
    for position, (name, kind, *_) in enumerate(described, 1):
        words = describe_view_column(view, name)
        yield view.name, name, position, *words, kind, True, None, None


def _keys(name: str, table: Table) -> Iterator[Row]:
    yield name, "primary", ", ".join(table.primary_key), None, None
    for key in table.foreign_keys:
        yield name, "foreign", ", ".join(key.columns), key.table, ", ".join(key.foreign)
