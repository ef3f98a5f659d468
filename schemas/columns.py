"""How a column is declared, and the columns that several tables share, described once.

A column's title is Chinese, its `description` English; its metadata holds the Chinese
description (`zh`) and, where they apply, `unit`, `references`, `codes` and `known`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias

import pandera.polars as pa
import polars as pl
from pandera.api.dataframe.model_components import DATAFRAME_CHECK_KEY, CheckInfo

from schemas import codes
from schemas.soundness import is_sound

if TYPE_CHECKING:
    from pandera.polars import PolarsData

    from schemas.codes import CodeList

Instant: TypeAlias = Annotated[pl.Datetime, "us", "UTC"]

CODE_POINTS = "code points"
PIXELS = "pixels"
BYTES = "bytes"

NOT_BLANK = "[^\\s\u00a0\u3000]"
ARTICLE_ID = r"^[0-9a-f]{16}$"
SHA256 = r"^[0-9a-f]{64}$"
SNAKE_CASE = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"


class Model(pa.DataFrameModel):
    """A table: exactly these columns, in this order; `unique` is its primary key."""

    @classmethod
    def validate(cls, check_obj: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401  as pandera's, for frames of either kind
        """As pandera does, which is only troubled with a frame that one query finds fault with."""
        if isinstance(check_obj, pl.DataFrame) and is_sound(cls, check_obj):
            return check_obj
        return super().validate(check_obj, *args, **options)

    class Config:
        """Nothing is coerced: a wrong type is a fault of the code that made the frame."""

        strict = True
        ordered = True
        metadata: ClassVar[dict[str, str]]


class _Rule(classmethod):
    """A frame-level check that is named after the attribute it is assigned to."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.__func__.__name__ = name


def rule(sql: str, *, zh: str, en: str) -> Any:  # noqa: ANN401  pandera types no declarations
    """A rule over a row, as an SQL condition that Polars and DuckDB both read.

    Null counts as kept, as in an SQL CHECK.
    """

    def check(_model: type[Model], data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.sql_expr(sql).fill_null(value=True))

    declared = _Rule(check)
    info = CheckInfo(check, title=zh, description=en, statistics={"sql": sql})
    setattr(declared, DATAFRAME_CHECK_KEY, info)
    return declared


def column(  # noqa: PLR0913  a column has that many properties
    title: str,
    en: str,
    zh: str,
    *,
    nullable: bool = False,
    unit: str | None = None,
    references: str | None = None,
    code_list: CodeList | None = None,
    known: CodeList | None = None,
    **checks: Any,  # noqa: ANN401  pandera's own check arguments
) -> Any:  # noqa: ANN401  pandera types no declarations
    """A column with its name and meaning in both languages, and pandera's built-in checks.

    `code_list` closes the column to other values; `known` tells what some of its values mean.
    """
    facts = {"zh": zh, "unit": unit, "references": references, "codes": code_list, "known": known}
    if code_list:
        checks["dtype_kwargs"] = {"categories": list(code_list.values)}
    return pa.Field(
        title=title,
        description=en,
        nullable=nullable,
        metadata={key: value for key, value in facts.items() if value is not None},
        **checks,
    )


def text(title: str, en: str, zh: str, **more: Any) -> Any:  # noqa: ANN401  as `column`
    """A column of text: never blank; what is missing is null."""
    return column(title, en, zh, str_contains=NOT_BLANK, **more)


def coded(code_list: CodeList, title: str, en: str, zh: str, **more: Any) -> Any:  # noqa: ANN401  as `column`
    """A column whose values come from a closed list."""
    return column(title, en, zh, code_list=code_list, **more)


def count(title: str, en: str, zh: str, **more: Any) -> Any:  # noqa: ANN401  as `column`
    """A number of things: never negative."""
    return column(title, en, zh, ge=0, **more)


def article_id(references: str | None = "articles.article_id", *, nullable: bool = False) -> Any:  # noqa: ANN401  as `column`
    """The name of an article everywhere."""
    return column(
        "文章编号",
        "Id of the article: the first 16 hex digits of the SHA-256 of the document's bytes.",
        "文章的编号：原始文件字节 SHA-256 的前 16 位十六进制数。",
        nullable=nullable,
        references=references,
        str_matches=ARTICLE_ID,
    )


def source_path(references: str | None = "sources.source_path") -> Any:  # noqa: ANN401  as `column`
    """Where a document was found."""
    return text(
        "来源路径",
        "Path of the document below the source root, with forward slashes; `a.zip!b.md` inside "
        "a container, `stacked.md#2` for the second document of a file.",
        "文件在来源根目录下的路径，以正斜杠分隔；压缩包内写作 a.zip!b.md，"
        "同一文件中的第二篇写作 stacked.md#2。",
        references=references,
    )


