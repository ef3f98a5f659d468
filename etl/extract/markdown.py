"""Markdown bodies: rendered to HTML by a CommonMark parser, then read like any other page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

from etl.extract.html import read_html
from etl.extract.plain import is_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Block

# The parser keeps a thousand bytes for each mark, and a good part of a millisecond.
_MARK = re.compile(r"[|\[\]!*_`<>~\\&]")
_MOST_MARKS = 20_000
_MOST_CHARS = 2_000_000
_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")

_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def is_affordable(text: str) -> bool:
    """Whether parsing `text` costs no more than an article is worth.

    >>> is_affordable("[" * 100), is_affordable("[" * 100_000)
    (True, False)
    """
    marks = sum(1 for _ in _MARK.finditer(text))
    return marks <= _MOST_MARKS and len(text) - _count_embedded(text) <= _MOST_CHARS


def read_markdown(text: str) -> Iterator[Block]:
    r"""The blocks of a Markdown body.

    Scraped posts end every paragraph with a single line end; only where lines were wrapped at
    a width does Markdown's own rule hold that they are one paragraph.

    >>> [(b.kind, b.text) for b in read_markdown("## 一体化\n北京。\n天津。\n\n- 河北")]
    [('heading', '一体化'), ('paragraph', '北京。'), ('paragraph', '天津。'), ('list_item', '河北')]
    >>> list(read_markdown("<!-- more -->"))
    []
    """
    text = _EMBEDDED.sub("data:", text)
    tokens = list(_mark_gaps(_PARSER.parse(text), text.split("\n")))
    page = _PARSER.renderer.render(tokens, _PARSER.options, {})
    yield from read_html(page, lines=not is_wrapped(text))


def _count_embedded(text: str) -> int:
    return sum(match.end() - match.start() for match in _EMBEDDED.finditer(text))


def _mark_gaps(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Token]:
    """The tokens, each block that stands after blank lines with a mark that counts them."""
    reached = -1
    for token in tokens:
        if token.map and token.map[0] > reached:
            reached = token.map[0]
            gap = _count_blank(lines, reached)
            if gap:
                yield Token("html_block", "", 0, content=f'<br data-gap="{gap}">')
        yield token


def _count_blank(lines: Sequence[str], end: int) -> int:
    """How many lines just before line `end` are blank."""
    start = end
    while start and not lines[start - 1].strip():
        start -= 1
    return end - start
