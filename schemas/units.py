"""The units that values are given in."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model, text


class Units(Model):
    """One row per unit; reference table."""

    unit: pl.String = columns.unit(references=None)
    label_zh: pl.String = text("中文名", "Chinese name.", "中文名称。")
    label_en: pl.String = text("英文名", "English name.", "英文名称。")
    quantity_kind: pl.Enum = columns.quantity_kind()
    ucum: pl.String = text(
        "UCUM 代码",
        "Code in the Unified Code for Units of Measure, where there is one.",
        "统一计量单位代码（UCUM），如有。",
        nullable=True,
    )

    class Config:
        """The table's key and Chinese description."""

        title = "单位"
        unique = ("unit",)
        metadata: ClassVar = {"zh": "每个单位一行；参照表。"}
