"""The quantities the articles state about the world."""

from typing import ClassVar

import polars as pl

from schemas import codes, columns
from schemas.columns import Model, column, text


class Metrics(Model):
    """One row per quantity an article states, with what it measures, when and how exactly."""

    metric_id: pl.String = text(
        "指标编号",
        "Id of the metric: `article_id:paragraph_index:start_char`.",
        "指标的编号：article_id:paragraph_index:start_char。",
    )
    article_id: pl.String = columns.article_id()
    paragraph_index: pl.Int32 = columns.paragraph_index()
    start_char: pl.Int32 = columns.start_char()
    end_char: pl.Int32 = columns.end_char()
    surface: pl.String = columns.surface("The quantity as written", "数量的原文")
    sentence: pl.String = text(
        "所在句",
        "The sentence that states the quantity.",
        "陈述该数量的句子。",
    )
    value: pl.Float64 = column(
        "数值",
        "The value in `unit`, 万 and 亿 multiplied out; null for a range.",
        "以 unit 计的数值，万、亿已换算；区间时为空。",
        nullable=True,
    )
    value_low: pl.Float64 = column(
        "下限",
        "Lower end of a range.",
        "区间的下限。",
        nullable=True,
    )
    value_high: pl.Float64 = column(
        "上限",
        "Upper end of a range.",
        "区间的上限。",
        nullable=True,
    )
    unit: pl.String = columns.unit()
    quantity_kind: pl.Enum = columns.quantity_kind()
    approximation: pl.Enum = columns.coded(
        codes.APPROXIMATION,
        "近似程度",
        "How exactly the text states the value.",
        "原文对数值的限定。",
    )
    measure: pl.Enum = columns.coded(
        codes.MEASURE,
        "量度",
        "Whether the value is a level, a change, a share or a multiple.",
        "数值是水平、变化、占比还是倍数。",
    )
    direction: pl.Enum = columns.coded(
        codes.DIRECTION,
        "方向",
        "Growth or fall; only for changes and multiples.",
        "上升或下降；仅用于变化和倍数。",
        nullable=True,
    )
    indicator: pl.String = text(
        "指标名称",
        "What is measured, in the text's own words.",
        "所计量的事物，用原文的词语。",
        nullable=True,
    )
    period_start: pl.Date = column(
        "时期起",
        "First day of the time the value holds for.",
        "数值所属时期的第一天。",
        nullable=True,
    )
    period_end: pl.Date = column(
        "时期止",
        "Last day of the time the value holds for, inclusive.",
        "数值所属时期的最后一天（含）。",
        nullable=True,
    )
    period_surface: pl.String = text(
        "时期原文",
        "The words the period was read from.",
        "时期所依据的原文。",
        nullable=True,
    )
    baseline_start: pl.Date = column(
        "基期起",
        "First day of the period a change is compared with.",
        "变化所对比时期的第一天。",
        nullable=True,
    )
    baseline_end: pl.Date = column(
        "基期止",
        "Last day of the period a change is compared with, inclusive.",
        "变化所对比时期的最后一天（含）。",
        nullable=True,
    )
    is_cumulative: pl.Boolean = column(
        "累计",
        "Whether the text calls the value cumulative or a total (累计, 共计).",
        "原文是否称其为累计或合计。",
    )
    rule: pl.String = text(
        "规则",
        "Name of the grammar rule that produced the row.",
        "得出该行的语法规则名。",
    )

    id_tells_place = columns.rule(
        "metric_id = article_id || ':' || paragraph_index || ':' || start_char",
        zh="编号由文章、段落和起始位置组成。",
        en="The id is made of article, paragraph and start.",
    )
    span_is_ordered = columns.span_is_ordered
    surface_fills_span = columns.surface_fills_span
    surface_in_sentence = columns.rule(
        "split_part(sentence, surface, 1) <> sentence",  # strpos takes a pattern in Polars
        zh="原文出现在所在句中。",
        en="The surface occurs in the sentence.",
    )
    value_or_range = columns.rule(
        "(value IS NULL) = (value_low IS NOT NULL AND value_high IS NOT NULL)",
        zh="有数值则无区间，无数值则有区间。",
        en="There is either a value or a range.",
    )
    range_is_whole = columns.rule(
        "(value_low IS NULL) = (value_high IS NULL)",
        zh="区间的上下限同有同无。",
        en="A range has both ends.",
    )
    range_is_ordered = columns.rule(
        "value_low <= value_high",
        zh="下限不大于上限。",
        en="The lower end is not above the upper end.",
    )
    numbers_are_finite = columns.rule(
        # Polars' SQL has no isfinite; infinity less infinity is NaN, which does not equal 0
        "coalesce(value - value, 0) = 0 AND coalesce(value_low - value_low, 0) = 0"
        " AND coalesce(value_high - value_high, 0) = 0",
        zh="数值有限，不是无穷大，也不是非数。",
        en="Every number is finite: no infinity, no NaN.",
    )
    direction_only_for_change = columns.rule(
        "direction IS NULL OR measure IN ('change', 'multiple')",
        zh="仅变化和倍数有方向。",
        en="Only a change or a multiple has a direction.",
    )
    period_is_ordered = columns.rule(
        "period_start <= period_end",
        zh="时期的起点不晚于终点。",
        en="A period does not end before it starts.",
    )
    baseline_is_ordered = columns.rule(
        "baseline_start <= baseline_end",
        zh="基期的起点不晚于终点。",
        en="A baseline does not end before it starts.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "指标"
        unique = ("metric_id",)
        metadata: ClassVar = {"zh": "文章陈述的每个数量一行：计量什么、何时、多准确。"}
