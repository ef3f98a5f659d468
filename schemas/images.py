"""The content images of the articles."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model, column, text


class Images(Model):
    """One row per image that belongs to an article's content."""

    article_id: pl.String = columns.article_id()
    image_index: pl.Int32 = column(
        "图片序号",
        "Number of the image within the article, from 1.",
        "图片在文章中的序号，自 1 起。",
        ge=1,
    )
    paragraph_index: pl.Int32 = column(
        "前一段落",
        "The paragraph the image follows; null at the top.",
        "图片之前的段落；位于文首时为空。",
        nullable=True,
        references="paragraphs.paragraph_index",
        ge=1,
    )
    url: pl.String = text(
        "图片地址",
        "Address of the image, proxy prefixes and lazy-load attributes unwrapped.",
        "图片的真实地址，已去除代理前缀和延迟加载属性。",
    )
    width: pl.Int32 = column(
        "宽",
        "Width as stated in the markup.",
        "标记中写明的宽度。",
        nullable=True,
        unit=columns.PIXELS,
        ge=0,
    )
    height: pl.Int32 = column(
        "高",
        "Height as stated in the markup.",
        "标记中写明的高度。",
        nullable=True,
        unit=columns.PIXELS,
        ge=0,
    )
    caption: pl.String = text("图注", "Caption.", "图片说明。", nullable=True)
    credit: pl.String = text("图片署名", "Who made the image.", "图片的作者。", nullable=True)
    taken_on: pl.Date = column("拍摄日期", "Day the image was taken.", "拍摄日期。", nullable=True)

    class Config:
        """The table's key and Chinese description."""

        title = "图片"
        unique = ("article_id", "image_index")
        metadata: ClassVar = {"zh": "属于正文内容的每张图片一行。"}
