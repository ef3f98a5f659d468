"""Paragraphs: what each block is to a reader, the section it stands in, whether it repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.records import Paragraph
from etl.text import IDEOGRAPH, fold
from etl.transform.boilerplate import find_end, is_boilerplate
from etl.transform.credits import credit_kind
from etl.transform.images import is_caption

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from etl.records import Block

_LONGEST_HEADING = 32
_HAN = re.compile(rf"[{IDEOGRAPH}]")
_CLOSED = re.compile(r"[。！？!?；;，,、：:.…][”’」』）)\"']*$")
_CONTINUED = re.compile(r"^[，。、；：）”’》等]")
_ITEM = re.compile(r"^(?:\d{1,2}|[①-⑳])\D|^(?:——|[■●◆▲★•·]|（记者)")
_FIXED_HEADING = re.compile(
    r"核心(?:阅读|提示)|开栏的话|记者手记|编者按|内容提要|数读|延伸阅读|背景链接"
)
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
    if "heading" not in kinds:
        for position in _find_headings(texts, kinds):
            kinds[position] = "heading"
    return tuple(_number(texts, kinds))


def _kind(block: Block, *, is_tail: bool) -> str:
    """The kind of a block by itself; what no rule knows is body."""
    if block.kind == "heading" and not is_boilerplate(block.text):
        return "boilerplate" if is_tail else "heading"
    credit = credit_kind(block.text) if block.kind == "paragraph" else None
    if is_tail:
        return "editor" if credit == "editor" else "boilerplate"
    if is_boilerplate(block.text):
        return "boilerplate"
    if credit is not None:
        return credit
    return "caption" if block.kind == "paragraph" and is_caption(block.text) else "body"


def _find_headings(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[int]:
    """Section headings without markup: one or two short open lines above body text.

    More of them in a row are a list.
    """
    run: list[int] = []
    for position, (block, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind == "body" and _is_heading_line(block):
            run.append(position)
            continue
        if run and kind == "body" and not _CONTINUED.match(block.text):
            yield from _headings_of(run, texts)
        run = []


def _headings_of(run: Sequence[int], texts: Sequence[Block]) -> Iterator[int]:
    for position in run:
        if len(run) < _LIST_LENGTH or _FIXED_HEADING.fullmatch(texts[position].text):
            yield position


def _is_heading_line(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "paragraph"
        and len(text) <= _LONGEST_HEADING
        and len(_HAN.findall(text)) > 0
        and _CLOSED.search(text) is None
        and _ITEM.match(text) is None
        and _CONTINUED.match(text) is None
    )


def _number(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs from 1, each with the heading above it and whether its text stood before."""
    section = None
    seen: set[str] = set()
    for index, (block, kind) in enumerate(zip(texts, kinds, strict=True), 1):
        folded = fold(block.text)
        yield Paragraph(index, kind, block.text, section, folded in seen)
        seen.add(folded)
        if kind == "heading":
            section = block.text
