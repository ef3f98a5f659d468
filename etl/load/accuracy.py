"""The measured accuracy that a release tells of itself, with what each figure means."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure between 0 and 1; `kind` is F1, share or overlap."""

    name: str
    value: float
    kind: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What was annotated (table → rows), and how far the release agrees with it."""

    annotated: dict[str, int]
    figures: tuple[Figure, ...]


FILE_NAME = "accuracy.toml"


@cache
def read_accuracy() -> Accuracy:
    """The figures of this version of the code.

    >>> read_accuracy().figures[0].kind
    'F1'
    """
    measured = tomllib.loads((resources.files("etl.load") / FILE_NAME).read_text("utf-8"))
    figures = (Figure(name, value, *_MEANINGS[name]) for name, value in measured["figures"].items())
    return Accuracy(measured["annotated"], tuple(figures))


_MEANINGS = {
    "metrics_found": ("F1", "找到的数量", "quantities found"),
    "metrics_strict": (
        "F1",
        "找到且单位、近似程度正确的数量",
        "quantities found with the right unit and approximation",
    ),
    "measure": ("share", "量度", "`measure` of those found"),
    "direction": ("share", "方向", "`direction`"),
    "cumulative": ("share", "累计", "`is_cumulative`"),
    "period_when_stated": ("share", "时期（原文有时）", "period, where the text states one"),
    "baseline": ("share", "基期", "baseline"),
    "region": ("share", "所涉地区（全部相同）", "regions, all of them the same"),
    "indicator": ("overlap", "指标名称（字对重合）", "indicator, as shared pairs of characters"),
    "title": ("share", "标题", "title"),
    "published": ("share", "发布时间", "publication date and time"),
    "published_from": ("share", "日期来源", "where the date was found"),
    "publisher": ("share", "发布媒体", "publisher"),
    "distributor": ("share", "转载平台", "distributor"),
    "dateline_place": ("share", "电头地点", "dateline place"),
    "byline": ("share", "作者", "authors"),
    "editor": ("share", "编辑", "editors"),
    "paragraphs_found": ("F1", "段落", "paragraphs found"),
    "paragraph_kind": ("share", "段落类别", "kind of paragraph"),
    "images_found": ("F1", "图片", "images found"),
    "image_size": ("share", "图片尺寸", "size of images"),
    "image_caption": ("share", "图片说明", "captions"),
    "image_credit": ("share", "图片署名", "credits of images"),
    "image_day": ("share", "拍摄日期", "day an image was taken"),
    "places_found": ("F1", "地名", "place names found"),
    "dates_found": ("share", "日期", "dates and periods found"),
}