def paragraph_index(
    references: str | None = "paragraphs.paragraph_index",
) -> Any:  # noqa: ANN401  as `column`
    """Which paragraph of the article."""
    return column(
        "段落序号",
        "Number of the paragraph within the article, from 1, in reading order.",
        "段落在文章中的序号，自 1 起，按阅读顺序。",
        references=references,
        ge=1,
    )


def position(of_en: str, of_zh: str) -> Any:  # noqa: ANN401  as `column`
    """The order among the children of one parent."""
    return column(
        "顺序",
        f"Order within the {of_en}, from 1.",
        f"在同一{of_zh}内的顺序，自 1 起。",
        ge=1,
    )


def start_char() -> Any:  # noqa: ANN401  as `column`
    """Where a span begins."""
    return count(
        "起始位置",
        "Where the span begins in `paragraphs.text`: code points before it.",
        "区间在 paragraphs.text 中的起点：其前的字符数（Unicode 码位）。",
        unit=CODE_POINTS,
    )


def end_char() -> Any:  # noqa: ANN401  as `column`
    """Where a span ends, half-open."""
    return count(
        "结束位置",
        "Where the span ends in `paragraphs.text`, exclusive.",
        "区间在 paragraphs.text 中的终点（不含）。",
        unit=CODE_POINTS,
    )


def surface(en: str, zh: str) -> Any:  # noqa: ANN401  as `column`
    """The characters of a span."""
    return text(
        "原文",
        f"{en}: exactly the characters `start_char` to `end_char` of `paragraphs.text`.",
        f"{zh}：即 paragraphs.text 中 start_char 至 end_char 的字符。",
    )


def char_count(of_en: str, of_zh: str) -> Any:  # noqa: ANN401  as `column`
    """How long a text is."""
    return count("字数", f"Characters of {of_en}.", f"{of_zh}的字符数。", unit=CODE_POINTS)


def unit(references: str | None = "units.unit") -> Any:  # noqa: ANN401  as `column`
    """The unit of a value; empty for a bare count, so blank is allowed here."""
    return column(
        "单位",
        "Unit: UCUM code for measures (km, %), ISO 4217 for money (CNY), the classifier itself "
        "for counts (家), empty for a bare count.",
        "单位：计量单位用 UCUM 代码（km、%），货币用 ISO 4217 代码（CNY），"
        "计数用量词本身（家），无量词时为空字符串。",
        references=references,
    )


def quantity_kind() -> Any:  # noqa: ANN401  as `column`
    """What sort of quantity a unit measures."""
    return coded(
        codes.QUANTITY_KIND,
        "量的类别",
        "What sort of quantity the unit measures.",
        "该单位所计量的量的类别。",
    )


def region_code(*, references: str | None = "regions.region_code", nullable: bool = False) -> Any:  # noqa: ANN401  as `column`
    """A region: an administrative division, a named area or a group."""
    return text(
        "地区代码",
        "Code of the region: GB/T 2260 for administrative divisions, own codes for named areas "
        "and groups.",
        "地区的代码：行政区划用 GB/T 2260 代码，功能区和区域组合用自定代码。",
        references=references,
        nullable=nullable,
    )


def reason_code(known: CodeList, en: str, zh: str, **more: Any) -> Any:  # noqa: ANN401  as `column`
    """A stable name for what happened."""
    return column("代码", en, zh, known=known, str_matches=SNAKE_CASE, **more)


def table_name() -> Any:  # noqa: ANN401  as `column`
    """A table of the release, in the tables about the release."""
    return text("表名", "Name of the table.", "表的名称。")


def topic() -> Any:  # noqa: ANN401  as `column`
    """What a count or sample is of."""
    return coded(
        codes.TOPIC,
        "主题",
        "What is counted: documents, findings or skips.",
        "所统计的对象：文件、发现或略去的文字。",
    )


def topic_code() -> Any:  # noqa: ANN401  as `column`
    """The code that is counted or sampled."""
    return text(
        "代码",
        "The code: status and reason of a document (`rejected.binary`), code of a finding, reason "
        "of a skip.",
        "代码：文件的状态与原因（rejected.binary）、发现的代码或略去的原因。",
    )


span_is_ordered = rule(
    "start_char < end_char",
    en="A span covers at least one character.",
    zh="区间至少包含一个字符。",
)

surface_fills_span = rule(
    "length(surface) = end_char - start_char",
    en="The surface is as long as its span.",
    zh="原文的长度等于区间的长度。",
)
