"""The categories and tags of an article."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, text


class Labels(Model):
    """One row per category or tag that the document's metadata gives."""

    article_id: pl.String = columns.article_id()
    position: pl.Int32 = columns.position("article", "文章")
    kind: pl.Enum = columns.coded(
        codes.LABEL_KIND,
        "种类",
        "Category or tag.",
        "分类或标签。",
    )
    label: pl.String = text("标签", "The label as written.", "原文所写的标签。")

    class Config:
        """The table's key and Chinese description."""

        title = "分类与标签"
        unique = ("article_id", "position")
        metadata: ClassVar = {"zh": "文件元数据中的每个分类或标签一行。"}
