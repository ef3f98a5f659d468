"""How far a run has come, and whom it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from etl.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from etl.batches import Batch
    from etl.steps import Made


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` in a stage: bytes of sources, chunks or steps, as `unit` says.

    `documents` counts those that came of it, `rejected` those among them that were refused.
    """

    stage: str
    done: int
    total: int
    unit: str = "steps"
    documents: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Death:
    """A worker died, `how` tells how, of `count` files from `first` to `last`."""

    how: str
    count: int
    first: str
    last: str


Report: TypeAlias = "Callable[[Progress | Death], None]"
"""Told of every event."""


class Meter:
    """Counts what comes of the batches of a stage in `tally`, and reports it."""

    def __init__(self, stage: str, total: int, report: Report | None, unit: str = "bytes") -> None:
        """Nothing is done of `total` yet."""
        self.tally = Tally()
        self._stage = stage
        self._total = total
        self._unit = unit
        self._report = report or (lambda _event: None)
        self._done = 0
        self._tell()

    def watch(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The batches; a container may turn out to hold more than was known, or less."""
        handed = 0
        for batch in batches:
            handed += batch.size
            self._total = max(self._total, handed + 1)
            yield batch

    def count(self, made: Made) -> None:
        """One more batch is done."""
        self._done += made.size
        self.tally += made.tally
        self._tell()

    def finish(self) -> None:
        """Nothing more will come."""
        self._total = self._done
        self._tell()

    def mourn(self, how: str, paths: tuple[str, ...]) -> None:
        """A worker died of a batch with these files."""
        self._report(Death(how, len(paths), paths[0], paths[-1]))

    def _tell(self) -> None:
        documents = self.tally.documents
        counts = documents.total(), documents["rejected"]
        self._report(Progress(self._stage, self._done, self._total, self._unit, *counts))
