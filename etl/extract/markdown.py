"""Markdown bodies: rendered to HTML by a CommonMark parser, then read like any other page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

from etl.extract.html import read_html
from etl.extract.plain import is_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Block

_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def read_markdown(text: str) -> Iterator[Block]:
    r"""The blocks of a Markdown body.

    Scraped posts end every paragraph with a single line end; only where lines were wrapped at
    a width does Markdown's own rule hold that they are one paragraph.

    >>> [(b.kind, b.text) for b in read_markdown("## 一体化\n北京。\n天津。\n\n- 河北")]
    [('heading', '一体化'), ('paragraph', '北京。'), ('paragraph', '天津。'), ('list_item', '河北')]
    >>> list(read_markdown("<!-- more -->"))
    []
    """
    tokens = list(_mark_gaps(_PARSER.parse(text), text.split("\n")))
    page = _PARSER.renderer.render(tokens, _PARSER.options, {})
    yield from read_html(page, lines=not is_wrapped(text))


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
