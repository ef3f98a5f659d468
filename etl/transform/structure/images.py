"""Content images: where they stand and which caption is theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.records import Finding, Image
from etl.text import IDEOGRAPH
from etl.transform.structure.captions import find_day_taken, split_credit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from etl.records import Block, Paragraph

_ICON_SIDE = 32
_ICON_URL = re.compile(
    r"_w(\d{1,3})_h(\d{1,3})\.|/(?:icons?|logo|emoji|blank|spacer|pixel)\b", re.IGNORECASE
)
_WORDS = re.compile(rf"[{IDEOGRAPH}]{{4}}")


def find_images(
    blocks: Sequence[Block], paragraphs: Sequence[Paragraph], published: date | None
) -> tuple[tuple[Image, ...], tuple[Finding, ...]]:
    """The content images of a document in reading order; icons are left out with a finding.

    `paragraphs` are those of the same blocks, one for each block of text. A caption
    that follows belongs to the image directly before it; a day without a year is the last
    such day before `published`.
    """
    images: list[Image] = []
    findings: list[Finding] = []
    before = 0
    for position, block in enumerate(blocks):
        if block.kind != "image":
            before += bool(block.text)
        elif _is_icon(block):
            findings.append(Finding("image_left_out", block.url or ""))
        else:
            follows = blocks[position + 1] if position + 1 < len(blocks) else None
            described = follows is not None and follows.kind != "image" and follows.text
            caption = _caption(block, paragraphs[before] if described else None)
            images.append(_to_image(len(images) + 1, block, before, caption, published))
    return tuple(images), tuple(findings)


def _is_icon(block: Block) -> bool:
    sides = (block.width, block.height)
    if any(side is not None and side <= _ICON_SIDE for side in sides) or not block.url:
        return True
    match = _ICON_URL.search(block.url)
    if match is None:
        return False
    return match[1] is None or min(int(match[1]), int(match[2])) <= _ICON_SIDE


def _caption(block: Block, follows: Paragraph | None) -> str:
    if follows is not None and follows.kind == "caption":
        return follows.text
    return block.text if _WORDS.search(block.text) else ""


def _to_image(index: int, block: Block, before: int, text: str, published: date | None) -> Image:
    caption, credit = split_credit(text)
    return Image(
        index=index,
        url=block.url or "",
        paragraph_index=before or None,
        width=block.width,
        height=block.height,
        caption=caption,
        credit=credit,
        taken_on=find_day_taken(caption or "", published),
    )
