"""The articles: one row each, with what the document says about itself."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Instant, Model, column, count, rule, text


class Articles(Model):
    """One row per article: headline, origin, date of publication and counts."""

    article_id: pl.String = columns.article_id(references=None)
    source_path: pl.String = columns.source_path()
    layout: pl.Enum = columns.coded(
        codes.LAYOUT,
        "版式",
        "How the document's body is written.",
        "原始文件正文的格式。",
    )
    title: pl.String = text(
        "标题",
        "The article's own headline, without the site's channel and section names.",
        "文章自身的标题，不含网站频道和栏目名。",
    )
    kicker: pl.String = text(
        "引题",
        "Kicker or column label above the headline.",
        "标题之上的引题或栏目名。",
        nullable=True,
    )
    subtitle: pl.String = text(
        "副题",
        "Subtitle below the headline.",
        "标题之下的副题。",
        nullable=True,
    )
    publisher: pl.String = text(
        "发布媒体",
        "The medium that wrote the article (光明日报, 新华社).",
        "撰写该文的媒体（光明日报、新华社）。",
        nullable=True,
    )
    distributor: pl.String = text(
        "转载平台",
        "Who passed the article on (ZAKER).",
        "转载该文的平台（ZAKER）。",
        nullable=True,
    )
    dateline_place: pl.String = text(
        "电头地点",
        "The place in the dateline (北京 in 新华社北京10月19日电).",
        "电头中的地点（“新华社北京10月19日电”中的北京）。",
        nullable=True,
    )
    published_on: pl.Date = column(
        "发布日期",
        "Day of publication, civil date in Asia/Shanghai; null if the document does not say.",
        "发布日期（北京时间）；原文未说明时为空。",
        nullable=True,
    )
    published_at: Instant = column(
        "发布时刻",
        "Instant of publication, UTC; null unless a time is stated.",
        "发布时刻（协调世界时）；仅在原文写明时间时给出。",
        nullable=True,
    )
    published_precision: pl.Enum = columns.coded(
        codes.PUBLISHED_PRECISION,
        "时间精度",
        "How precisely the time of publication is stated.",
        "发布时间的精确程度。",
        nullable=True,
    )
    published_raw: pl.String = text(
        "发布时间原文",
        "The characters the date was read from.",
        "发布时间所依据的原文。",
        nullable=True,
    )
    published_from: pl.Enum = columns.coded(
        codes.PUBLISHED_FROM,
        "日期出处",
        "Where the date of publication was read.",
        "发布日期的出处。",
    )
    zone_stated: pl.Boolean = column(
        "写明时区",
        "Whether the raw text names its time zone; otherwise it is read as Asia/Shanghai.",
        "原文是否写明时区；未写明时按北京时间理解。",
        nullable=True,
    )
    url: pl.String = text("网址", "Address of the page.", "网页地址。", nullable=True)
    thumbnail_url: pl.String = text(
        "缩略图地址",
        "Address of the preview image.",
        "预览图的地址。",
        nullable=True,
    )
    paragraph_count: pl.Int32 = count(
        "段落数",
        "Rows of the article in `paragraphs`.",
        "该文在 paragraphs 中的行数。",
    )
    metric_count: pl.Int32 = count(
        "指标数",
        "Rows of the article in `metrics`.",
        "该文在 metrics 中的行数。",
    )
    image_count: pl.Int32 = count(
        "图片数",
        "Rows of the article in `images`.",
        "该文在 images 中的行数。",
    )
    char_count: pl.Int32 = columns.char_count("all paragraphs together", "全部段落")
    text_digest: pl.String = column(
        "正文摘要",
        "First 16 hex digits of the SHA-256 of the normalised running text (body and headings, "
        "repeats left out): equal for the same text under other metadata.",
        "规范化正文（含小标题，不含重复段落）SHA-256 的前 16 位十六进制数：正文相同则相等，"
        "与元数据无关。",
        str_matches=columns.ARTICLE_ID,
    )
    duplicate_of: pl.String = column(
        "重复于",
        "The earliest article with the same normalised text; null if this is it.",
        "规范化正文相同的最早一篇文章；本篇即最早时为空。",
        nullable=True,
        references="articles.article_id",
        str_matches=columns.ARTICLE_ID,
    )

    date_has_precision = rule(
        "(published_on IS NULL) = (published_precision IS NULL)",
        zh="有发布日期必有精度，反之亦然。",
        en="A date has a precision, and only a date has one.",
    )
    date_has_origin = rule(
        "(published_on IS NULL) = (published_from = 'none')",
        zh="有发布日期必有出处，反之亦然。",
        en="A date has an origin, and only a date has one.",
    )
    instant_has_time = rule(
        "(published_at IS NULL) = (published_precision IS NULL OR published_precision = 'day')",
        zh="仅在精确到分或秒时给出时刻。",
        en="There is an instant exactly when a time is stated.",
    )
    date_fits_instant = rule(
        "published_at IS NULL OR published_on BETWEEN CAST(published_at AS DATE)"
        " AND CAST(published_at + INTERVAL '9 hours' AS DATE)",
        zh="发布日期是发布时刻在北京时间的日期（含历史上的夏令时）。",
        en="The date is that of the instant in China, daylight saving of old included.",
    )
    not_duplicate_of_itself = rule(
        "duplicate_of IS NULL OR duplicate_of <> article_id",
        zh="文章不与自身重复。",
        en="No article is a duplicate of itself.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "文章"
        unique = ("article_id",)
        metadata: ClassVar = {"zh": "每篇文章一行：标题、出处、发布日期与各项计数。"}
