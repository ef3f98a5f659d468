"""Section headings without markup: short open lines above the text of a section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.text import IDEOGRAPH
from etl.transform.structure.shapes import load_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Block

_SHAPES = load_shapes("headings")
_HAN = re.compile(rf"[{IDEOGRAPH}]")
_LONGEST_HEADING, _LONGEST_NUMBERED, _LONGEST_BULLET = 32, 50, 20
_LIST_LENGTH = 3


def find_headings(texts: Sequence[Block], kinds: Sequence[str], *, is_page: bool) -> Iterator[int]:
    """Section headings without markup: one or two short open lines above body text.

    More of them in a row are a list. Pages break lines where a link stood: what is broken off
    above, or not closed below, makes no heading there. In a newspaper a line with a blank line
    below it is a summary.
    """
    run: list[int] = []
    for position, (block, kind) in enumerate(zip(texts, kinds, strict=True)):
        is_line = kind == "body" and _is_heading_line(block)
        if run and not (is_line and _is_same_run(texts[run[-1]], block)):
            is_summary = not is_page and block.gap > 0
            if kind == "byline" or (kind == "body" and _is_text(block.text, is_page=is_page)):
                yield from _headings_of(run, texts) if not is_summary else ()
            run = []
        if is_line and (run or not is_page or not _is_broken(texts, kinds, position)):
            run.append(position)


def _is_same_run(above: Block, block: Block) -> bool:
    """Whether two open lines stand together: a line that ends with —— introduces its own text."""
    return not above.text.endswith("——") and not block.text.endswith("——")


def _headings_of(run: Sequence[int], texts: Sequence[Block]) -> Iterator[int]:
    for position in run:
        if len(run) < _LIST_LENGTH or _has_shape(texts[position].text, "fixed"):
            yield position


def _is_heading_line(block: Block) -> bool:
    text = block.text
    longest = _LONGEST_HEADING
    if _has_shape(text, "numbered"):
        longest = _LONGEST_NUMBERED
    elif _has_shape(text, "bullet"):
        longest = _LONGEST_BULLET
    return (
        block.kind == "paragraph"
        and 1 < len(text) <= longest
        and _HAN.search(text) is not None
        and not _has_shape(text, "closed", "item", "no", "broken")
    )


def _is_text(text: str, *, is_page: bool) -> bool:
    """Whether a paragraph can stand below a heading."""
    if _has_shape(text, "broken"):
        return False
    return not is_page or "。" in text or _has_shape(text, "closed", "item")


def _is_broken(texts: Sequence[Block], kinds: Sequence[str], position: int) -> bool:
    """Whether a line goes on with the one above, which was broken off without closing."""
    above = texts[position - 1].text if position else ""
    return bool(
        above
        and kinds[position - 1] == "body"
        and not texts[position].gap
        and not _has_shape(above, "closed")
        and len(above) > _LONGEST_HEADING
    )


def _has_shape(text: str, *parts: str) -> bool:
    return any(_SHAPES[part].search(text) for part in parts)
