"""The dictionary as one self-contained page; every word that comes from a model is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from etl.load.catalog import describe_codes, list_homes
from etl.load.html import to_both, to_code, to_link, to_page, to_section, to_table
from etl.load.view_tables import describe_views

if TYPE_CHECKING:
    from etl.load.catalog import Column, Table
    from schemas.codes import CodeList


def render_html() -> str:
    """The page for a browser: contents, tables, views, codes."""
    tables = [table for _, _, table in list_homes()] + list(describe_views().values())
    return to_page(
        "Data dictionary 数据字典",
        "Tables 表",
        (to_link(table.name, table.name, table.title) for table in tables),
        "".join(_render_table(table) for table in tables)
        + to_section("codes", "Codes 代码", "".join(map(_render_codes, describe_codes()))),
    )


def _render_table(table: Table) -> str:
    columns = to_table(
        ("Column", "名称", "Type", "Meaning 含义"),
        (_cells(table, column) for column in table.columns),
    )
    rules = to_table(
        ("Rule", "Condition", "Meaning 含义"),
        ((to_code(c.label), to_code(c.sql), to_both(c.en, c.zh)) for c in table.checks),
    )
    body = f"<p>{to_both(table.en, table.zh)}</p>{columns}"
    if table.checks:
        body += f"<h3>Rules 规则</h3>{rules}"
    return to_section(table.name, f"{table.name} {table.title}", body)


def _cells(table: Table, column: Column) -> tuple[str, ...]:
    mark = ' <span class="key">key 主键</span>' if column.name in table.primary_key else ""
    kind = f'<a href="#{column.type}">{column.type}</a>' if column.codes else escape(column.type)
    null = "" if not column.nullable else ' <span class="quiet">nullable 可空</span>'
    unit = f" <span class='quiet'>({escape(column.unit)})</span>" if column.unit else ""
    target = ""
    if column.references:
        parent, name = column.references
        target = f'<br>→ <a href="#{parent}">{parent}.{name}</a>'
    words = to_both(column.en, column.zh) + unit + target
    return to_code(column.name) + mark, escape(column.title), kind + null, words


def _render_codes(codes: CodeList) -> str:
    rows = ((to_code(c.code), escape(c.zh), escape(c.en)) for c in codes.codes)
    return f'<h3 id="{codes.name}">{codes.name}</h3>' + to_table(("Code", "中文", "English"), rows)
