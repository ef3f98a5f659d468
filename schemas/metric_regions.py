"""The regions a metric is about."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model, text


class MetricRegions(Model):
    """One row per region a metric is about."""

    metric_id: pl.String = text(
        "指标编号",
        "The metric.",
        "所属指标。",
        references="metrics.metric_id",
    )
    position: pl.Int32 = columns.position("metric", "指标")
    region_surface: pl.String = text(
        "地区原文",
        "The region as the text writes it.",
        "原文所写的地区。",
    )
    region_code: pl.String = columns.region_code(nullable=True)

    class Config:
        """The table's key and Chinese description."""

        title = "指标所涉地区"
        unique = ("metric_id", "position")
        metadata: ClassVar = {"zh": "指标所涉的每个地区一行。"}
