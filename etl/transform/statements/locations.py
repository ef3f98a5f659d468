"""Locations: which of the places around a quantity it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.records import MetricRegion
from etl.transform.places.regions import REGIONS
from etl.transform.statements.groups import (
    first_group,
    is_subject,
    last_group,
    plain,
    share_out,
    with_distant,
    with_subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.text import Span
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame
    from etl.transform.spans import Spans
    from etl.transform.statements.spots import Spot

_LONGEST_PHRASE = 40
_OPENER_LENGTH = 2
_COUNTS_OF_COUNTRIES = ("个", "")
_COUNTRIES = re.compile("国家(?!级|重点|标准|[队税])")
# 31个|二线城市: the kind is told behind the number.
_KIND_LENGTH = len("二线城市")
_TIER = r"[一二三四五]线(?:代表|重点|热点)?(?:城市|市场)"
_CITIES = re.compile(rf"{_TIER}|\d+个(?:大中|重点|热点)?城市")
# ；31个二线城市由升转降，下降0.1%: what was told of places before is told no longer.
_OTHER_PLACES = re.compile(
    rf"[，；：](?:其中|而|但)?(?:(?:\d+个)?[一二三四]?{_TIER}|其[他余](?:地区|省[市份]|城市|区域|国家))"
)
_FROM_COUNTRIES = re.compile("来自[^，。；]{0,12}国家?(?:和地区)?的[^，。；]{0,4}$")
# 建造30所学校，涉及江西的6个县: these figures are but a part of those before.
_REACH = re.compile("涉及|覆盖|惠及|遍布")
# 她累计培训1000人次, 以骨科为例，70%的患者: a person's own deeds, and what holds anywhere.
# It begins with its characters, so that the engine looks for these, then back for a mark.
_OF_NO_PLACE = re.compile(
    r"[他她我例比譬以](?<![^，；：。！？“\s].)"
    r"(?:(?<=[他她])|(?<=我)(?!们?[国省市县区镇乡村厂])|(?<=[例比譬])如|(?<=以)[^，。]{1,8}为例)"
)
_COUNTED_TIME = re.compile("天数|时限|时数|寿命")
_NOT_OF_SUBJECT = re.compile("^的?$|[、和与及]|[在对到至]$")
_NATURE = ("江", "河", "湖", "海", "洋", "山", "岭")


def bind_regions(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> tuple[MetricRegion, ...]:
    """The places `quantity` is about, by the first of these that names any.

    For a part of something, what follows it (1/3来自东非); a place right behind it (16个非洲国家);
    places before it in its clause, behind it, earlier in its sentence. A place that only names
    something else in its clause (北京工厂) counts when no other does, the sentence before and the
    next clause at last. A distance and trade are of two places.
    """
    if _is_of_countries(frame.text, quantity) and not spots.ending_at(quantity.start):
        return ()
    sentence = frame.sentence(quantity.start)
    group = share_out(frame, _find_group(frame, spots, quantity), quantity)
    group = with_subject(frame, spots, with_distant(frame, spots, group, quantity))
    inside = spots.inside(sentence.start, sentence.end)
    return tuple(MetricRegion(_fullest(s, inside), s.code) for s in group if s.surface)


def _find_group(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> list[Spot]:
    return next(filter(None, _find_groups(frame, spots, quantity)), [])


def _find_groups(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> Iterator[list[Spot]]:
    """The places that `quantity` may be about, or none, the likeliest first."""
    text, clause = frame.text, frame.clause(quantity.start)
    if label := _find_label(text, spots, quantity):
        yield [label]
    before = spots.inside(clause.start, quantity.start)
    own = plain(before)
    is_part = "fraction" in quantity.rules or "half" in quantity.rules
    if is_part or _is_beside(spots.first_after(quantity.end), own, quantity):
        yield first_group(text, _find_behind(frame, spots, quantity))
    yield last_group(text, own)
    behind = plain(_find_behind(frame, spots, quantity))
    yield first_group(text, [s for s in behind if s.is_locative])
    yield first_group(text, [s for s in behind if not s.is_whole])
    sentence = frame.sentence(quantity.start)
    earlier = plain(spots.inside(sentence.start, clause.start))
    told = earlier[-1].end if earlier else clause.start
    if not (
        _CITIES.search(text, clause.start, quantity.end + _KIND_LENGTH)
        or _OTHER_PLACES.search(text, told, quantity.start)
    ):
        yield _last_told(frame, [s for s in earlier if not _is_nature(s)])
    yield last_group(text, before)
    if not is_of_no_place(frame, quantity):
        yield _just_before(frame, spots, sentence)
        yield _just_behind(frame, spots, clause.end)


def _last_told(frame: Frame, spots: Sequence[Spot]) -> list[Spot]:
    """The last of the places, or the subject of its clause: what goes on is told of that one.

    梧州建设粤桂试验区，企业达380家 is of 梧州; 梧州在广西建厂, 广西的梧州, 广西老区和梧州 tell
    where, which and of whom, too.
    """
    group = last_group(frame.text, spots)
    if not group or group[0].is_whole:
        return group
    start = frame.clause(group[0].start).start
    clause = [spot for spot in spots if spot.start >= start]
    between = frame.text[clause[0].end : group[0].start]
    if not is_subject(frame, clause[0]) or _NOT_OF_SUBJECT.search(between):
        return group
    return first_group(frame.text, clause)


def _find_label(text: str, spots: Spans[Spot], quantity: Quantity) -> Spot | None:
    """The place of one figure alone: 临朐（386毫米）; 低于韩国的229次."""
    last = spots.last_before(quantity.start)
    if last is None:
        return None
    gap = text[last.end : quantity.start]
    is_compared = last.is_modifier and gap == "的" and not text.endswith("占", 0, last.start)
    return last if gap in ("（", "(") or is_compared else None


def _find_behind(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> list[Spot]:
    return spots.inside(quantity.end, frame.free_clause(quantity).end)


def _is_nature(spot: Spot) -> bool:
    """A river or mountain, which has no figures but those beside it; 天津港 has."""
    region = REGIONS.get(spot.code or "")
    return region is not None and region.level == "feature" and spot.surface.endswith(_NATURE)


def _is_beside(spot: Spot | None, own: Sequence[Spot], quantity: Quantity) -> bool:
    """Whether `spot` stands right behind, and none of its `own` right before."""
    return (
        spot is not None
        and spot.start == quantity.end
        and not (own and own[-1].end == quantity.start)
    )


def is_of_no_place(frame: Frame, quantity: Quantity) -> bool:
    """Whether no place goes without saying for it: it is of many, of a person, or a duration.

    35个三线城市的房价, 来自19个国家的300名嘉宾, 85岁: such have the places beside them only.

    >>> from etl.transform.amounts.quantities import find_quantities
    >>> from etl.transform.scopes import Frame
    >>> def is_so(text):
    ...     quantities = list(find_quantities(text))
    ...     return is_of_no_place(Frame(text, (), (), quantities), quantities[-1])
    >>> is_so("来自23个国家和地区的400名嘉宾"), is_so("二线城市环比上涨0.7%"), is_so("今年85岁")
    (True, True, True)
    >>> is_so("嘉宾300名"), is_so("她培训300人次"), is_so("以骨科为例，患者300名")
    (False, True, True)
    """
    start, end = frame.sentence(quantity.start).start, frame.clause(quantity.start).end
    return (
        _is_of_event(frame, quantity)
        or _is_of_countries(frame.text, quantity)
        or _CITIES.search(frame.text, start, end) is not None
        or _OTHER_PLACES.search(frame.text, start, quantity.start) is not None
        or _OF_NO_PLACE.search(frame.text, start, quantity.start) is not None
    )


def _is_of_event(frame: Frame, quantity: Quantity) -> bool:
    """A duration or age is that of an event or person; 优良天数285天 is a place's figure."""
    start = frame.clause(quantity.start).start
    is_counted = _COUNTED_TIME.search(frame.text, start, quantity.start)
    return quantity.kind == "duration" and is_counted is None


