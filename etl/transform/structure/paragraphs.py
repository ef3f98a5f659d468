"""Paragraphs: what each block is to a reader, the section it stands in, whether it repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.records import Paragraph
from etl.text import IDEOGRAPH
from etl.transform.attribution.credits import credit_kind
from etl.transform.structure.boilerplate import find_end, find_lead, find_tail, is_boilerplate
from etl.transform.structure.captions import is_caption
from etl.transform.structure.headings import find_headings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from etl.records import Block

_NAMES = re.compile(rf"[（(]?[{IDEOGRAPH}]{{2,4}}(?:[ 、][{IDEOGRAPH}]{{2,4}}){{0,4}}[）)]?")
_LONGEST_CREDIT = 32


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
        for position in find_tail(texts, kinds):
            kinds[position] = "boilerplate"
    if "heading" not in kinds:
        for position in find_headings(texts, kinds, is_page=is_page):
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
    return len(text) > _LONGEST_CREDIT and text.endswith(("。", "！", "？"))


def _find_names(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[int]:
    """A line of bare names between the summary and the article that it repeats."""
    lead = find_lead(texts)
    for position in range(lead + 1 if lead else 0):
        block = texts[position]
        is_open = kinds[position] == "body" and block.kind == "paragraph"
        if is_open and _NAMES.fullmatch(block.text):
            yield position


def _number(texts: Sequence[Block], kinds: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs from 1, each with the heading above it and whether its text stood before."""
    section = None
    seen: set[str] = set()
    for index, (block, kind) in enumerate(zip(texts, kinds, strict=True), 1):
        yield Paragraph(index, kind, block.text, section, block.text in seen)
        seen.add(block.text)
        if kind == "heading":
            section = block.text
