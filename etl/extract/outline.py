"""The elements of a web page as numbers in reading order, and the blocks that stand in them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from etl.extract.blocks import BlockBuilder
from etl.extract.markup import Tag, read_attributes, read_tokens
from etl.grammar import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.records import Block

_TABLE = read_table("pages")["aside"]
_ASIDE_WORDS = frozenset(_TABLE["words"])
_ASIDE_TAGS = frozenset(_TABLE["tags"])
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_ELEMENTS = _ASIDE_TAGS | frozenset(
    re.findall(
        r"\w+",
        """address article blockquote center dd details div dl dt fieldset figure header hgroup li
        main menu ol section table tbody td tr ul""",
    )
)
_CLOSED_BY_THEIR_LIKE = frozenset(("li", "td", "tr", "dd", "dt"))


class Placed(NamedTuple):
    """A block, the element it stands in, whether that is an aside, and its share of links."""

    block: Block
    element: int
    is_aside: bool
    linked: float


class Outline:
    """Elements numbered as they open, 0 the page; so an element's own are the next numbers."""

    def __init__(self) -> None:
        """A page with nothing on it."""
        self.parents = [0]
        self._ends: dict[int, int] = {}

    def add(self, parent: int) -> int:
        """Number a new element within `parent`."""
        self.parents.append(parent)
        return len(self.parents) - 1

    def close(self, element: int) -> None:
        """Nothing added from now on stands in `element`."""
        self._ends[element] = len(self.parents)

    def holds(self, outer: int, inner: int) -> bool:
        """Whether `inner` is `outer` or stands in it."""
        return outer <= inner < self._ends.get(outer, len(self.parents))

    def sum_up(self, weights: Iterable[tuple[int, int]]) -> list[int]:
        """What each element weighs together with all that stands in it."""
        totals = [0] * len(self.parents)
        for element, weight in weights:
            totals[element] += weight
        for element in range(len(totals) - 1, 0, -1):
            totals[self.parents[element]] += totals[element]
        return totals


def place(markup: str) -> tuple[Outline, list[Placed]]:
    """The outline of a page, and its blocks in reading order.

    >>> outline, placed = place("<div class=nav><a>首页</a></div><div><p>正文</div>")
    >>> [(item.block.text, item.element, item.is_aside, item.linked) for item in placed]
    [('首页', 1, True, 1.0), ('正文', 2, False, 0.0)]
    """
    reader = _Reader()
    return reader.outline, list(reader.read(markup))


class _Reader:
    """Where on the page the reading is: the open elements, and how many of each name."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._open: list[tuple[str, int, bool]] = [("", 0, False)]
        self._names: Counter[str] = Counter()
        self._written = self._linked = 0
        self._in_link = False

    def read(self, markup: str) -> Iterator[Placed]:
        builder = BlockBuilder()
        for token in read_tokens(markup):
            if isinstance(token, str):
                builder.write(token)
                self._count(len(token.strip()))
                continue
            yield from map(self._place, builder.take(token))
            self._take(token)
        yield from map(self._place, builder.flush())

    def _place(self, block: Block) -> Placed:
        _, element, is_aside = self._open[-1]
        linked = self._linked / self._written if self._written else 0.0
        if block.kind != "image":
            self._written = self._linked = 0
        return Placed(block, element, is_aside, linked)

    def _count(self, length: int) -> None:
        self._written += length
        self._linked += length if self._in_link else 0

    def _take(self, tag: Tag) -> None:
        if tag.name == "a":
            self._in_link = not tag.closing
        elif tag.name in _ELEMENTS:
            if tag.closing:
                self._close(tag.name)
            else:
                if tag.name in _CLOSED_BY_THEIR_LIKE and self._open[-1][0] == tag.name:
                    self._close(tag.name)
                self._enter(tag)

    def _enter(self, tag: Tag) -> None:
        _, parent, is_aside = self._open[-1]
        element = self.outline.add(parent)
        self._open.append((tag.name, element, is_aside or _is_aside(tag)))
        self._names[tag.name] += 1

    def _close(self, name: str) -> None:
        """Close the nearest open element of that name, and all that was left open in it."""
        while self._names[name]:
            closed, element, _ = self._open.pop()
            self.outline.close(element)
            self._names[closed] -= 1
            if closed == name:
                return


def _is_aside(tag: Tag) -> bool:
    if tag.name in _ASIDE_TAGS:
        return True
    if not tag.attributes.strip():
        return False
    attributes = read_attributes(tag)
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    words = (word.lower() for word in _WORD.findall(names))
    return not _ASIDE_WORDS.isdisjoint(words) or bool(_HIDDEN.search(attributes.get("style", "")))
