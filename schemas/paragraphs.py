"""The text of the articles, block by block."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, column, count, rule, text


class Paragraphs(Model):
    """One row per block of visible text, in reading order."""

    article_id: pl.String = columns.article_id()
    paragraph_index: pl.Int32 = columns.paragraph_index(references=None)
    kind: pl.Enum = columns.coded(
        codes.PARAGRAPH_KIND,
        "种类",
        "What the paragraph is to a reader of the page.",
        "该段在页面上的作用。",
    )
    section: pl.String = text(
        "所属小标题",
        "The section heading the paragraph stands under.",
        "该段所在部分的小标题。",
        nullable=True,
    )
    text: pl.String = text(
        "正文",
        "The text, cleaned: entities decoded, invisible characters and stray blanks removed.",
        "清理后的文字：实体已解码，不可见字符和多余空格已去除。",
    )
    char_count: pl.Int32 = columns.char_count("`text`", "text ")
    sentence_count: pl.Int32 = count("句数", "Sentences in `text`.", "text 的句数。")
    is_repeat: pl.Boolean = column(
        "重复段落",
        "Whether the same block already occurred in the article.",
        "同样的文字是否已在文中出现过。",
    )

    char_count_is_length = rule(
        "char_count = length(text)",
        zh="字数等于文字的长度。",
        en="The count of characters is the length of the text.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "段落"
        unique = ("article_id", "paragraph_index")
        metadata: ClassVar = {"zh": "页面上可见的每段文字一行，按阅读顺序。"}
