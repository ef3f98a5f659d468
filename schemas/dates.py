"""The dates and periods named in the text."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, column, rule


class Dates(Model):
    """One row per mention of a date or period."""

    article_id: pl.String = columns.article_id()
    paragraph_index: pl.Int32 = columns.paragraph_index()
    start_char: pl.Int32 = columns.start_char()
    end_char: pl.Int32 = columns.end_char()
    surface: pl.String = columns.surface("The date as written", "日期的原文")
    start_on: pl.Date = column(
        "起始日",
        "First day.",
        "第一天。",
        nullable=True,
    )
    end_on: pl.Date = column(
        "终止日",
        "Last day, inclusive.",
        "最后一天（含）。",
        nullable=True,
    )
    grain: pl.Enum = columns.coded(
        codes.DATE_GRAIN,
        "粒度",
        "How fine the mention is.",
        "该表述的粒度。",
    )
    resolved_from: pl.Enum = columns.coded(
        codes.RESOLVED_FROM,
        "推定依据",
        "What the missing parts were read from.",
        "缺省部分的推定依据。",
    )

    span_is_ordered = columns.span_is_ordered
    surface_fills_span = columns.surface_fills_span
    days_are_ordered = rule(
        "start_on <= end_on",
        zh="起始日不晚于终止日。",
        en="The first day is not after the last.",
    )
    unresolved_has_no_days = rule(
        "(resolved_from = 'unresolved') = (start_on IS NULL AND end_on IS NULL)",
        zh="未能确定者无日期，其余必有。",
        en="An unresolved mention has no days, any other has.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "日期"
        unique = ("article_id", "paragraph_index", "start_char")
        metadata: ClassVar = {"zh": "正文中每次提到的日期或时段一行。"}
