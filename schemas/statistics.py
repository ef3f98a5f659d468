"""How complete each column is, and what its values range over."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model, column, count, text


class Statistics(Model):
    """One row per column of a table: missing values, the least and the greatest."""

    table_name: pl.String = columns.table_name()
    column_name: pl.String = text("列名", "Name of the column.", "列的名称。")
    row_count: pl.Int64 = count("行数", "Rows of the table.", "该表的行数。")
    null_count: pl.Int64 = count("缺失数", "Rows without a value.", "没有值的行数。")
    null_share: pl.Float64 = column(
        "缺失占比",
        "Share of rows without a value, rounded to four places; null for an empty table.",
        "没有值的行所占比例，四舍五入到四位小数；空表时为空。",
        nullable=True,
        ge=0,
    )
    minimum: pl.String = text(
        "最小值",
        "The least value of numbers, dates and instants, as text.",
        "数值、日期和时刻的最小值，以文本表示。",
        nullable=True,
    )
    maximum: pl.String = text(
        "最大值",
        "The greatest value of numbers, dates and instants, as text.",
        "数值、日期和时刻的最大值，以文本表示。",
        nullable=True,
    )

    nulls_are_rows = columns.rule(
        "null_count <= row_count",
        zh="缺失数不大于行数。",
        en="No more values are missing than there are rows.",
    )
    share_fits_count = columns.rule(
        "(row_count = 0) = (null_share IS NULL)",
        zh="空表且仅空表没有缺失占比。",
        en="There is a share exactly where there are rows.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "列统计"
        unique = ("table_name", "column_name")
        metadata: ClassVar = {"zh": "已发布各表的每一列一行：缺失值、最小值和最大值。"}
