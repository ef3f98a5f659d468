"""A few cases of each code, to see what it means."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model, text


class Samples(Model):
    """One row per sample, at most five of each code: the same ones in every run."""

    topic: pl.Enum = columns.topic()
    code: pl.String = columns.topic_code()
    position: pl.Int32 = columns.position("code", "代码")
    source_path: pl.String = columns.source_path()
    sample: pl.String = text(
        "样例",
        "The detail of a document or finding; what was left out, marked 【】, within its words.",
        "文件或发现的说明；略去的文字以【】标出，附前后文。",
        nullable=True,
    )

    class Config:
        """The table's key and Chinese description."""

        title = "样例"
        unique = ("topic", "code", "position")
        metadata: ClassVar = {"zh": "每个样例一行，每种代码至多五个，每次运行所取相同。"}
