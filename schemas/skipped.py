"""What looked like a quantity and was left out."""

from typing import ClassVar

import polars as pl

from schemas import columns, reasons
from schemas.columns import Model


class Skipped(Model):
    """One row per stretch of text that looked like a quantity and is no metric, with the reason."""

    article_id: pl.String = columns.article_id()
    paragraph_index: pl.Int32 = columns.paragraph_index()
    start_char: pl.Int32 = columns.start_char()
    end_char: pl.Int32 = columns.end_char()
    surface: pl.String = columns.surface("The text left out", "略去的原文")
    reason: pl.String = columns.reason_code(
        reasons.SKIP,
        "Why it is no metric, a stable code.",
        "不作为指标的原因，固定代码。",
    )

    span_is_ordered = columns.span_is_ordered
    surface_fills_span = columns.surface_fills_span

    class Config:
        """The table's key and Chinese description."""

        title = "略去的数字"
        unique = ("article_id", "paragraph_index", "start_char", "end_char")
        metadata: ClassVar = {"zh": "每处看似数量而未作为指标的文字一行，附原因。"}
