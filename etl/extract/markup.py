"""HTML as a flat run of tags and text, in one pass.

Tree builders are quadratic in nesting and can multiply unclosed formatting elements without
bound: 100,000 nested `<div>` take lexbor 20 s, 5,000 times `<font><p>` take it 4.5 GB. Blocks,
images and text need no tree; the tokens of the HTML standard are enough, and linear.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tag(NamedTuple):
    """An opening or closing tag; `attributes` as written."""

    name: str
    closing: bool = False
    attributes: str = ""


# Possessive throughout: what was read is never read again.
_TAG = re.compile(
    r"<(/?)([A-Za-z][^\s/>]*+)"
    r"((?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)>"
)
_PLAIN_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)([^<>]*+)>")
_TAG_START = re.compile(r"</?[A-Za-z]")
_CUT_TAG = re.compile(r"</?[A-Za-z][^<>\u3000-\u9fff]{0,999}\Z")
_ATTRIBUTE = re.compile(
    r"([^\s\"'>/=][^\s>/=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++)))?"
)
_RAW_TEXT = frozenset(("script", "style", "noscript", "iframe", "template", "xmp", "noembed"))


def read_tokens(markup: str) -> Iterator[Tag | str]:
    """The tags and texts of `markup` in order; comments, scripts and styles are left out.

    Character references are not decoded. What is no tag by the standard is text.

    >>> list(read_tokens("<p class=a>增长<b>5%</b><!-- more --> 3<5</P>"))[1:4]
    ['增长', Tag(name='b', closing=False, attributes=''), '5%']
    >>> list(read_tokens("")), list(read_tokens("3 < 5"))
    ([], ['3 ', '<', ' 5'])
    """
    tag, ends = _TAG, _Ends(markup)
    position = 0
    while (start := markup.find("<", position)) >= 0:
        if start > position:
            yield markup[position:start]
        match = tag.match(markup, start)
        if match is None and tag is _TAG and _TAG_START.match(markup, start):
            tag = _PLAIN_TAG  # from here on no tag ends: read the rest without quotes
            match = tag.match(markup, start)
        if match is None and _CUT_TAG.match(markup, start):
            return
        if match is None:
            position = ends.of_declaration(start)
            if position == start:
                yield "<"
                position += 1
            continue
        position = match.end()
        name = match[2].lower()
        if name in _RAW_TEXT:
            position = position if match[1] else ends.of_raw_text(name, position)
        else:
            yield Tag(name, bool(match[1]), match[3])
    if position < len(markup):
        yield markup[position:]


def read_attributes(tag: Tag) -> dict[str, str]:
    """The attributes of a tag, names in lower case, values decoded; the first of a name counts.

    >>> read_attributes(Tag("img", False, ' SRC="a.png?x=1&amp;y=2" width=16 hidden'))
    {'src': 'a.png?x=1&y=2', 'width': '16', 'hidden': ''}
    >>> read_attributes(Tag("p"))
    {}
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag.attributes):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


class _Ends:
    """Where comments and raw texts end; what was once sought in vain is not sought again."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._missing: set[str] = set()

    def of_declaration(self, start: int) -> int:
        """The end of a comment or declaration at `start`; `start` if there is none."""
        if self._markup.startswith("<!--", start):
            end = self._find("-->", start + 2)
        elif self._markup.startswith("<![CDATA[", start):
            return start + len("<![CDATA[")
        elif self._markup.startswith(("<!", "<?", "</"), start):
            end = self._find(">", start + 2)
        else:
            return start
        return end if end >= 0 else start

    def of_raw_text(self, name: str, start: int) -> int:
        """The end of an element whose content is no text; `start` if it is never closed."""
        closing = f"</{name}"
        if closing in self._missing:
            return start
        match = re.compile(closing + r"[\s/>]", re.IGNORECASE).search(self._markup, start)
        if match is None:
            self._missing.add(closing)
            return start
        return match.start()

    def _find(self, needle: str, start: int) -> int:
        if needle in self._missing:
            return -1
        found = self._markup.find(needle, start)
        if found < 0:
            self._missing.add(needle)
            return -1
        return found + len(needle)
