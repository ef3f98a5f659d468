"""Spans asked for by position."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.text import Span
from etl.transform.spans import Spans


@st.composite
def disjoint(draw):
    edges = draw(st.lists(st.integers(0, 60), unique=True, max_size=12).map(sorted))
    return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]


@given(disjoint(), st.randoms(), st.integers(0, 60), st.integers(0, 60))
def test_answers_are_those_of_a_plain_search(spans, random, one, other):
    start, end = sorted((one, other))
    shuffled = spans[:]
    random.shuffle(shuffled)
    found = Spans(shuffled)
    assert found.items == spans
    assert found.inside(start, end) == [s for s in spans if start <= s.start and s.end <= end]
    assert found.touches(start, end) == any(s.start < end and s.end > start for s in spans)
    assert found.last_before(start) == next((s for s in spans[::-1] if s.end <= start), None)
    assert found.first_after(start) == next((s for s in spans if s.start >= start), None)


def test_no_items_are_no_answers():
    empty = Spans(())
    assert (empty.inside(0, 9), empty.touches(0, 9)) == ([], False)
    assert (empty.last_before(9), empty.first_after(0)) == (None, None)
