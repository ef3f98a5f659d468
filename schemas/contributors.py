"""The people an article's credits name."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, text


class Contributors(Model):
    """One row per person named in an article's credits."""

    article_id: pl.String = columns.article_id()
    position: pl.Int32 = columns.position("article", "文章")
    role: pl.Enum = columns.coded(
        codes.CONTRIBUTOR_ROLE,
        "角色",
        "What the person did.",
        "此人的分工。",
    )
    name: pl.String = text("姓名", "Name as written.", "原文所写的姓名。")

    class Config:
        """The table's key and Chinese description."""

        title = "撰稿与编辑人员"
        unique = ("article_id", "position")
        metadata: ClassVar = {"zh": "文章署名中的每个人一行。"}
