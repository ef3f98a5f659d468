"""Cells of two sides compared in SQL, whatever types the two sides gave them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.load.sql import quote, quote_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"U?((TINY|SMALL|BIG|HUGE)INT|INTEGER)|FLOAT|DOUBLE")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of two sides, name → type; in SQL the sides are `o` and `n`."""

    old: dict[str, str]
    new: dict[str, str]

    @property
    def shared(self) -> list[str]:
        """The columns that both have, in the order of the new side."""
        return [name for name in self.new if name in self.old]

    def find_type(self, name: str) -> str | None:
        """The type of a column, if it has the same on both sides."""
        return self.new[name] if self.new[name] == self.old[name] else None

    def match(self, names: Iterable[str]) -> str:
        """The condition that the cells of all these columns are equal and none is null."""
        return " AND ".join(
            f"{self._cell('o.', name)} = {self._cell('n.', name)}" for name in names
        )

    def differ(self, name: str) -> str:
        """The condition that two cells differ; null equals null."""
        return f"{self._cell('o.', name)} IS DISTINCT FROM {self._cell('n.', name)}"

    def select(self) -> str:
        """The shared columns of one side, comparable with those of the other; all if none is."""
        return ", ".join(self._cell("", name) for name in self.shared) or "*"

    def _cell(self, side: str, name: str) -> str:
        """Numbers of two types are compared as numbers, other types as their text."""
        cell, types = f"{side}{quote_name(name)}", {self.old[name], self.new[name]}
        if len(types) == 1 or all(map(_NUMBER.fullmatch, types)):
            return cell
        return f"CAST({cell} AS VARCHAR)"


def select_cells(old: str, new: str, key: Sequence[str], columns: Columns) -> str:
    """A query for the cells that differ between rows of the same key.

    It gives the key, `column`, `old` and `new`.
    """
    cells = ", ".join(
        f"{{'name': {quote(name)}, 'old': CAST(o.{quote_name(name)} AS VARCHAR), "
        f"'new': CAST(n.{quote_name(name)} AS VARCHAR), 'differs': {columns.differ(name)}}}"
        for name in columns.shared
    )
    return f"""
        SELECT * EXCLUDE cell, cell.name AS "column", cell.old AS old, cell.new AS new FROM (
            SELECT {list_names(key, "n.")},
                unnest(list_filter([{cells}], lambda cell: cell.differs)) AS cell
            FROM {old} o JOIN {new} n ON {columns.match(key)}
            WHERE {" OR ".join(map(columns.differ, columns.shared))})"""


def list_names(names: Iterable[str], side: str = "") -> str:
    """Names for a SELECT.

    >>> list_names(["article_id", "position"], "n.")
    'n."article_id", n."position"'
    """
    return ", ".join(f"{side}{quote_name(name)}" for name in names)
