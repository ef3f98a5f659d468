"""Blocks out of a flat run of tags and texts."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.extract.images import to_image
from etl.extract.markup import read_attributes
from etl.records import Block
from etl.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.extract.markup import Tag

_PARTING = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body br caption center dd details dialog dir div dl dt
        fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend
        li main menu nav ol optgroup option p pre section select summary table tbody tfoot thead
        title tr ul""",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset(("td", "th"))
_CELL_MARK = "|"
_GAP = re.compile(r' data-gap="(\d{1,6})"')
_ENDS_SENTENCE = "。！？…：；”）)!?"


class BlockBuilder:
    """The block being read: its text so far, the images amid it, and what encloses it."""

    def __init__(self) -> None:
        """Begin outside of everything."""
        self._text: list[str] = []
        self._last = ""  # the last character that is not blank
        self._images: list[Block] = []
        self._level: int | None = None
        self._is_item = False
        self._has_cells = False
        self._is_code = False
        self._is_row = False
        self._gap = 0

    @property
    def keeps_lines(self) -> bool:
        """Whether a line end means nothing here: in code, and between the cells of a row."""
        return self._is_code or self._is_row

    def write(self, text: str) -> None:
        """Take text in, character references as they are."""
        self._text.append(text)
        seen = (html.unescape(text) if "&" in text else text).rstrip()
        if seen:
            self._last = seen[-1]

    def take(self, tag: Tag) -> Iterator[Block]:
        """Take a tag in; the blocks that it completes come out."""
        if tag.name in _PARTING:
            yield from self.flush()
            self._enter(tag)
        elif tag.closing:
            return
        elif tag.name == "img":
            yield from self._image(to_image(read_attributes(tag)))
        elif tag.name in _CELLS and self._last:
            self._has_cells = True
            self._text.append(_CELL_MARK)

    def flush(self) -> Iterator[Block]:
        """The block so far, and the images that stood amid its sentences."""
        if self._last and (text := clean("".join(self._text))):
            yield self._to_block(text)
        self._text.clear()
        self._last = ""
        self._has_cells = False
        if self._images:
            yield from self._images
            self._images.clear()

    def _image(self, image: Block) -> Iterator[Block]:
        """An image stands where it stands, but never parts a running sentence."""
        if self._last and self._last not in _ENDS_SENTENCE:
            self._images.append(image)
        else:
            yield from self.flush()
            yield replace(image, gap=self._take_gap())

    def _enter(self, tag: Tag) -> None:
        if match := _GAP.fullmatch(tag.attributes):
            self._gap += int(match[1])
        if tag.name in _HEADINGS:
            self._level = None if tag.closing else _HEADINGS[tag.name]
        elif tag.name in ("p", "ul", "ol", "table", "div"):
            self._level = None  # of a heading that was never closed
        if tag.name == "li":
            self._is_item = not tag.closing
        elif tag.name in ("ul", "ol"):
            self._is_item = False
        elif tag.name == "pre":
            self._is_code = not tag.closing
        self._is_row = tag.name == "tr" and not tag.closing

    def _to_block(self, text: str) -> Block:
        gap = self._take_gap()
        if self._is_code:
            return Block("code", text, gap=gap)
        if self._level:
            return Block("heading", text, level=self._level, gap=gap)
        if self._has_cells:
            return Block("table", text.rstrip("| "), gap=gap)
        return Block("list_item" if self._is_item else "paragraph", text, gap=gap)

    def _take_gap(self) -> int:
        """The blank lines before the next block, if that is made now."""
        gap, self._gap = self._gap, 0
        return gap
