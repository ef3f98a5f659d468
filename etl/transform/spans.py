"""Spans in order: what stands between two positions, in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class HasSpan(Protocol):
    """Anything with half-open offsets."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point after the last."""


SpanT = TypeVar("SpanT", bound=HasSpan)
_START = attrgetter("start")


class Spans(Generic[SpanT]):
    """Items that do not overlap, sorted, to be asked for by position.

    >>> from etl.text import Span
    >>> spans = Spans([Span(5, 7), Span(1, 3)])
    >>> spans.inside(0, 7), spans.inside(2, 7), spans.touches(2, 4), spans.touches(3, 5)
    ([Span(start=1, end=3), Span(start=5, end=7)], [Span(start=5, end=7)], True, False)
    """

    def __init__(self, items: Iterable[SpanT]) -> None:
        """Sort `items` once."""
        self.items: Sequence[SpanT] = sorted(items, key=_START)
        self._starts = list(map(_START, self.items))

    def inside(self, start: int, end: int) -> list[SpanT]:
        """The items that lie wholly between `start` and `end`, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first >= last:
            return []
        return [item for item in self.items[first:last] if item.end <= end]

    def ending_at(self, position: int) -> SpanT | None:
        """The item that ends at `position`."""
        item = self.last_before(position)
        return item if item and item.end == position else None

    def touches(self, start: int, end: int) -> bool:
        """Whether an item shares a code point with the range."""
        index = bisect_left(self._starts, end)
        return index > 0 and self.items[index - 1].end > start

    def last_before(self, position: int) -> SpanT | None:
        """The last item that ends at or before `position`."""
        index = bisect_left(self._starts, position)
        while index and self.items[index - 1].end > position:
            index -= 1
        return self.items[index - 1] if index else None

    def first_after(self, position: int) -> SpanT | None:
        """The first item that starts at or after `position`."""
        index = bisect_left(self._starts, position)
        return self.items[index] if index < len(self.items) else None
