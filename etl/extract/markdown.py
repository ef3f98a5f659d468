"""Markdown bodies: rendered to HTML by a CommonMark parser, then read like any other page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

from etl.extract.html import read_html
from etl.extract.plain import is_wrapped
from etl.text import IDEOGRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Block

# The parser keeps a thousand bytes for each mark, and takes a good part of a millisecond.
_MARK = re.compile(r"[|\[\]!*_`<>~\\&]")
_MOST_MARKS = 20_000
_MOST_CHARS = 2_000_000
_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")

# Whatever could mean something to the parser, once the tags are gone; in a text that begins with a
# line end, so that no alternative has to be tried at every character.
_TAG = re.compile(r"<[^<>\n]*>")
_MEANING = re.compile(
    r"\*|_|`|\\|\][(\[:]|<[a-z]+:"
    r"|\n {0,3}(?:[-+>#]|~~~|\d{1,9}[.)]\s|=+[ \t]*$)|\n(?: {4}|\t)[ \t]*\S",
    re.MULTILINE | re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"^(?:[^\S\n]*\n)+", re.MULTILINE)
_HAN = re.compile(f"[{IDEOGRAPH}]")

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
    text = _EMBEDDED.sub("data:", text)
    is_plain = _MEANING.search("\n" + _TAG.sub("", text)) is None
    page = _BLANK_LINES.sub(_mark, text) if is_plain else _render(text)
    yield from read_html(page, lines=not is_wrapped(text))


def is_affordable(text: str) -> bool:
    """Whether parsing `text` costs no more than an article is worth.

    >>> is_affordable("[" * 100), is_affordable("[" * 100_000)
    (True, False)
    """
    if len(text) <= _MOST_MARKS:
        return True
    text = _EMBEDDED.sub("", text)
    return len(text) <= _MOST_CHARS and sum(1 for _ in _MARK.finditer(text)) <= _MOST_MARKS


def _render(text: str) -> str:
    tokens = _to_blocks(_PARSER.parse(text), text.split("\n"))
    return str(_PARSER.renderer.render(list(tokens), _PARSER.options, {}))


def _to_blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Token]:
    """The tokens, each block that stands after blank lines with a mark that counts them."""
    reached = -1
    for token in tokens:
        if token.map and token.map[0] > reached:
            reached = token.map[0]
            if gap := _count_blank(lines, reached):
                yield _to_html(f'<br data-gap="{gap}">')
        is_prose = token.type == "code_block" and _HAN.search(token.content)
        yield _to_html(html.escape(token.content)) if is_prose else token


def _count_blank(lines: Sequence[str], end: int) -> int:
    """How many lines just before line `end` are blank."""
    start = end
    while start and not lines[start - 1].strip():
        start -= 1
    return end - start


def _mark(blank_lines: re.Match[str]) -> str:
    return f'<br data-gap="{blank_lines[0].count(chr(10))}">'


def _to_html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)
