"""The tables: one Pandera model each, the only description everything else is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from schemas.articles import Articles
from schemas.checks import Checks
from schemas.contributors import Contributors
from schemas.counts import Counts
from schemas.dates import Dates
from schemas.findings import Findings
from schemas.images import Images
from schemas.labels import Labels
from schemas.metric_regions import MetricRegions
from schemas.metrics import Metrics
from schemas.paragraphs import Paragraphs
from schemas.places import Places
from schemas.ranges import Ranges
from schemas.region_members import RegionMembers
from schemas.regions import Regions
from schemas.samples import Samples
from schemas.skipped import Skipped
from schemas.sources import Sources
from schemas.statistics import Statistics
from schemas.units import Units

if TYPE_CHECKING:
    from schemas.columns import Model

__all__ = ["MODELS", "QUALITY", "REFERENCE", "REPORT", "TABLES", "polars_schema"]

TABLES: dict[str, type[Model]] = {
    "units": Units,
    "regions": Regions,
    "region_members": RegionMembers,
    "sources": Sources,
    "articles": Articles,
    "contributors": Contributors,
    "labels": Labels,
    "paragraphs": Paragraphs,
    "metrics": Metrics,
    "metric_regions": MetricRegions,
    "images": Images,
    "places": Places,
    "dates": Dates,
    "findings": Findings,
}
"""The published tables, parents first."""

REFERENCE = ("units", "regions", "region_members")
"""The tables that come from the grammar, not from documents."""

QUALITY: dict[str, type[Model]] = {"skipped": Skipped}
"""Tables about the work itself, published under `quality/`."""

REPORT: dict[str, type[Model]] = {
    "checks": Checks,
    "counts": Counts,
    "ranges": Ranges,
    "samples": Samples,
    "statistics": Statistics,
}
"""Tables about the other tables, made when those are proven; they stand beside them."""

MODELS = TABLES | QUALITY | REPORT
"""Every table of a release."""


def polars_schema(model: type[Model]) -> pl.Schema:
    """The names and types a frame must have, in order.

    >>> polars_schema(Labels)["position"]
    Int32
    """
    columns = model.to_schema().columns
    return pl.Schema({name: column.dtype.type for name, column in columns.items()})
