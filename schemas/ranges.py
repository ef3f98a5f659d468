"""What values are stated in each unit."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, column, rule


class Ranges(Model):
    """One row per unit and measure: how many metrics, the least value and the greatest."""

    unit: pl.String = columns.unit()
    measure: pl.Enum = columns.coded(
        codes.MEASURE,
        "量度",
        "Whether the values are levels, changes, shares or multiples.",
        "数值是水平、变化、占比还是倍数。",
    )
    row_count: pl.Int64 = column("指标数", "How many metrics.", "指标的数量。", ge=1)
    lowest: pl.Float64 = column(
        "最小值",
        "The least value, or lower end of a range.",
        "最小的数值或区间下限。",
    )
    highest: pl.Float64 = column(
        "最大值",
        "The greatest value, or upper end of a range.",
        "最大的数值或区间上限。",
    )

    ends_are_ordered = rule(
        "lowest <= highest",
        zh="最小值不大于最大值。",
        en="The least value is not above the greatest.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "取值范围"
        unique = ("unit", "measure")
        metadata: ClassVar = {"zh": "每种单位和量度一行：指标数、最小值和最大值。"}