def _is_of_countries(text: str, quantity: Quantity) -> bool:
    start = max(0, quantity.start - _LONGEST_PHRASE)
    return bool(
        (quantity.unit in _COUNTS_OF_COUNTRIES and _COUNTRIES.match(text, quantity.end))
        or _FROM_COUNTRIES.search(text, start, quantity.start)
    )


def _just_before(frame: Frame, spots: Spans[Spot], sentence: Span) -> list[Spot]:
    if sentence.start == 0:
        return []
    previous = frame.sentence(sentence.start - 1)
    named = [s for s in plain(spots.inside(previous.start, previous.end)) if not s.is_whole]
    topics = (n for n, spot in reversed(list(enumerate(named))) if _is_topic(frame, spot))
    return first_group(frame.text, named[next(topics, len(named)) :])


def _just_behind(frame: Frame, spots: Spans[Spot], end: int) -> list[Spot]:
    """投资5亿元，在福清市建厂: the next clause says where, and has no figures of its own."""
    if not frame.text.startswith("，", end):
        return []
    following = frame.clause(end + 1)
    if frame.metrics.inside(*following) and not _REACH.match(frame.text, following.start):
        return []
    named = plain(spots.inside(*following))
    told = (n for n, s in enumerate(named) if s.is_locative or is_subject(frame, s))
    return first_group(frame.text, named[next(told, len(named)) :])


def _is_topic(frame: Frame, spot: Spot) -> bool:
    """A place that opens its clause, or where the clause plays, holds for the next sentence."""
    words = frame.without_times(frame.clause(spot.start).start, spot.start)
    return spot.is_locative or len(words) <= _OPENER_LENGTH


def _fullest(spot: Spot, inside: Sequence[Spot]) -> str:
    """副中心 is written 北京城市副中心 where the sentence names it in full."""
    region = REGIONS.get(spot.code or "")
    if region is None:
        return spot.surface
    others = [s.surface for s in inside if s.code == spot.code and s.end != spot.end]
    named = (o for o in others if len(o) <= len(region.name_zh) and o.endswith(spot.surface))
    return max([spot.surface, *named], key=len)
