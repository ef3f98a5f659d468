"""The data dictionary as pages and JSON, read from the models: nothing is described here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from etl.load.catalog import (
    describe_labels,
    describe_quality,
    describe_report,
    describe_tables,
)
from etl.load.html import render_report
from etl.load.markdown import code, to_table
from etl.load.view_tables import describe_views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from etl.load.catalog import Column, Table
    from schemas.codes import CodeList


def write_dictionary(folder: Path) -> None:
    """Write every page of the dictionary into `folder`."""
    folder.mkdir()
    for name, text in render_dictionary().items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def render_dictionary() -> dict[str, str]:
    """The dictionary's files, by name; they depend on the models alone."""
    tables = describe_tables() | describe_quality() | describe_report() | describe_views()
    pages = {f"{name}.md": render_table(table) for name, table in tables.items()}
    return {
        "README.md": _render_contents(),
        **pages,
        "dictionary.json": json.dumps(describe_all(), ensure_ascii=False, indent=1) + "\n",
        "index.html": render_report(
            "dictionary.html", "数据字典 Data dictionary", dictionary=describe_all()
        ),
    }


def render_table(table: Table) -> str:
    """One table as a Markdown page."""
    parts = [
        f"# {table.name} {table.title}",
        f"{table.en}\n\n{table.zh}",
        f"Primary key 主键: {_join(table.primary_key) or '无 none, this is a view'}",
        *_render_references(table),
        "## Columns 列",
        to_table(("Column", "名称", "Type", "Null", "Meaning 含义"), map(_cells, table.columns)),
        *_render_code_lists(table),
        *_render_rules(table),
    ]
    return "\n\n".join(parts) + "\n"


def describe_all() -> dict[str, Any]:
    """The whole dictionary as plain data."""
    return {
        "tables": [_describe_table(table) for table in describe_tables().values()],
        "quality": [_describe_table(table) for table in describe_quality().values()],
        "report": [_describe_table(table) for table in describe_report().values()],
        "views": [_describe_table(table) for table in describe_views().values()],
        "codes": [
            {
                "name": codes.name,
                "codes": [{"code": c.code, "zh": c.zh, "en": c.en} for c in codes.codes],
            }
            for codes in describe_labels()
        ],
    }


_CONTENTS = """# Data dictionary 数据字典

Every table, column, code and rule of the release, read from the models in `schemas/`. The same as
one page: `index.html`; as data: `dictionary.json`; in the database: the schema `dictionary`.

## Tables 表

{tables}

## Views in the database 视图

{views}

## About the work itself 关于处理过程

{quality}
"""


def _render_contents() -> str:
    return _CONTENTS.format(
        tables=_list_tables(describe_tables()),
        views=_list_tables(describe_views()),
        quality=_list_tables(describe_quality() | describe_report()),
    )


def _list_tables(tables: dict[str, Table]) -> str:
    return _list((f"[{t.name}]({t.name}.md)", t.title, t.en, t.zh) for t in tables.values())


def _list(entries: Iterable[tuple[str, str, str, str]]) -> str:
    rows = ((name, title, f"{en} {zh}") for name, title, en, zh in entries)
    return to_table(("Name", "名称", "Meaning 含义"), rows)


def _join(names: Iterable[str]) -> str:
    return ", ".join(code(name) for name in names)


def _render_references(table: Table) -> Iterator[str]:
    if table.foreign_keys:
        yield "\n".join(
            f"- {_join(key.columns)} → [{key.table}]({key.table}.md) ({_join(key.foreign)})"
            for key in table.foreign_keys
        )


def _cells(column: Column) -> tuple[str, ...]:
    unit = f" ({column.unit})" if column.unit else ""
    null = "yes" if column.nullable else "no"
    return code(column.name), column.title, column.type, null, f"{column.en}{unit} {column.zh}"


def _render_code_lists(table: Table) -> Iterator[str]:
    lists = {column.labels.name: column.labels for column in table.columns if column.labels}
    if lists:
        yield "## Codes 代码"
    for codes in lists.values():
        yield f"### {codes.name}\n\n{_render_codes(codes)}"


def _render_rules(table: Table) -> Iterator[str]:
    if table.checks:
        yield "## Rules 规则"
        yield to_table(
            ("Rule", "Condition", "Meaning 含义"),
            ((code(c.label), code(c.sql), f"{c.en} {c.zh}") for c in table.checks),
        )


def _render_codes(codes: CodeList) -> str:
    return to_table(("Code", "中文", "English"), ((code(c.code), c.zh, c.en) for c in codes.codes))


def _describe_table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "zh": table.zh,
        "en": table.en,
        "primary_key": list(table.primary_key),
        "foreign_keys": [
            {"columns": list(key.columns), "table": key.table, "references": list(key.foreign)}
            for key in table.foreign_keys
        ],
        "columns": [_describe_column(column) for column in table.columns],
        "rules": [
            {"name": check.label, "condition": check.sql, "zh": check.zh, "en": check.en}
            for check in table.checks
        ],
    }


def _describe_column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "title": column.title,
        "zh": column.zh,
        "en": column.en,
        "type": column.type,
        "nullable": column.nullable,
        "unit": column.unit,
        "references": ".".join(column.references) if column.references else None,
        "codes": column.labels.name if column.labels else None,
    }
