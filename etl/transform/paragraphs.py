"""Paragraphs: what each block is to a reader, the section it stands in, whether it repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.records import Paragraph
from etl.text import IDEOGRAPH
from etl.transform.boilerplate import find_end, find_lead, is_boilerplate
from etl.transform.credits import credit_kind
from etl.transform.images import is_caption

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from etl.records import Block

_HAN = re.compile(rf"[{IDEOGRAPH}]")
_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)\"']*$")
_OPEN_END = re.compile(
    r"[，,、.][”’」』）)\"']*$|[《（(“][^》）)”]*$|(?:其中|以及|[而和及的是离将于]|(?<!参)与)$"
)
_CONTINUED = re.compile(r"^[，,。、；：）”’》—-]|^[的等和与及]")
_ITEM = re.compile(rf"^(?:\d{{1,2}}[.、 ]?(?=[{IDEOGRAPH}“《])|[①-⑳]|——)")
_FIGURE = re.compile(r"^\d[\d.,]*(?:[%‰]|[-/.]\d+[-/.]\d|\D{0,3}$(?<!年))")
_BRACKETED = re.compile(r"^[（(][^（）()]*[）)]$")
_NO_HEADING = (_SENTENCE_END, _OPEN_END, _CONTINUED, _ITEM, _FIGURE, _BRACKETED)

_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")
_BULLET = re.compile(r"^[■●◆▲★•·]")
_FIXED = re.compile(r"核心(?:阅读|提示)|开栏的话|记者手记|编者按|内容提要|数读|延伸阅读|背景链接")
_NAMES = re.compile(rf"[（(]?[{IDEOGRAPH}]{{2,4}}(?:[ 、][{IDEOGRAPH}]{{2,4}}){{0,4}}[）)]?")

_LONGEST_HEADING, _LONGEST_NUMBERED, _LONGEST_BULLET = 32, 50, 20
_LONGEST_TEASER = 40
_LIST_LENGTH = 3


def to_paragraphs(
    texts: Sequence[Block], head: Mapping[int, str], *, is_page: bool
) -> tuple[Paragraph, ...]:
    """One paragraph for each of the blocks, which are those of a body without its images.

    `head` gives the kinds of headline, kicker and subtitle blocks by position; `is_page` says
    that the source is a scraped page, where teasers may follow the article's end.
    """
    end = find_end(texts) if is_page else len(texts)
    kinds = [head.get(i) or _kind(block, is_tail=i >= end) for i, block in enumerate(texts)]
    for position in _find_names(texts, kinds):
        kinds[position] = "byline"
    if is_page:
        for position in _find_tail(texts, kinds):
            kinds[position] = "boilerplate"
    if "heading" not in kinds:
        for position in _find_headings(texts, kinds, is_page=is_page):
            kinds[position] = "heading"
    return tuple(_number(texts, kinds))


def _kind(block: Block, *, is_tail: bool) -> str:
    """The kind of a block by itself; what no rule knows is body."""
    is_plain = block.kind == "paragraph"
    credit = credit_kind(block.text) if is_plain and not _is_prose(block.text) else None
    if is_tail or is_boilerplate(block.text):
        return "editor" if credit == "editor" else "boilerplate"
    if block.kind == "heading":
        return "heading"
    if is_plain and is_caption(block.text):
        return "caption"  # before the credits: 新华社记者 牟宇 摄
    return credit or "body"


def _is_prose(text: str) -> bool:
    """Whether a text is so plainly sentences that no credit needs to be looked for."""
    return len(text) > _LONGEST_HEADING and text.endswith(("。", "！", "？"))


def _find_names(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[int]:
    """A line of bare names between the summary and the article that it repeats."""
    lead = find_lead(texts)
    for position in range(lead + 1 if lead else 0):
        block = texts[position]
        is_open = kinds[position] == "body" and block.kind == "paragraph"
        if is_open and _NAMES.fullmatch(block.text):
            yield position


def _find_tail(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[int]:
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


def _find_headings(texts: Sequence[Block], kinds: Sequence[str], *, is_page: bool) -> Iterator[int]:
    """Section headings without markup: one or two short open lines above body text.

    More of them in a row are a list. Pages break lines where a link stood: what is broken off
    above, or not closed below, makes no heading there. In a newspaper a line with a blank line
    below it is a summary.
    """
    run: list[int] = []
    for position, (block, kind) in enumerate(zip(texts, kinds, strict=True)):
        is_line = kind == "body" and _is_heading_line(block)
        if run and not (is_line and _is_same_run(texts[run[-1]], block)):
            is_summary = not is_page and block.gap > 0
            if kind == "byline" or (kind == "body" and _is_text(block.text, is_page=is_page)):
                yield from _headings_of(run, texts) if not is_summary else ()
            run = []
        if is_line and (run or not is_page or not _is_broken(texts, kinds, position)):
            run.append(position)


def _is_same_run(above: Block, block: Block) -> bool:
    """Whether two open lines stand together: a line that ends with —— introduces its own text."""
    return not above.text.endswith("——") and not block.text.endswith("——")


def _headings_of(run: Sequence[int], texts: Sequence[Block]) -> Iterator[int]:
    for position in run:
        if len(run) < _LIST_LENGTH or _FIXED.fullmatch(texts[position].text):
            yield position


def _is_heading_line(block: Block) -> bool:
    text = block.text
    longest = _LONGEST_HEADING
    if _NUMBERED.match(text):
        longest = _LONGEST_NUMBERED
    elif _BULLET.match(text):
        longest = _LONGEST_BULLET
    return (
        block.kind == "paragraph"
        and 1 < len(text) <= longest
        and _HAN.search(text) is not None
        and not any(shape.search(text) for shape in _NO_HEADING)
    )


def _is_text(text: str, *, is_page: bool) -> bool:
    """Whether a paragraph can stand below a heading."""
    if _CONTINUED.match(text) and not text.startswith("—"):
        return False
    return not is_page or "。" in text or bool(_SENTENCE_END.search(text) or _ITEM.match(text))


def _is_broken(texts: Sequence[Block], kinds: Sequence[str], position: int) -> bool:
    """Whether a line goes on with the one above, which was broken off without closing."""
    above = texts[position - 1].text if position else ""
    return bool(
        above
        and kinds[position - 1] == "body"
        and not texts[position].gap
        and not _SENTENCE_END.search(above)
        and len(above) > _LONGEST_HEADING
    )


def _number(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs from 1, each with the heading above it and whether its text stood before."""
    section = None
    seen: set[str] = set()
    for index, (block, kind) in enumerate(zip(texts, kinds, strict=True), 1):
        yield Paragraph(index, kind, block.text, section, block.text in seen)
        seen.add(block.text)
        if kind == "heading":
            section = block.text
