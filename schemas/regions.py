"""The regions that texts name."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, column, rule, text


class Regions(Model):
    """One row per region: administrative divisions, named areas, groups; reference table."""

    region_code: pl.String = columns.region_code(references=None)
    name_zh: pl.String = text("中文名", "Full Chinese name.", "中文全称。")
    name_en: pl.String = text("英文名", "English name.", "英文名称。")
    level: pl.Enum = columns.coded(
        codes.REGION_LEVEL,
        "级别",
        "What sort of region it is.",
        "地区的级别。",
    )
    parent_code: pl.String = text(
        "上级代码",
        "The region it belongs to.",
        "所属的上级地区。",
        nullable=True,
        references="regions.region_code",
    )
    adcode: pl.String = column(
        "行政区划代码",
        "Six-digit code of GB/T 2260; null for areas and groups.",
        "GB/T 2260 六位行政区划代码；功能区和区域组合为空。",
        nullable=True,
        str_matches=r"^[0-9]{6}$",
    )

    not_its_own_parent = rule(
        "parent_code IS NULL OR parent_code <> region_code",
        zh="地区不是自身的上级。",
        en="No region is its own parent.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "地区"
        unique = ("region_code",)
        metadata: ClassVar = {"zh": "每个地区一行：行政区划、功能区、区域组合；参照表。"}
