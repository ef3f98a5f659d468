"""Scopes: a paragraph cut into sentences and clauses, with the times and places named in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from etl.text import Span, find_sentences
from etl.transform.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from etl.transform.amounts.quantities import Quantity
    from etl.transform.places.regions import PlaceMatch
    from etl.transform.times.periods import Period

# A half-width comma or semicolon ends a clause, too, but not inside 1,234.
_CLAUSE_END = re.compile(r"[，。；：！？\n,;](?:(?<![,;])|(?<!\d[,;])|(?!\d))")
_LISTING = "、，和与及以"
_FROM, _SINCE = re.compile("(?:自从?|从)$"), re.compile("以来|起(?!到)")
_LISTED = re.compile(f"[{_LISTING}]{{1,2}}")

_MOST_LISTED = 16
"""Metrics; no list is looked at any further."""
_LONGEST = 1000
"""Characters; no writer's sentence is longer."""


class Frame:
    """What is known of a paragraph before its quantities are bound.

    `metrics` are the quantities that are metrics; all spans are asked for by position. The text
    is cut when somebody first asks: most paragraphs state nothing. No sentence and no clause with
    metrics is much longer than a thousand characters, so that looking around in one stays cheap.

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

    def sentence(self, position: int) -> Span:
        """The sentence around `position`."""
        return self._sentences[bisect_right(self._sentence_starts, position) - 1]

    def clause(self, position: int) -> Span:
        """The clause around `position`, without its closing mark."""
        clause = self._clauses[bisect_right(self._clause_starts, position) - 1]
        return clause if position <= clause.end else Span(clause.start, position)

    def without_times(self, start: int, end: int) -> str:
        """The text from `start` to `end` without the times in it, and 自…以来 around them."""
        periods = self.periods.inside(start, end)
        if not periods:
            return self.text[start:end]
        pieces, position = [], start
        for period in periods:
            before = self.text[position : period.start]
            position = period.end
            if since := _SINCE.match(self.text, position, end):
                before, position = _FROM.sub("", before), since.end()
            pieces.append(before)
        return "".join([*pieces, self.text[position:end]])

    def list_from(self, position: int) -> list[Quantity]:
        """The metrics of the sentence that are listed one after another behind `position`."""
        listed: list[Quantity] = []
        end = self.sentence(position).end
        metric = self.metrics.first_after(position)
        while metric and metric.end <= end and len(listed) < _MOST_LISTED:
            if listed and not _LISTED.fullmatch(self.text, listed[-1].end, metric.start):
                break
            listed.append(metric)
            metric = self.metrics.first_after(metric.end)
        return listed

    def list_around(self, metric: Quantity) -> list[Quantity]:
        """The metrics of the sentence among which `metric` is listed, itself included."""
        if self._stands_alone(metric):
            return [metric]
        first = metric
        for _ in range(_MOST_LISTED - 1):
            before = self.metrics.last_before(first.start)
            if before is None or not _LISTED.fullmatch(self.text, before.end, first.start):
                break
            first = before
        return self.list_from(first.start)

    def free_clause(self, quantity: Quantity) -> Span:
        """The clause around `quantity` up to the metrics before and behind it."""
        clause = self.clause(quantity.start)
        before = self.metrics.last_before(quantity.start)
        behind = self.metrics.first_after(quantity.end)
        return Span(
            max(clause.start, before.end if before else 0),
            min(clause.end, behind.start) if behind else clause.end,
        )

    def _stands_alone(self, metric: Quantity) -> bool:
        """Whether neither the character before `metric` nor the one behind it can list it."""
        before = self.text[metric.start - 1 : metric.start]
        behind = self.text[metric.end : metric.end + 1]
        return before not in _LISTING and behind not in _LISTING

    @cached_property
    def _clauses(self) -> Sequence[Span]:
        marks = [mark.span() for mark in _CLAUSE_END.finditer(self.text)]
        starts = [0, *(end for _, end in marks)]
        ends = [*(start for start, _ in marks), len(self.text)]
        clauses = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
        if len(self.text) <= _LONGEST:
            return clauses
        return [piece for clause in clauses for piece in self._cut_clause(clause)]

    @cached_property
    def _clause_starts(self) -> Sequence[int]:
        return [clause.start for clause in self._clauses]

    @cached_property
    def _sentences(self) -> Sequence[Span]:
        sentences = list(find_sentences(self.text)) or [Span(0, len(self.text))]
        if len(self.text) <= _LONGEST:
            return sentences
        return [piece for sentence in sentences for piece in self._cut_sentence(sentence)]

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [sentence.start for sentence in self._sentences]

    def _cut_clause(self, clause: Span) -> Iterator[Span]:
        """An endless clause is cut behind its metrics."""
        start = clause.start
        if clause.end - start > _LONGEST:
            for metric in self.metrics.inside(*clause):
                if metric.end - start > _LONGEST:
                    yield Span(start, metric.end)
                    start = metric.end
        yield Span(start, clause.end)

    def _cut_sentence(self, sentence: Span) -> Iterator[Span]:
        """An endless sentence, as a table in one line, is cut between its clauses."""
        start = sentence.start
        if sentence.end - start > _LONGEST:
            first = bisect_right(self._clause_starts, start)
            last = bisect_left(self._clause_starts, sentence.end)
            for cut in self._clause_starts[first:last]:
                if cut - start > _LONGEST:
                    yield Span(start, cut)
                    start = cut
        yield Span(start, sentence.end)
