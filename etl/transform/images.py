"""Content images: where they stand, their caption, who took them and when."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from etl.records import Finding, Image
from etl.text import IDEOGRAPH
from etl.transform.dates import resolve_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.records import Block, Paragraph

_ICON_SIDE = 32
_ICON_URL = re.compile(
    r"_w(\d{1,3})_h(\d{1,3})\.|/(?:icons?|logo|emoji|blank|spacer|pixel)\b", re.IGNORECASE
)

_CREDIT = (
    r"(?:[^。！？；，（(]{0,24}?(?:摄影?|供图|制图|绘图?)(?:[（(][^（）()]{1,20}[）)])?"
    r"|[^。！？；，]{2,12}(?:社|网|报)发(?:[（(][^（）()]{1,20}[）)])?"
    r"|[（(]?(?:图片?(?:来源|源自|来自)|资料图)[：:]?[^。！？；，]{0,20}[）)]?)"
)
_CREDITED = re.compile(
    rf"(?P<caption>.*(?:[。！？”）)]|(?= (?:图片|资料|新华社|本报))))? ?(?P<credit>{_CREDIT})。?"
)
_CAPTION = re.compile(
    r"(?:图为|(?:上|下|左|右|本版|题)图[：:为]|图[①-⑳\d一二三四五六]{1,2}[：:]|资料图).{2,}"
    r"|.{4,}[（(](?!见)[^（）()]*(?:摄|照片|资料图|供图)[^（）()]*[）)][。]?"
)
_LONGEST_CAPTION = 200
_TAKEN = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日[^，。；]{0,12}?(?:拍摄|摄)"
)


def is_caption(text: str) -> bool:
    """Whether a paragraph describes or credits a photo.

    >>> is_caption("这是雄安站（无人机照片）。新华社记者 牟宇 摄")
    True
    >>> is_caption("津石高速通车，天津和石家庄之间结束折线跑历史。")
    False
    """
    if len(text) > _LONGEST_CAPTION:
        return False
    return bool(_CAPTION.fullmatch(text) or _CREDITED.fullmatch(text))


def split_credit(text: str) -> tuple[str | None, str | None]:
    """A caption's description and its credit.

    >>> split_credit("工人在工作（3月3日摄）。新华社记者 杨世尧 摄")
    ('工人在工作（3月3日摄）。', '新华社记者 杨世尧 摄')
    >>> split_credit("工人在工作。")
    ('工人在工作。', None)
    """
    if match := _CREDITED.fullmatch(text):
        return match["caption"] or None, match["credit"]
    return text or None, None


def find_images(
    blocks: Sequence[Block], paragraphs: Sequence[Paragraph], published: date | None
) -> tuple[tuple[Image, ...], tuple[Finding, ...]]:
    """The content images of a document in reading order; icons are left out with a finding.

    `paragraphs` are those of the same blocks, one for each block that is no image. A caption
    that follows belongs to the image directly before it; a day without a year is the last
    such day before `published`.
    """
    images: list[Image] = []
    findings: list[Finding] = []
    before = 0
    for position, block in enumerate(blocks):
        if block.kind != "image":
            before += 1
        elif _is_icon(block):
            findings.append(Finding("image_left_out", block.url or ""))
        else:
            follows = blocks[position + 1] if position + 1 < len(blocks) else None
            described = follows is not None and follows.kind != "image"
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
    return block.text if re.search(rf"[{IDEOGRAPH}]{{4}}", block.text) else ""


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
        taken_on=_taken_on(caption or "", published),
    )


def _taken_on(caption: str, published: date | None) -> date | None:
    match = _TAKEN.search(caption)
    if match is None:
        return None
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        with suppress(ValueError):  # 2月30日
            return date(int(match["year"]), month, day)
        return None
    return resolve_day(month, day, published) if published else None
