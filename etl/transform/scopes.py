"""Scopes: a paragraph cut into sentences and clauses, with the times and places named in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from etl.text import Span, find_sentences
from etl.transform.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.transform.periods import Period
    from etl.transform.quantities import Quantity
    from etl.transform.regions import PlaceMatch

# A half-width comma or semicolon ends a clause, too, but not inside 1,234.
_CLAUSE_END = re.compile(r"[，。；：！？\n,;](?:(?<![,;])|(?<!\d[,;])|(?!\d))")


class Frame:
    """What is known of a paragraph before its quantities are bound.

    `metrics` are the quantities that are metrics; all spans are asked for by position. The text
    is cut when somebody first asks: most paragraphs state nothing.

    >>> frame = Frame("去年增长5%，达9家。完", (), (), ())
    >>> frame.clause(8).of(frame.text), frame.sentence(12).of(frame.text)
    ('达9家', '完')
    >>> Frame("", (), (), ()).sentence(0)
    Span(start=0, end=0)
    """

    def __init__(
        self,
        text: str,
        periods: Iterable[Period],
        places: Iterable[PlaceMatch],
        metrics: Iterable[Quantity],
    ) -> None:
        """Cut `text` and keep what was found in it."""
        self.text = text
        self.periods = Spans(periods)
        self.places = Spans(places)
        self.metrics = Spans(metrics)
        self._clauses: dict[int, Span] = {}

    @cached_property
    def _sentences(self) -> Sequence[Span]:
        return list(find_sentences(self.text)) or [Span(0, len(self.text))]

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [sentence.start for sentence in self._sentences]

    @cached_property
    def _clause_starts(self) -> Sequence[int]:
        return [0, *(match.end() for match in _CLAUSE_END.finditer(self.text))]

    def sentence(self, position: int) -> Span:
        """The sentence around `position`."""
        return self._sentences[bisect_right(self._sentence_starts, position) - 1]

    def clause(self, position: int) -> Span:
        """The clause around `position`, without its closing mark."""
        if position not in self._clauses:  # each metric asks several times for its own
            self._clauses[position] = self._cut_clause(position)
        return self._clauses[position]

    def free_clause(self, quantity: Quantity) -> Span:
        """The clause around `quantity` up to the metrics before and behind it."""
        clause = self.clause(quantity.start)
        before = self.metrics.last_before(quantity.start)
        behind = self.metrics.first_after(quantity.end)
        return Span(
            max(clause.start, before.end if before else 0),
            min(clause.end, behind.start) if behind else clause.end,
        )

    def _cut_clause(self, position: int) -> Span:
        index = bisect_right(self._clause_starts, position)
        is_last = index == len(self._clause_starts)
        end = len(self.text) if is_last else self._clause_starts[index] - 1
        return Span(self._clause_starts[index - 1], max(end, position))
