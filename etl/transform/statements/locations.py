"""Locations: which of the places around a quantity it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.records import MetricRegion
from etl.transform.places.regions import REGIONS, contains
from etl.transform.statements.spots import Seen, find_spots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from etl.text import Span
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.places.regions import PlaceMatch
    from etl.transform.scopes import Frame
    from etl.transform.spans import Spans
    from etl.transform.statements.spots import Spot

_LONGEST_PHRASE = 40
_OPENING = re.compile(r"(?:^|[：:，｜|!！?？ ])(?:[^，：]{0,5}[年月日周季后前以来])?$")
_OPENER_LENGTH = 2
_JOINED = re.compile(r"(?:地区|区域)?(?:[、和与及]|以及)(?:在)?")
_COUNTS_OF_COUNTRIES = ("个", "")
_COUNTRIES = re.compile("国家(?!级|重点|标准|[队税])")
_KIND_LENGTH = len("二线城市")
_CITIES = re.compile(r"[一二三四]线城市|\d+个(?:大中|重点|热点)?城市")
_FROM_COUNTRIES = re.compile("来自[^，。；]{0,12}国家?(?:和地区)?的[^，。；]{0,4}$")
# 建造30所学校，涉及江西的6个县: these figures are but a part of those before.
_REACH = re.compile("涉及|覆盖|惠及|遍布")
_BEFORE_SUBJECTS = ("", "是")
_NATURE = ("江", "河", "湖", "海", "洋", "山", "岭")
_FROM = ("距", "距离")
_ROUTE = re.compile(r"(?:[坐乘搭开][^，。；、\d]{1,4}|出发)?(?:到|至|往|直达|抵达)")
# 北京在津冀成交额 is of both; 中国在法国开设学校 tells of France.
_FLOW = re.compile(
    r"在(?![^，。；]{2,8}?(?:已|共|累计|先后)*(?:[开设建]设|设[立有]|建[成立有]|[举开]办|成立))"
)


def bind_regions(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> tuple[MetricRegion, ...]:
    """The places `quantity` is about, by the first of these that names any.

    For a part of something, what follows it (1/3来自东非); a place right behind it (16个非洲国家);
    places before it in its clause, behind it, earlier in its sentence. A place that only names
    something else in its clause (北京工厂) counts when no other does, the sentence before at last.
    """
    if _is_of_countries(frame.text, quantity) and not spots.ending_at(quantity.start):
        return ()
    sentence = frame.sentence(quantity.start)
    group = _share_out(frame, _find_group(frame, spots, quantity), quantity)
    group = _with_subject(frame, spots, _with_distant(frame, spots, group, quantity))
    inside = spots.inside(sentence.start, sentence.end)
    return tuple(MetricRegion(_fullest(s, inside), s.code) for s in group if s.surface)


def _with_distant(
    frame: Frame, spots: Spans[Spot], group: list[Spot], quantity: Quantity
) -> list[Spot]:
    """张家口距北京180公里: the distance is of both, what follows of 张家口 alone."""
    other = spots.last_before(quantity.start)
    is_distance = (
        other is not None
        and other.start >= frame.clause(quantity.start).start
        and frame.text.endswith(_FROM, 0, other.start)
    )
    if other is None or not is_distance or other.code in {spot.code for spot in group}:
        return group
    return [*group, other]


def _with_subject(frame: Frame, spots: Spans[Spot], group: list[Spot]) -> list[Spot]:
    """广西外贸增长，对东盟进出口18亿元: of both, whose it is and with whom."""
    text = frame.text
    if not group or not text.endswith("对", 0, group[0].start):
        return group
    start = group[0].start - 1
    earlier = _plain(spots.inside(frame.sentence(start).start, start))
    subject = next((s for s in earlier if _is_subject(frame, s)), None)
    return group if subject is None or _overlap(subject, group[0]) else [subject, *group]


def _overlap(one: Spot, other: Spot) -> bool:
    """Whether one lies in the other: what 上海 says about 全国 is told of the country alone."""
    if one.code is None or other.code is None:
        return True
    return contains(one.code, other.code) or contains(other.code, one.code)


def _find_group(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> list[Spot]:
    return next(filter(None, _find_groups(frame, spots, quantity)), [])


def _find_groups(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> Iterator[list[Spot]]:
    """The places that `quantity` may be about, or none, the likeliest first."""
    text, clause = frame.text, frame.clause(quantity.start)
    if label := _find_label(text, spots, quantity):
        yield [label]
    before = spots.inside(clause.start, quantity.start)
    own = _plain(before)
    is_part = "fraction" in quantity.rules or "half" in quantity.rules
    if is_part or _is_beside(spots.first_after(quantity.end), own, quantity):
        yield _first_group(text, _find_behind(frame, spots, quantity))
    yield _last_group(text, own)
    behind = _plain(_find_behind(frame, spots, quantity))
    yield _first_group(text, [s for s in behind if s.is_locative])
    yield _first_group(text, [s for s in behind if not s.is_whole])
    sentence = frame.sentence(quantity.start)
    if not _CITIES.search(text, clause.start, quantity.end + _KIND_LENGTH):
        earlier = _plain(spots.inside(sentence.start, clause.start))
        yield _last_group(text, [s for s in earlier if not _is_nature(s)])
    yield _last_group(text, before)
    if not is_of_no_place(frame, quantity):
        yield _just_before(frame, spots, sentence)
        yield _just_behind(frame, spots, clause.end)


def _find_label(text: str, spots: Spans[Spot], quantity: Quantity) -> Spot | None:
    """The place of one figure alone: 临朐（386毫米）; 低于韩国的229次."""
    last = spots.last_before(quantity.start)
    if last is None:
        return None
    gap = text[last.end : quantity.start]
    return last if gap in ("（", "(") or (last.is_modifier and gap == "的") else None


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
        and spot.surface != "全国"  # 39个全国重点村 are so called, wherever they lie
        and not (own and own[-1].end == quantity.start)
    )


def is_of_no_place(frame: Frame, quantity: Quantity) -> bool:
    """Whether no place goes without saying for it: it is of many, or the age of somebody.

    35个三线城市的房价, 来自19个国家的300名嘉宾, 85岁: such have the places beside them only.

    >>> from etl.transform.amounts.quantities import find_quantities
    >>> from etl.transform.scopes import Frame
    >>> def is_so(text):
    ...     quantities = list(find_quantities(text))
    ...     return is_of_no_place(Frame(text, (), (), quantities), quantities[-1])
    >>> is_so("来自19个国家和地区的300名嘉宾"), is_so("二线城市环比上涨0.7%"), is_so("今年85岁")
    (True, True, True)
    >>> is_so("嘉宾300名")
    False
    """
    start, end = frame.sentence(quantity.start).start, frame.clause(quantity.start).end
    return (
        frame.text.startswith("岁", quantity.end - 1)
        or _is_of_countries(frame.text, quantity)
        or bool(_CITIES.search(frame.text, start, end))
    )


def _is_of_countries(text: str, quantity: Quantity) -> bool:
    start = max(0, quantity.start - _LONGEST_PHRASE)
    return bool(
        (quantity.unit in _COUNTS_OF_COUNTRIES and _COUNTRIES.match(text, quantity.end))
        or _FROM_COUNTRIES.search(text, start, quantity.start)
    )


def _share_out(frame: Frame, group: list[Spot], quantity: Quantity) -> list[Spot]:
    """上海、广州分别为5.09%、5.55%: one value for each place, where their numbers agree."""
    if len(group) == 1 or not group or group[-1].end > quantity.start:
        return group
    said = frame.text.find("分别", group[-1].end, quantity.start)
    listed = frame.list_from(said) if said >= 0 else []
    if len(listed) != len(group) or quantity not in listed:
        return group
    return [group[listed.index(quantity)]]


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


def _plain(spots: Sequence[Spot]) -> list[Spot]:
    return [spot for spot in spots if not spot.is_modifier]


def _just_before(frame: Frame, spots: Spans[Spot], sentence: Span) -> list[Spot]:
    if sentence.start == 0:
        return []
    previous = frame.sentence(sentence.start - 1)
    named = [s for s in _plain(spots.inside(previous.start, previous.end)) if not s.is_whole]
    topics = (n for n, spot in reversed(list(enumerate(named))) if _is_topic(frame, spot))
    return _first_group(frame.text, named[next(topics, len(named)) :])


def _just_behind(frame: Frame, spots: Spans[Spot], end: int) -> list[Spot]:
    """投资5亿元，在福清市建厂: the next clause says where, and has no figures of its own."""
    if not frame.text.startswith("，", end):
        return []
    following = frame.clause(end + 1)
    if frame.metrics.inside(*following) and not _REACH.match(frame.text, following.start):
        return []
    named = _plain(spots.inside(*following))
    told = (n for n, s in enumerate(named) if s.is_locative or _is_subject(frame, s))
    return _first_group(frame.text, named[next(told, len(named)) :])


def _is_subject(frame: Frame, spot: Spot) -> bool:
    """A place that begins its clause and can own something: no river, no whole world."""
    region = REGIONS.get(spot.code or "")
    is_owner = region is not None and region.level not in ("feature", "world")
    words = frame.without_times(frame.clause(spot.start).start, spot.start)
    return is_owner and not spot.is_whole and words in _BEFORE_SUBJECTS


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


def _last_group(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """The last place with those it is listed with: 天津、河北; 雄安到大兴机场."""
    group: list[Spot] = []
    for spot in reversed(spots):
        gap = text[spot.end : group[0].start] if group else ""
        if group and not (
            _JOINED.fullmatch(gap)
            or _ROUTE.fullmatch(gap)
            or (gap == "在" and _FLOW.match(text, spot.end))
        ):
            break
        group.insert(0, spot)
    parts = [
        s for s in group if not s.is_whole and s.code != "world"
    ]  # 美国在全球进口的 is America's
    return _without_shared_parent(parts or group)


_PARENT = re.compile(r"^[^省]{2,3}省(?=.)|^[^区]{2,8}自治区(?=.)")


def _without_shared_parent(group: list[Spot]) -> list[Spot]:
    """In 河北省张家口、承德、保定市 the province belongs to all, not to the first."""
    if not group[1:] or not (parent := _PARENT.match(group[0].surface)):
        return group
    first, *others = group
    start, surface = first.start + parent.end(), first.surface[parent.end() :]
    return [first._replace(start=start, surface=surface), *others]


def _first_group(text: str, spots: Sequence[Spot]) -> list[Spot]:
    group: list[Spot] = []
    for spot in spots:
        if group and not _JOINED.fullmatch(text[group[-1].end : spot.start]):
            break
        group.append(spot)
    return group
