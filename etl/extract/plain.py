"""Plain newspaper text: a line is a paragraph, unless an editor wrapped the lines."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from etl.records import Block
from etl.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_INDENT = re.compile(r"\s{2}|\u3000")
_SENTENCE_END = re.compile(r"[。！？…：；.!?:;”」』）)]\s*$")

_SAMPLE = 50_000  # characters that tell how the rest is written
_FULL, _MOST, _MANY = 0.75, 0.8, 0.6
_NARROWEST, _WIDEST = 36, 120  # columns
_FEWEST = 2  # broken lines: one break proves nothing


def read_plain(text: str) -> Iterator[Block]:
    r"""A block for each paragraph of `text`.

    >>> [block.text for block in read_plain("标题\n\n　　第一段。\n　　第二段。")]
    ['标题', '第一段。', '第二段。']
    >>> list(read_plain(" \n"))
    []
    """
    gap = 0
    for paragraph in _unwrap(text) if is_wrapped(text) else StringIO(text):
        if not paragraph.isspace() and (line := clean(paragraph)):
            yield Block("paragraph", line, gap=gap)
            gap = 0
        else:
            gap += 1


def is_wrapped(text: str) -> bool:
    r"""Whether the lines of `text` were broken at a width rather than where paragraphs end.

    Wrapped lines are about as wide as the widest, most break amid a sentence, and most
    paragraphs end with one. Teasers cut off at a length never do.

    >>> is_wrapped("第一段的话。\n第二段的话，稍微长一些。\n第三段。")
    False
    """
    paragraphs = [part.splitlines() for part in _unwrap(text[:_SAMPLE]) if part]
    inner = [line for lines in paragraphs for line in lines[:-1]]
    if len(inner) < _FEWEST or max(map(len, inner)) > _WIDEST:
        return False
    widths = [_width(line) for line in inner]
    if not _NARROWEST <= max(widths) <= _WIDEST:
        return False
    wrapped = [lines for lines in paragraphs if len(lines) > 1]
    full = sum(width >= _FULL * max(widths) for width in widths)
    amid = sum(not _SENTENCE_END.search(line) for line in inner)
    ended = sum(_SENTENCE_END.search(lines[-1]) is not None for lines in wrapped)
    return (
        full >= _MOST * len(inner) and amid >= _MANY * len(inner) and ended >= _MANY * len(wrapped)
    )


def _unwrap(text: str) -> Iterator[str]:
    """Paragraphs of wrapped text: a blank line or an indented line starts one."""
    start: list[str] = []
    for line in StringIO(text):
        is_blank = line.isspace()
        if start and (is_blank or _INDENT.match(line)):
            yield "".join(start)
            start = []
        if is_blank:
            yield ""
        else:
            start.append(line)
    yield "".join(start)


def _width(line: str) -> int:
    """Columns on a terminal: a Han character takes two, as it takes bytes in GBK."""
    return len(line.encode("gb18030", "replace"))
