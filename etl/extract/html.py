"""HTML bodies: blocks in the order a reader meets them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.extract.images import to_image
from etl.extract.markup import Tag, read_attributes, read_tokens
from etl.records import Block
from etl.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_CELL_MARK = " | "
_GAP = re.compile(r' data-gap="(\d{1,6})"')
_ENDS_SENTENCE = "。！？…：；”）)!?"


def read_html(markup: str, *, lines: bool = False) -> Iterator[Block]:
    """The blocks of an HTML fragment; with `lines`, a line end parts blocks like a `<br>`.

    An image stands where it stands in the text, but never parts a running sentence. What comes
    from lines of text may say `<br data-gap="2">`: two blank lines stand here.

    >>> [block.text for block in read_html("<p>京津<b>冀</b></p>协同<br>发展")]
    ['京津冀', '协同', '发展']
    >>> list(read_html("<div> &nbsp;</div>"))
    []
    """
    builder = _Builder()
    for token in read_tokens(markup):
        if isinstance(token, Tag):
            yield from builder.tag(token)
        elif lines and "\n" in token and not builder.preformatted:
            for number, line in enumerate(token.split("\n")):
                if number:
                    yield from builder.flush()
                builder.write(line)
        else:
            builder.write(token)
    yield from builder.flush()


class _Builder:
    """The block being read: its text so far, its images, and what encloses it."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._images: list[Block] = []
        self._level: int | None = None
        self._is_item = False
        self._has_cells = False
        self._gap = 0
        self.preformatted = False

    def write(self, text: str) -> None:
        self._text.append(text)

    def tag(self, tag: Tag) -> Iterator[Block]:
        """Take a tag in; what it completes comes out."""
        if tag.name == "img":
            if not tag.closing:
                yield from self._image(to_image(read_attributes(tag)))
        elif tag.name in _CELLS:
            if not tag.closing and self._has_text():
                self._has_cells = True
                self._text.append(_CELL_MARK)
        elif tag.name in _PARTING:
            yield from self.flush()
            self._enter(tag)

    def flush(self) -> Iterator[Block]:
        """The block so far, and the images that stood amid its sentences."""
        if self._text:
            if text := clean("".join(self._text)):
                yield self._after_gap(self._to_block(text))
            self._text.clear()
        self._has_cells = False
        if self._images:
            yield from self._images
            self._images.clear()

    def _after_gap(self, block: Block) -> Block:
        gap, self._gap = self._gap, 0
        return replace(block, gap=gap) if gap else block

    def _image(self, image: Block) -> Iterator[Block]:
        text = clean("".join(self._text)) if self._text else ""
        if text and text[-1] not in _ENDS_SENTENCE:
            self._images.append(image)
        else:
            yield from self.flush()
            yield self._after_gap(image)

    def _enter(self, tag: Tag) -> None:
        if match := _GAP.fullmatch(tag.attributes):
            self._gap += int(match[1])
        if tag.name in _HEADINGS:
            self._level = None if tag.closing else _HEADINGS[tag.name]
        elif tag.name in ("p", "ul", "ol", "table", "div"):
            self._level = None
        if tag.name == "li":
            self._is_item = not tag.closing
        elif tag.name in ("ul", "ol"):
            self._is_item = False
        elif tag.name == "pre":
            self.preformatted = not tag.closing

    def _to_block(self, text: str) -> Block:
        if self.preformatted:
            return Block("code", text)
        if self._level:
            return Block("heading", text, level=self._level)
        if self._has_cells:
            return Block("table", text)
        return Block("list_item" if self._is_item else "paragraph", text)

    def _has_text(self) -> bool:
        return any(part.strip() for part in self._text)
