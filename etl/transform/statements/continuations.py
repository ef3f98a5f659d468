"""Continuations: sentences that go on with the figures of those before, for the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.transform.structure.shapes import load_shapes

if TYPE_CHECKING:
    from etl.text import Span

_SHAPES = load_shapes("continuations")
_FIGURES, _BREAKDOWN = _SHAPES["figures"], _SHAPES["breakdown"]
_AMOUNTS = _SHAPES["amounts"]
_OTHER_TIME, _LATER = _SHAPES["other_time"], _SHAPES["later"]
_DEED, _MARKET, _TRADE = _SHAPES["deed"], _SHAPES["market"], _SHAPES["trade"]


def goes_on(
    text: str, sentence: Span, position: int, *, is_next: bool = False, is_day: bool = False
) -> bool:
    """Whether the figure at `position` in `sentence` is for the time of those told before.

    `is_next` if those stand in the sentence before, `is_day` if they are for a single day.

    >>> from etl.text import Span
    >>> [goes_on(t, Span(0, len(t)), 2) for t in ("出口18亿元，增长0.9%。", "出口18亿元。")]
    [True, False]
    """
    if is_of_other_time(text, sentence, position):
        return False
    words = sentence.of(text)
    if not is_day and _TRADE.search(words):
        return False
    return bool(
        _FIGURES.search(words)
        or _BREAKDOWN.match(words)
        or (is_next and _AMOUNTS.search(words))
        or (is_next and is_day and _MARKET.search(words))
    )


def is_of_other_time(text: str, sentence: Span, position: int) -> bool:
    """Whether `sentence` speaks of a time of its own before `position`: 五年间, 近期, 预计.

    >>> from etl.text import Span
    >>> is_of_other_time("五年间建成5家", Span(0, 7), 5), is_of_other_time("建成5家", Span(0, 4), 2)
    (True, False)
    """
    return _OTHER_TIME.search(text, sentence.start, position) is not None


def is_later(text: str, sentence: Span) -> bool:
    """Whether `sentence` leaves the time of the one before.

    >>> from etl.text import Span
    >>> is_later("后来卖了5元", Span(0, 6)), is_later("卖了5元", Span(0, 4))
    (True, False)
    """
    return _LATER.match(text[sentence.start : sentence.end].lstrip()) is not None


def is_deed(text: str, sentence: Span) -> bool:
    """Whether `sentence` tells a deed without saying whose, as the next in a row does.

    >>> from etl.text import Span
    >>> is_deed("新建工厂5家", Span(0, 6)), is_deed("工厂新建5家", Span(0, 6))
    (True, False)
    """
    words = text[sentence.start : sentence.end].lstrip()
    return _DEED.match(words) is not None and not _OTHER_TIME.search(words)
