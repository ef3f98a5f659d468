"""Markdown from data: cells that hold text of any kind without breaking the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKUP = re.compile(r"([\\`*_\[\]|#<>])")


def to_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    r"""A table; its text cells are Markdown already, numbers get thousands separators.

    >>> print(to_table(("a", "b"), [(escape("x|y"), 1200), (None, 0.5)]))
    | a | b |
    |---|---|
    | x\|y | 1,200 |
    |  | 0.5 |
    """
    heads = list(head)
    lines = [_line(heads), "|" + "---|" * len(heads), *(_line(row) for row in rows)]
    return "\n".join(lines)


def escape(text: str) -> str:
    r"""Text from anywhere, to be read as it is.

    >>> print(escape("a*<b>"), escape("c\nd"))
    a\*\<b\> c d
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    r"""A name or condition of our own, as code.

    >>> print(code("a || b"))
    `a \|\| b`
    """
    return f"`{text}`".replace("|", "\\|")


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(_to_cell(cell) for cell in cells)} |"


def _to_cell(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
