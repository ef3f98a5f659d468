"""The places named in the text."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model


class Places(Model):
    """One row per mention of a place that is known by its code."""

    article_id: pl.String = columns.article_id()
    paragraph_index: pl.Int32 = columns.paragraph_index()
    start_char: pl.Int32 = columns.start_char()
    end_char: pl.Int32 = columns.end_char()
    surface: pl.String = columns.surface("The place as written", "地名的原文")
    region_code: pl.String = columns.region_code()

    span_is_ordered = columns.span_is_ordered
    surface_fills_span = columns.surface_fills_span

    class Config:
        """The table's key and Chinese description."""

        title = "地名"
        unique = ("article_id", "paragraph_index", "start_char")
        metadata: ClassVar = {"zh": "正文中每次提到的可识别地名一行。"}
