"""How often each code occurs."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model, column


class Counts(Model):
    """One row per outcome of a document, finding and reason for leaving a number out."""

    topic: pl.Enum = columns.topic()
    code: pl.String = columns.topic_code()
    row_count: pl.Int64 = column("行数", "How often it occurs.", "出现的次数。", ge=1)

    class Config:
        """The table's key and Chinese description."""

        title = "计数"
        unique = ("topic", "code")
        metadata: ClassVar = {"zh": "每种文件结果、发现和略去原因一行，附次数。"}
