"""Which regions a group is made of."""

from typing import ClassVar

import polars as pl

from schemas import columns
from schemas.columns import Model, rule, text


class RegionMembers(Model):
    """One row per member of a group of regions (京津冀); reference table."""

    region_code: pl.String = columns.region_code()
    member_code: pl.String = text(
        "成员代码",
        "A region that belongs to the group.",
        "属于该组合的地区。",
        references="regions.region_code",
    )

    not_its_own_member = rule(
        "member_code <> region_code",
        zh="组合不是自身的成员。",
        en="No group is its own member.",
    )

    class Config:
        """The table's key and Chinese description."""

        title = "区域组合成员"
        unique = ("region_code", "member_code")
        metadata: ClassVar = {"zh": "区域组合（京津冀）的每个成员一行；参照表。"}
