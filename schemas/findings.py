"""What a reader of the data should know."""

from typing import ClassVar

import polars as pl

from schemas import columns, reasons
from schemas.columns import Model, text


class Findings(Model):
    """One row per thing a reader of the data should know about a document."""

    source_path: pl.String = columns.source_path()
    position: pl.Int32 = columns.position("document", "文件")
    article_id: pl.String = columns.article_id(nullable=True)
    code: pl.String = columns.reason_code(
        reasons.FINDING,
        "What was found, a stable code.",
        "发现的情况，固定代码。",
    )
    detail: pl.String = text("说明", "The finding in words.", "情况的文字说明。")

    class Config:
        """The table's key and Chinese description."""

        title = "发现"
        unique = ("source_path", "position")
        metadata: ClassVar = {"zh": "读者应当知道的每个情况一行。"}
