"""Every document that was found, and what became of it."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns, reasons
from schemas.columns import Model, column, count, rule, text


class Sources(Model):
    """One row per document found: published, duplicate or rejected. Nothing is lost."""

    source_path: pl.String = columns.source_path(references=None)
    source_sha256: pl.String = column(
        "内容摘要",
        "SHA-256 of the document's bytes, hexadecimal.",
        "文件字节的 SHA-256，十六进制。",
        str_matches=columns.SHA256,
    )
    source_bytes: pl.Int64 = count(
        "字节数",
        "Size of the document.",
        "文件的大小。",
        unit=columns.BYTES,
    )
    encoding: pl.String = text(
        "编码",
        "Character encoding the document was decoded with; null if it could not be.",
        "解码所用的字符编码；无法解码时为空。",
        nullable=True,
    )
    status: pl.Enum = columns.coded(
        codes.SOURCE_STATUS,
        "状态",
        "What became of the document.",
        "该文件的去向。",
    )
    reason: pl.String = columns.reason_code(
        reasons.REJECTION,
        "Why the document was left out, a stable code; null if it was published.",
        "未采用的原因，固定代码；已发布时为空。",
        nullable=True,
    )
    detail: pl.String = text(
        "说明",
        "The reason in words.",
        "原因的文字说明。",
        nullable=True,
    )
    article_id: pl.String = columns.article_id(nullable=True)

    reason_unless_published = rule(
        "(status = 'published') = (reason IS NULL)",
        zh="未发布的文件必有原因，已发布的没有。",
        en="A document that was left out has a reason, a published one has none.",
    )
    article_unless_rejected = rule(
        "(status = 'rejected') = (article_id IS NULL)",
        zh="除未采用者外，每个文件都指向一篇文章。",
        en="Every document that was read points at an article, a rejected one at none.",
    )
    article_named_by_digest = rule(
        "article_id IS NULL OR starts_with(source_sha256, article_id)",
        zh="文章编号是内容摘要的开头。",
        en="The article is named by the beginning of the digest.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "来源文件"
        unique = ("source_path",)
        metadata: ClassVar = {"zh": "每个找到的文件一行：已发布、重复或未采用，无一遗漏。"}
