"""How many of what: the summary of a batch, and of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Tally:
    """What batches held: documents by what became of them, rows by table, findings by code.

    `reasons` count why documents were rejected, `loss` tells of the first; `units` are those of the
    metrics, each with its quantity kind.
    """

    documents: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    loss: str = ""
    units: frozenset[tuple[str, str]] = frozenset()

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.documents + other.documents,
            self.rows + other.rows,
            self.findings + other.findings,
            self.reasons + other.reasons,
            self.loss or other.loss,
            self.units | other.units,
        )

    def to_json(self) -> dict[str, Any]:
        """The same as plain lists and objects."""
        counts = {name: dict(getattr(self, name)) for name in _COUNTS}
        return counts | {"loss": self.loss, "units": sorted(self.units)}

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> Tally:
        """What `to_json` gave.

        >>> tally = Tally(rows=Counter(metrics=3), units=frozenset({("%", "ratio")}))
        >>> Tally.from_json(tally.to_json()) == tally
        True
        """
        counts = {name: Counter(facts[name]) for name in _COUNTS}
        units = frozenset((unit, kind) for unit, kind in facts["units"])
        return cls(**counts, loss=facts["loss"], units=units)


_COUNTS = ("documents", "rows", "findings", "reasons")
