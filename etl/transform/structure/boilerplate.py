"""What a site puts around an article: app and sharing lines, copyright, teasers behind the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.transform.structure.shapes import load_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Block

_LINE = load_shapes("boilerplate")["line"]
_LONGEST = 300
_END_GAP = 2
_SHORTEST = 2
_LONGEST_TEASER = 40


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph's text is a line of the site.

    >>> is_boilerplate("更多视频评论请扫描二维码")
    True
    >>> is_boilerplate("二维码支付已在全国推开。")
    False
    """
    return len(text) <= _LONGEST and _LINE.fullmatch(text) is not None


def find_end(texts: Sequence[Block]) -> int:
    """The position behind the article's last block; teasers for other articles follow it.

    A page that was scraped line by line has no blank lines inside the article, but two or more
    where the site's own part begins. Before that the summary may stand, with blank lines of
    its own behind it; the article then begins where the summary is repeated.
    """
    lead = find_lead(texts)
    gaps = 0
    for position in range(lead + 1, len(texts)):
        gap = texts[position].gap
        if gap >= _END_GAP and position >= _SHORTEST and gaps * 5 <= position - lead:
            return position
        gaps += gap > 0
    return len(texts)


def find_tail(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[int]:
    """Short open lines behind the last text that stand among the site's: titles of others."""
    tail: list[int] = []
    for position in reversed(range(len(texts))):
        kind, text = kinds[position], texts[position].text
        if kind in ("editor", "boilerplate"):
            yield from tail
            tail = []
        elif kind == "body" and len(text) <= _LONGEST_TEASER and "。" not in text:
            tail.append(position)
        else:
            return


def find_lead(texts: Sequence[Block]) -> int:
    """The position of the article's first paragraph: behind a summary that repeats it, or 0."""
    repeats = (i for i, block in enumerate(texts) if i and block.text == texts[0].text)
    return next(repeats, 0)
