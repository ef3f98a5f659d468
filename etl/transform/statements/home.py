"""Home: the place that a headline is about, and with it all that is told below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.records import MetricRegion
from etl.transform.places.regions import REGIONS, contains
from etl.transform.statements.spots import Seen, find_spots

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.transform.places.regions import PlaceMatch

_OPENING = re.compile(r"(?:^|[：:，｜|!！?？ ])(?:[^，：]{0,5}[年月日周季后前以来])?$")


def find_home(headline: str, places: Iterable[PlaceMatch]) -> tuple[MetricRegion, ...]:
    """The province, prefecture or county that a headline is about; empty where none is.

    The place opens its clause, if not behind a time, and is the only one but for those that it
    is part of. One where something was held (在杭州举行) is none.

    >>> from etl.transform.places.regions import find_places
    >>> headline = "今年广州支持粤港澳大湾区建设"
    >>> [home.surface for home in find_home(headline, find_places(headline))]
    ['广州']
    >>> find_home("全国一盘棋", ())
    ()
    """
    spots = find_spots(headline, list(places), Seen()).items
    if not spots or not _OPENING.search(headline[: spots[0].start]):
        return ()
    first, *others = spots
    home = MetricRegion(first.surface, first.code)
    if not is_division(home) or first.is_locative or first.is_modifier:
        return ()
    named = {other.code for other in others if other.code} - {first.code}
    if not all(contains(code, first.code or "") for code in named):
        return ()
    return (home,)


def is_division(region: MetricRegion) -> bool:
    """Whether it is a province, prefecture or county.

    >>> is_division(MetricRegion("长沙", "430100")), is_division(MetricRegion("法国", "FR"))
    (True, False)
    """
    known = REGIONS.get(region.code or "")
    return known is not None and known.adcode is not None
