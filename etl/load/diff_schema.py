"""What two releases say differently: tables, columns, types, keys, rules, codes and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.load.snapshot import Facts, Snapshot, Subject


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One change of a table, column, rule, view, code list (`codes`) or code.

    `change` is added, removed, or the property that changed, with its two values.
    """

    kind: str
    name: str
    change: str
    old: str | None = None
    new: str | None = None


_OWNERS = {"column": "table", "rule": "table", "code": "codes"}


def find_schema_changes(old: Snapshot, new: Snapshot) -> Iterator[SchemaChange]:
    """Every change, sorted; a property that one of the two does not state is no change."""
    yield from _find_one_sided("removed", old, new)
    yield from _find_one_sided("added", new, old)
    for subject in sorted(old.facts.keys() & new.facts.keys()):
        yield from _compare(subject, old.facts[subject], new.facts[subject])
    for table in sorted(old.columns.keys() & new.columns.keys()):
        yield from _compare_order(table, list(old.columns[table]), list(new.columns[table]))


def _find_one_sided(change: str, there: Snapshot, other: Snapshot) -> Iterator[SchemaChange]:
    """What only one release has; not the parts of what is already told as a whole."""
    for kind, name in sorted(there.facts.keys() - other.facts.keys()):
        owner = _OWNERS.get(kind, kind), name.partition(".")[0]
        if owner in other.facts or owner == (kind, name):
            yield SchemaChange(kind, name, change)


def _compare(subject: Subject, old: Facts, new: Facts) -> Iterator[SchemaChange]:
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield SchemaChange(*subject, name, old[name], new[name])


def _compare_order(table: str, old: list[str], new: list[str]) -> Iterator[SchemaChange]:
    """Columns that both have, in another order."""
    before = [name for name in old if name in new]
    after = [name for name in new if name in old]
    if before != after:
        yield SchemaChange("table", table, "order of columns", ", ".join(before), ", ".join(after))
