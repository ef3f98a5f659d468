"""Whole web pages: the article, without what the site puts around it.

An article is where the prose is: the smallest element that holds most of it. What leads to
it (headline, date, source) stands between the headline and there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.extract.outline import Placed, place
from etl.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.extract.outline import Outline
    from etl.records import Block

_PAGE = re.compile(
    r"\s*+(?:<!--.{0,2000}?-->\s*+|<\?xml[^>]{0,200}>\s*+)*+(?:<!doctype\s+html|<html\b|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"[。！？；!?]")

_MOST_OF_IT = 0.7
_LONG_LINE = 30
_LINKED = 0.5
_NEAR_ABOVE, _FEW_ABOVE, _NEAR_BELOW = 24, 5, 3
_SHORTEST_TITLE, _SHORT_LINE = 5, 60
_TITLE_LEVEL = 2  # h1 or h2


def is_page(markup: str) -> bool:
    """Whether `markup` is a web page rather than a piece of one.

    >>> is_page("<!DOCTYPE html><p>正文"), is_page("<div><p>正文</p></div>")
    (True, False)
    """
    return _PAGE.match(markup) is not None


class Page(NamedTuple):
    """The article's blocks, and how many blocks of the site around it were left out."""

    blocks: list[Block]
    left_out: int


def read_page(markup: str, title: str = "") -> Page:
    """The article on a page whose head says that it is called `title`.

    >>> page = "<body><ul><li><a href=a>首页</a></ul><h1>题</h1><div><p>第一段。<p>第二段。</div>"
    >>> [block.text for block in read_page(page).blocks], read_page(page).left_out
    (['题', '第一段。', '第二段。'], 1)
    >>> read_page("<html></html>")
    Page(blocks=[], left_out=0)
    """
    outline, everything = place(markup)
    kept = [item.block for item in _find_article(outline, everything, title)]
    return Page(kept, len(everything) - len(kept))


def _find_article(outline: Outline, placed: Sequence[Placed], title: str) -> Iterator[Placed]:
    placed = _without_asides(placed)
    main = _find_main(outline, placed)
    inside = [n for n, item in enumerate(placed) if outline.holds(main, item.element)]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    yield from _above(outline, main, placed[:first], title)
    yield from (item for item in placed[first : last + 1] if not _is_link(item))
    yield from _below(outline, main, placed[last + 1 :])


def _without_asides(placed: Sequence[Placed]) -> list[Placed]:
    """What stands in no aside; all of it, if the words must be wrong for this page."""
    prose = sum(map(_weigh, placed))
    kept = [item for item in placed if not item.is_aside]
    return kept if sum(map(_weigh, kept)) * 2 >= prose else list(placed)


def _find_main(outline: Outline, placed: Sequence[Placed]) -> int:
    """The smallest element with most of the prose, and its parent where that has more of it."""
    prose = outline.sum_up((item.element, _weigh(item)) for item in placed)
    other = outline.sum_up(
        (item.element, len(item.block.text)) for item in placed if not _weigh(item)
    )
    least = max(1, _MOST_OF_IT * prose[0])
    main = max(element for element, weight in enumerate(prose) if weight >= least or not element)
    while main and (parent := outline.parents[main]):
        gain = prose[parent] - prose[main]
        if not gain or gain < other[parent] - other[main]:
            break
        main = parent
    return main


def _above(outline: Outline, main: int, before: Sequence[Placed], title: str) -> Iterator[Placed]:
    """The headline and what stands with it above the article: date, source, author."""
    near = [item for item in before[-_NEAR_ABOVE:] if item.block.kind != "image"]
    heads = [n for n, item in enumerate(near) if _is_headline(item, title)]
    if not heads:
        yield from _neighbours(outline, main, near)
        return
    head = near[heads[-1]]
    lead = near[heads[-1] + 1 :]
    home = head.element
    if not any(outline.holds(home, item.element) for item in lead):
        home = outline.parents[home]
    yield head
    together = (item for item in lead if outline.holds(home, item.element))
    yield from (item for item in together if item.linked < _LINKED)


def _neighbours(outline: Outline, main: int, near: Sequence[Placed]) -> Sequence[Placed]:
    """What shares an element with the article, as long as that is little and leads nowhere."""
    found: Sequence[Placed] = ()
    while main := outline.parents[main]:
        inside = [item for item in near if outline.holds(main, item.element)]
        if len(inside) > _FEW_ABOVE or any(item.linked >= _LINKED for item in inside):
            break
        found = inside
    return found


def _below(outline: Outline, main: int, after: Sequence[Placed]) -> Iterator[Placed]:
    """Short lines right below the article: who edited it."""
    home = outline.parents[main]
    for item in after[:_NEAR_BELOW]:
        block = item.block
        is_line = block.kind not in ("image", "heading") and len(block.text) <= _SHORT_LINE
        if not is_line or item.linked >= _LINKED or not outline.holds(home, item.element):
            return
        yield item


def _is_headline(item: Placed, title: str) -> bool:
    if item.block.level is not None:
        return item.block.level <= _TITLE_LEVEL and not item.linked
    text = fold(item.block.text)
    return len(text) >= _SHORTEST_TITLE and text in fold(title)


def _is_link(item: Placed) -> bool:
    """Whether a block only leads elsewhere."""
    text = item.block.text
    return item.block.kind != "image" and item.linked > _LINKED and not _SENTENCE.search(text)


def _weigh(item: Placed) -> int:
    """How much prose a block is: characters outside of links, in sentences."""
    text = item.block.text
    if item.block.kind == "image" or not (_SENTENCE.search(text) or len(text) >= _LONG_LINE):
        return 0
    return round(len(text) * (1 - item.linked))
