"""Plain pages of one look, each a single file that loads nothing; texts are escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
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
td.figure {{ text-align: right; width: 1%; font-variant-numeric: tabular-nums; }}
td ul {{ margin: 0; padding-left: 1rem; }}
code {{ font: .9em ui-monospace, monospace; }}
.key {{ color: var(--mark); font-weight: 600; }}
.quiet {{ color: var(--quiet); }}
</style>
</head>
<body>
<h1>{title}</h1>
{head}<nav aria-label="{label}"><ul>{contents}</ul></nav>
<main>{main}
</main>
</body>
</html>
"""


def to_page(title: str, label: str, links: Iterable[str], main: str, head: str = "") -> str:
    """A whole page; `label` says what the `links` at its head lead to."""
    contents = "".join(f"<li>{link}</li>" for link in links)
    return _PAGE.format(title=title, label=label, contents=contents, main=main, head=head)


def to_link(anchor: str, text: str, more: str = "") -> str:
    """A link within the page.

    >>> to_link("units", "units", "单位")
    '<a href="#units">units</a> 单位'
    """
    return f'<a href="#{anchor}">{escape(text)}</a> {escape(more)}'.rstrip()


def to_section(anchor: str, title: str, body: str) -> str:
    """A part of the page with its heading."""
    return f'<section id="{anchor}"><h2>{escape(title)}</h2>{body}</section>\n'


def to_table(head: Iterable[str], rows: Iterable[Iterable[str | float | None]]) -> str:
    """Texts are HTML already; numbers stand to the right, with thousands separators.

    >>> to_table(["n"], [[1200]]).partition("<tbody>")[2]
    '<tr><td class="figure">1,200</td></tr></tbody></table></div>'
    """
    heads = "".join(f'<th scope="col">{name}</th>' for name in head)
    body = "".join(f"<tr>{''.join(map(_to_cell, row))}</tr>" for row in rows)
    return (
        f'<div class="scroll"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def to_code(text: str) -> str:
    """A name or condition.

    >>> to_code("a < b")
    '<code>a &lt; b</code>'
    """
    return f"<code>{escape(text)}</code>"


def to_both(en: str, zh: str) -> str:
    """The same in both languages."""
    return f'{escape(en)} <span lang="zh">{escape(zh)}</span>'


def _to_cell(cell: str | float | None) -> str:
    if isinstance(cell, int | float):
        return f'<td class="figure">{cell:,}</td>'
    return f"<td>{cell or ''}</td>"
