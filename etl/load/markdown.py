"""Markdown tables whose cells hold text of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPED = str.maketrans({"|": "\\|", "<": "&lt;", "\n": " ", "\r": " "})


def to_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; numbers with thousands separators, None as an empty cell.

    >>> print(to_table(("a", "b"), [("x|y", 1200), (None, 0.5)]))
    | a | b |
    |---|---|
    | x\\|y | 1,200 |
    |  | 0.5 |
    """
    heads = list(head)
    lines = [_line(heads), "|" + "---|" * len(heads), *(_line(row) for row in rows)]
    return "\n".join(lines)


def escape(text: str) -> str:
    """`text` as it may stand in a cell or a line.

    >>> escape("a|<b>")
    'a\\\\|&lt;b>'
    """
    return text.translate(_ESCAPED)


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(_to_cell(cell) for cell in cells)} |"


def _to_cell(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) else escape(str(cell))
