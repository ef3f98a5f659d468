"""The dictionary as one self-contained page; every word that comes from a model is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from etl.load.catalog import describe_codes, describe_quality, describe_tables
from etl.load.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.load.catalog import Column, Table
    from schemas.codes import CodeList

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Data dictionary 数据字典</title>
<style>
:root {{ color-scheme: light dark; --line: #8884; --quiet: #777; --mark: #0a6; }}
body {{ font: 16px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 72rem; margin: 0 auto; padding: 1rem; }}
h2 {{ margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; }}
nav ul {{ columns: 16rem; padding-left: 1.2rem; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid var(--line); }}
code {{ font: .9em ui-monospace, monospace; }}
.key {{ color: var(--mark); font-weight: 600; }}
.quiet {{ color: var(--quiet); }}
</style>
</head>
<body>
<h1>Data dictionary 数据字典</h1>
<nav aria-label="Tables 表"><ul>{contents}</ul></nav>
<main>{tables}
<section id="views"><h2>Views in the database 视图</h2>{views}</section>
<section id="codes"><h2>Codes 代码</h2>{codes}</section>
</main>
</body>
</html>
"""


def render_html() -> str:
    """The page for a browser: contents, tables, views, codes."""
    tables = [*describe_tables().values(), *describe_quality().values()]
    return _PAGE.format(
        contents="".join(
            f'<li><a href="#{t.name}">{escape(t.name)}</a> {escape(t.title)}</li>' for t in tables
        ),
        tables="".join(_render_table(table) for table in tables),
        views=_table(
            ("Name", "名称", "Meaning 含义"),
            ((_code(v.name), escape(v.title), _both(v.en, v.zh)) for v in VIEWS),
        ),
        codes="".join(_render_codes(codes) for codes in describe_codes()),
    )


def _render_table(table: Table) -> str:
    return (
        f'<section id="{table.name}"><h2>{escape(table.name)} {escape(table.title)}</h2>'
        f"<p>{_both(table.en, table.zh)}</p>"
        + _table(
            ("Column", "名称", "Type", "Meaning 含义"),
            (_cells(table, column) for column in table.columns),
        )
        + "<h3>Rules 规则</h3>"
        + _table(
            ("Rule", "Condition", "Meaning 含义"),
            ((_code(c.label), _code(c.sql), _both(c.en, c.zh)) for c in table.checks),
        )
        + "</section>"
    )


def _cells(table: Table, column: Column) -> tuple[str, ...]:
    mark = ' <span class="key">key 主键</span>' if column.name in table.primary_key else ""
    kind = f'<a href="#{column.type}">{column.type}</a>' if column.codes else escape(column.type)
    null = "" if not column.nullable else ' <span class="quiet">nullable 可空</span>'
    unit = f" <span class='quiet'>({escape(column.unit)})</span>" if column.unit else ""
    target = ""
    if column.references:
        parent, name = column.references
        target = f'<br>→ <a href="#{parent}">{parent}.{name}</a>'
    words = _both(column.en, column.zh) + unit + target
    return _code(column.name) + mark, escape(column.title), kind + null, words


def _render_codes(codes: CodeList) -> str:
    rows = ((_code(c.code), escape(c.zh), escape(c.en)) for c in codes.codes)
    return f'<h3 id="{codes.name}">{codes.name}</h3>' + _table(("Code", "中文", "English"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Cells are HTML already."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="scroll"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _both(en: str, zh: str) -> str:
    return f'{escape(en)} <span lang="zh">{escape(zh)}</span>'
