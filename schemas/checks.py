"""What was checked, and on how many rows."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, count, text


class Checks(Model):
    """One row per rule that a release was checked by, with the rows it examined and that failed."""

    table_name: pl.String = columns.table_name()
    kind: pl.Enum = columns.coded(
        codes.CHECK_KIND,
        "检查类别",
        "What sort of check it is.",
        "检查的类别。",
    )
    check_name: pl.String = text(
        "检查名称",
        "Name of the check within its table and kind: a rule's own name, or the columns it is "
        "about.",
        "检查在该表该类别中的名称：规则名，或所涉及的列。",
    )
    description_zh: pl.String = text(
        "中文说明",
        "What holds for each row, in Chinese.",
        "每行应满足的条件（中文）。",
    )
    description_en: pl.String = text(
        "英文说明",
        "What holds for each row, in English.",
        "每行应满足的条件（英文）。",
    )
    rows_examined: pl.Int64 = count(
        "检查行数",
        "Rows the check applies to: those that have a value it speaks of.",
        "适用该检查的行数，即所涉各列有值的行。",
    )
    rows_failed: pl.Int64 = count(
        "未通过行数",
        "Rows that broke it: none in a release that was published.",
        "未通过的行数；已发布的数据为零。",
    )
    idle_reason: pl.Enum = columns.coded(
        codes.IDLE_REASON,
        "未检查原因",
        "Why no row was examined, if none was.",
        "没有检查任何行时的原因。",
        nullable=True,
    )

    failed_were_examined = columns.rule(
        "rows_failed <= rows_examined",
        zh="未通过的行都是检查过的行。",
        en="What failed was examined.",
    )
    idle_is_explained = columns.rule(
        "(rows_examined = 0) = (idle_reason IS NOT NULL)",
        zh="没有检查任何行时，且仅在此时，有原因。",
        en="There is a reason exactly where no row was examined.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "检查"
        unique = ("table_name", "kind", "check_name")
        metadata: ClassVar = {"zh": "发布前所作的每项检查一行，附检查行数和未通过行数。"}
