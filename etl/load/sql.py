"""Values and names as SQL text, where DuckDB takes no parameters: comments, types, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def quote(text: str) -> str:
    """`text` as an SQL literal.

    >>> quote("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """`name` as an SQL identifier.

    >>> quote_name('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def quote_row(values: Iterable[str | float | None]) -> str:
    """Values as one row of VALUES.

    >>> quote_row(["北京", 1, True, None])
    "('北京', 1, true, NULL)"
    """
    return f"({', '.join(_to_literal(value) for value in values)})"


def quote_files(paths: Sequence[Path]) -> str:
    """Paths as an SQL list for read_parquet, which would take `[`, `*` and `?` for a pattern.

    >>> from pathlib import PurePosixPath
    >>> quote_files([PurePosixPath("a[1].parquet")])
    "['a[[]1].parquet']"
    """
    return f"[{', '.join(map(quote_pattern, paths))}]"


def quote_pattern(path: Path) -> str:
    """A path as an SQL literal where DuckDB expects a pattern; it means this path alone."""
    return quote("".join(f"[{char}]" if char in "*?[" else char for char in str(path)))


def _to_literal(value: str | float | None) -> str:
    if value is None:
        return "NULL"
    return quote(value) if isinstance(value, str) else str(value).lower()
