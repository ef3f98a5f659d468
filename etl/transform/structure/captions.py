"""Captions: paragraphs that describe a photo, whose it is, and the day it was taken."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from etl.transform.publication.dates import resolve_day
from etl.transform.structure.shapes import load_shapes

_SHAPES = load_shapes("captions")
_CREDITED = re.compile(
    r"(?P<caption>.*(?:[。！？”）)]|(?= (?:图片|资料|新华社|本报))))? ?"
    rf"(?P<credit>{_SHAPES['credit'].pattern})。?"
)
_LONGEST = 200


def is_caption(text: str) -> bool:
    """Whether a paragraph describes or credits a photo.

    >>> is_caption("这是雄安站（无人机照片）。新华社记者 牟宇 摄")
    True
    >>> is_caption("津石高速通车，天津和石家庄之间结束折线跑历史。")
    False
    """
    if len(text) > _LONGEST or not _SHAPES["sign"].search(text):
        return False
    return bool(_SHAPES["caption"].fullmatch(text) or _CREDITED.fullmatch(text))


def split_credit(text: str) -> tuple[str | None, str | None]:
    """A caption's description and its credit.

    >>> split_credit("工人在工作（3月3日摄）。新华社记者 杨世尧 摄")
    ('工人在工作（3月3日摄）。', '新华社记者 杨世尧 摄')
    >>> split_credit("工人在工作。")
    ('工人在工作。', None)
    """
    match = _CREDITED.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return text or None, None
    return match["caption"] or None, match["credit"]


def find_day_taken(caption: str, published: date | None) -> date | None:
    """The day a photo was taken; without a year the last such day before `published`.

    >>> find_day_taken("调试设备（12月28日摄）。", date(2021, 10, 19))
    datetime.date(2020, 12, 28)
    >>> find_day_taken("调试设备（资料照片）。", date(2021, 10, 19)) is None
    True
    """
    match = _SHAPES["taken"].search(caption)
    if match is None:
        return None
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        with suppress(ValueError):  # 2月30日
            return date(int(match["year"]), month, day)
        return None
    return resolve_day(month, day, published) if published else None
