"""Groups: places that a figure is about together: 天津、河北; 雄安到大兴机场; 广西对东盟."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.transform.places.regions import REGIONS, contains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.transform.amounts.quantities import Quantity
    from etl.transform.scopes import Frame
    from etl.transform.spans import Spans
    from etl.transform.statements.spots import Spot

_JOINED = re.compile(
    r"(?:地区|区域)?(?:大?部分?地区|大部|局部|沿海|[东西南北中]{1,2}部(?:和[东西南北中]{1,2}部)?)?"
    r"(?:[、和与及]|以及)(?:在)?"
)
_ROUTE = re.compile(r"(?:[坐乘搭开][^，。；、\d]{1,4}|出发)?(?:到|至|往|直达|抵达)")
# 北京在津冀成交额 is of both; 中国在法国开设学校 tells of France.
_FLOW = re.compile(
    r"在(?![^，。；]{2,8}?(?:已|共|累计|先后)*(?:[开设建]设|设[立有]|建[成立有]|[举开]办|成立))"
)
_PARENT = re.compile(r"^[^省]{2,3}省(?=.)|^[^区]{2,8}自治区(?=.)")
_APART = ("距", "距离")
_SHARE = "占"
_WITH = ("与", "同", "和", "跟")
_COMMON = re.compile("[^，。；]{0,4}?(?:合作|贸易|往来|共建|签[订署约]|联合)")
_BEFORE_SUBJECTS = ("", "是")


def first_group(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """The first place with those that are listed behind it."""
    group: list[Spot] = []
    for spot in spots:
        if group and not _JOINED.fullmatch(text[group[-1].end : spot.start]):
            break
        group.append(spot)
    return group


def last_group(text: str, spots: Sequence[Spot]) -> list[Spot]:
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
    # 美国在全球进口的 is America's
    parts = [s for s in group if not s.is_whole and s.code != "world"]
    return _without_shared_parent(parts or group)


def _without_shared_parent(group: list[Spot]) -> list[Spot]:
    """In 河北省张家口、承德、保定市 the province belongs to all, not to the first."""
    if not group[1:] or not (parent := _PARENT.match(group[0].surface)):
        return group
    first, *others = group
    start, surface = first.start + parent.end(), first.surface[parent.end() :]
    return [first._replace(start=start, surface=surface), *others]


def share_out(frame: Frame, group: list[Spot], quantity: Quantity) -> list[Spot]:
    """上海、广州分别为5.09%、5.55%: one value for each place, where their numbers agree."""
    if len(group) == 1 or not group or group[-1].end > quantity.start:
        return group
    said = frame.text.find("分别", group[-1].end, quantity.start)
    listed = frame.list_from(said) if said >= 0 else []
    if len(listed) != len(group) or quantity not in listed:
        return group
    return [group[listed.index(quantity)]]


def with_distant(
    frame: Frame, spots: Spans[Spot], group: list[Spot], quantity: Quantity
) -> list[Spot]:
    """张家口距北京180公里; 大湾区投资占贺州的65%: of both, what follows is of the first alone."""
    named = spots.inside(frame.clause(quantity.start).start, quantity.start)
    if not named:
        return group
    *_, other = named
    is_share = frame.text.endswith(_SHARE, 0, other.start)
    if not is_share and not frame.text.endswith(_APART, 0, other.start):
        return group
    if any(spot.code == other.code or (is_share and _overlap(spot, other)) for spot in group):
        return group
    return [*group, other]


def with_subject(frame: Frame, spots: Spans[Spot], group: list[Spot]) -> list[Spot]:
    """广西外贸增长，对东盟进出口18亿元; 唐山与京津合作5个: of both, whose it is and with whom."""
    text = frame.text
    if not group or not (
        text.endswith("对", 0, group[0].start)
        or (text.endswith(_WITH, 0, group[0].start) and _COMMON.match(text, group[-1].end))
    ):
        return group
    start = group[0].start - 1
    earlier = plain(spots.inside(frame.sentence(start).start, start))
    subject = next((s for s in earlier if is_subject(frame, s)), None)
    return group if subject is None or _overlap(subject, group[0]) else [subject, *group]


def _overlap(one: Spot, other: Spot) -> bool:
    """Whether one lies in the other: what 上海 says about 全国 is told of the country alone."""
    if one.code is None or other.code is None:
        return True
    return contains(one.code, other.code) or contains(other.code, one.code)


def is_subject(frame: Frame, spot: Spot) -> bool:
    """A place that begins its clause and can own something: no river, no whole world."""
    region = REGIONS.get(spot.code or "")
    is_owner = region is not None and region.level not in ("feature", "world")
    words = frame.without_times(frame.clause(spot.start).start, spot.start)
    return is_owner and not spot.is_whole and words in _BEFORE_SUBJECTS


def plain(spots: Sequence[Spot]) -> list[Spot]:
    """Those of which something is told, and which do not only name something else."""
    return [spot for spot in spots if not spot.is_modifier]
