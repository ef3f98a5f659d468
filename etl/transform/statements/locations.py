"""Locations: which of the places around a quantity it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar
from etl.records import MetricRegion
from etl.transform.places.regions import REGIONS, contains
from etl.transform.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.text import Span
    from etl.transform.amounts.quantities import Quantity
    from etl.transform.places.regions import PlaceMatch, Region
    from etl.transform.scopes import Frame


@dataclass(frozen=True, slots=True)
class Bearing:
    """One rule of `locations.toml`; see the head of that file."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    examples: tuple[str, ...]


class Spot(NamedTuple):
    """A place, or a word such as 全国 that stands for one.

    `is_locative` where the sentence says that something is there, `is_modifier` where the place
    only names something else, `is_whole` for a word that means the whole country or world.
    """

    start: int
    end: int
    surface: str
    code: str | None
    is_locative: bool = False
    is_modifier: bool = False
    is_whole: bool = False


_NOWHERE = Spot(0, 0, "", None)
"""What 全省 means where no province has been named: no place, and none from the sentence before."""

_RULES = {rule.name: rule for rule in grammar.load("locations", Bearing)}
_LOCATIVE, _MODIFIER, _ASIDE = _RULES["locative"], _RULES["modifier"], _RULES["aside"]
_OPENING = re.compile(r"(?:^|[：:，｜|!！?？ ])(?:[^，：]{0,5}[年月日周季后前以来])?$")
_VILLAGE_LENGTH = 3
_OPENER_LENGTH = 2
_LONGEST_NAME = 40
_QUOTE_OPENS = re.compile(r"[“《][^”》。，；！？\d]{0,20}$")
_QUOTE_CLOSES = re.compile(r"[^“《。，；！？\d]{1,20}[”》]")
_PARENTHESIS_OPENS = re.compile(r"[（(][^）)。；\d]*$")
_PARENTHESIS_CLOSES = re.compile(r"[^（(。；\d]{0,40}[）)]")
_WHOLE = re.compile(
    r"(?P<CN>全国(?!人大|政协|人民代表|性|两会|劳模|工商联|妇联)|我国|国内(?!外)|(?:^|(?<=[，。；：年月在同与对个]))中国(?!共产党|人民(?:银行|解放军|武装|志愿军|大学|政协|政治|日报)|银行|科学院|社会科学院|作协|移动(?!支付|互联网)|电信|联通|石油|石化|铁路|人寿|平安))|(?P<world>全世界|全球(?!购|化|通)|世界各地)"
)
_SUFFIX = re.compile(
    r"及周边地区|及周边|地区(?!生产总值)|区域|(?:国际)?机场|[东西南北]?站(?![点台])"
)
_JOINED = re.compile(r"(?:地区|区域)?(?:[、和与及]|以及)(?:在)?")
_DATELINE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:电|讯)")
# 重庆信托, 哈尔滨工业大学, 昌平南延线: the place is part of a proper name.
_INSTITUTION = re.compile(
    r"[^\s\d，。；：、“”（）《》的在是有和与]{0,6}?(?:信托|证券|银行|保险|出版社|大学|学院|医院|法院|检察院|公司|集团|交易所"
    r"|营业部|工厂|研究院|研究所|[延号]线|登山队|代表队|少先队|俱乐部)"
)
# 东亚银行, 长城电工: nothing is told of the place that a company is called after.
_COMPANY = re.compile(
    r"[^\s\d，。；：、“”（）《》的在是有和与]{0,8}?(?:有限|股份)(?:责任)?公司"
    r"|[^\s\d，。；：、“”（）《》的在是有和与]{0,3}?(?:信托|证券|银行|保险|股份|集团|控股|电工|电子|动力|重工|科技|实业|影业|电器|重机|(?:联合)?交易所|登山队|代表队|俱乐部)"
)
_COUNTS_OF_COUNTRIES = ("个", "")
_COUNTRIES = re.compile("国家(?!级|重点|标准|[队税])")
_CITIES = re.compile(r"[一二三四]线城市|\d+个(?:大中|重点|热点)?城市")
_FROM_COUNTRIES = re.compile("来自[^，。；]{0,12}国家?(?:和地区)?的[^，。；]{0,4}$")
_TOWARDS = re.compile(r"转移|疏解|外|迁|输送|延伸|纵深")
_ROUTE = re.compile(r"(?:开车|乘车|出发)?(?:到|至|往)")
# 北京在津冀成交额 is of both; 中国在法国开设学校 tells of France.
_FLOW = re.compile(
    r"在(?![^，。；]{2,8}?(?:已|共|累计|先后)*(?:[开设建]设|设[立有]|建[成立有]|[举开]办|成立))"
)
_POINTER = re.compile("|".join(_RULES["pointer"].after))
_WHOLE_MODIFIER = tuple(set(_MODIFIER.after) - set(_RULES["national"].after))
_OWN_LEVEL = re.compile(r"(?<=[省市区县])(?=[属级委直])")


@dataclass(slots=True)
class Seen:
    """The last place of each kind (省, 市, 县, 区, 国) named, to which 该市 and 全省 point back.

    `passed` are paragraphs that nobody has asked for their places yet.
    """

    last: dict[str, Spot] = field(default_factory=dict)
    passed: list[tuple[str, Sequence[PlaceMatch]]] = field(default_factory=list)


def find_spots(text: str, places: Sequence[PlaceMatch], seen: Seen) -> Spans[Spot]:
    """The places of a paragraph with how they bear on what is said; `seen` is carried forward.

    >>> [spot.surface for spot in find_spots("全国共有5家", (), Seen()).items]
    ['全国']
    >>> [spot.surface for spot in find_spots("该市5家", (), Seen()).items]
    ['']
    """
    spots = _find_named(text, places)
    spots += _point_back(text, spots, seen) if _POINTER.search(text) else ()
    seen.passed.append((text, places))
    named = Spans(spots)
    spots += [_to_whole(text, m) for m in _WHOLE.finditer(text) if not named.touches(*m.span())]
    return Spans(spot for spot in spots if not _is_aside(text, spot))


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
    inside = spots.inside(sentence.start, sentence.end)
    return tuple(MetricRegion(_fullest(s, inside), s.code) for s in group if s.surface)


def _find_group(frame: Frame, spots: Spans[Spot], quantity: Quantity) -> list[Spot]:
    text, sentence, clause = (
        frame.text,
        frame.sentence(quantity.start),
        frame.clause(quantity.start),
    )
    if text[quantity.start - 1] in "（(" and (labelled := spots.ending_at(quantity.start - 1)):
        return [labelled]  # 临朐（386.7毫米）
    before = spots.inside(clause.start, quantity.start)
    behind = spots.inside(quantity.end, frame.free_clause(quantity).end)
    earlier = spots.inside(sentence.start, clause.start)
    own = _plain(before)
    is_beside = (
        behind
        and behind[0].start == quantity.end
        and behind[0].surface != "全国"  # 39个全国重点村 are so called, wherever they lie
        and not (own and own[-1].end == quantity.start)
    )
    is_part = "fraction" in quantity.rules or "half" in quantity.rules
    return (
        (_first_group(text, behind) if is_part or is_beside else [])
        or _last_group(text, own)
        or _first_group(text, [s for s in _plain(behind) if s.is_locative])
        or _first_group(text, [s for s in _plain(behind) if not s.is_whole])
        or _last_group(text, _plain(earlier))
        or _last_group(text, before)
        or ([] if is_of_no_place(frame, quantity) else _just_before(frame, spots, sentence))
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
    start = max(0, quantity.start - _LONGEST_NAME)
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


def _is_topic(frame: Frame, spot: Spot) -> bool:
    """A place that opens its clause, or where the clause plays, holds for the next sentence."""
    words = frame.without_times(frame.clause(spot.start).start, spot.start)
    return spot.is_locative or len(words) <= _OPENER_LENGTH


def _fullest(spot: Spot, inside: Sequence[Spot]) -> str:
    """副中心 is written 北京城市副中心 where the sentence names it in full."""
    others = [s for s in inside if s.code == spot.code and s.code and s.end != spot.end]
    region = REGIONS.get(spot.code or "")
    longest = len(region.name_zh) if region else 0
    named = (s.surface for s in others if s.surface.endswith(spot.surface))
    names = [spot.surface, *(name for name in named if len(name) <= longest)]
    return max(names, key=len)


_VILLAGE = re.compile(r"[^省市县区乡镇]{1,4}[乡镇村]$")


def _find_named(text: str, places: Iterable[PlaceMatch]) -> list[Spot]:
    spots = [_to_spot(text, place) for place in places]
    if again := _named_again(text, spots):
        spots = sorted([*spots, *again], key=lambda spot: spot.start)
    return spots


def _named_again(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """张北县郝家营乡西高庙村 is 西高庙村 from then on."""
    villages: dict[str, Spot] = {}
    for spot in spots:
        name = _VILLAGE.search(spot.surface)
        if name and _VILLAGE_LENGTH <= len(name.group()) < len(spot.surface):
            villages.setdefault(name.group(), spot)
    if not villages:
        return []
    found = re.finditer("|".join(map(re.escape, villages)), text)
    return [
        Spot(*match.span(), match.group(), villages[match.group()].code)
        for match in found
        if match.start() >= villages[match.group()].end
    ]


def _point_back(text: str, spots: Sequence[Spot], seen: Seen) -> list[Spot]:
    """该市, 全省: the last place of that kind before it, also from earlier paragraphs."""
    for earlier in seen.passed:
        for spot in _find_named(*earlier):
            _remember(spot, seen)
    seen.passed.clear()
    found = []
    named = iter([*spots, None])
    place = next(named)
    for match in _POINTER.finditer(text):
        while place is not None and place.start < match.start():
            _remember(place, seen)
            place = next(named)
        target = seen.last.get(match.group()[-1], _NOWHERE)
        found.append(Spot(*match.span(), target.surface, target.code))
    return found


def _remember(spot: Spot, seen: Seen) -> None:
    region = REGIONS.get(spot.code or "")
    if region is None or spot.is_modifier or not spot.surface.endswith(_names_of(region)):
        return
    if region.level == "country":
        seen.last["国"] = spot
    elif region.adcode:
        seen.last[region.name_zh[-1].replace("旗", "县")] = spot


def _names_of(region: Region) -> tuple[str, str]:
    """唐山市 and 唐山; 唐山港 is another place."""
    return region.name_zh, region.name_zh[:-1]


def _is_aside(text: str, spot: Spot) -> bool:
    head = text[max(0, spot.start - 3) : spot.start]
    is_target = head.endswith("向") and _TOWARDS.match(text, spot.end)
    return (
        head.endswith(_ASIDE.before)
        or bool(_DATELINE.match(text, spot.end))
        or bool(is_target)
        or _is_named(text, spot, _QUOTE_OPENS, _QUOTE_CLOSES)
        or _is_named(text, spot, _PARENTHESIS_OPENS, _PARENTHESIS_CLOSES)
        or (not spot.is_whole and bool(_COMPANY.match(text, spot.end)))
        or (spot.is_whole and spot.is_modifier)
    )


def _is_named(text: str, spot: Spot, opens: re.Pattern[str], closes: re.Pattern[str]) -> bool:
    """“三亚天域酒店资产支持计划”, （佛山、东莞）: named in passing, without a figure beside it."""
    start = max(0, spot.start - _LONGEST_NAME)
    return bool(opens.search(text, start, spot.start) and closes.match(text, spot.end))


def _to_whole(text: str, match: re.Match[str]) -> Spot:
    head = text[max(0, match.start() - 2) : match.start()]
    return Spot(
        *match.span(), match.group(), match.lastgroup,
        is_locative=head.endswith("在"),
        is_modifier=head.endswith(_MODIFIER.before)
        or text.startswith(_WHOLE_MODIFIER, match.end()),
        is_whole=True,
    )  # fmt: skip


def _to_spot(text: str, place: PlaceMatch) -> Spot:
    suffix = _SUFFIX.match(text, place.end)
    end = suffix.end() if suffix else place.end
    if _OWN_LEVEL.match(text, end):  # 北京|市属学校
        end -= 1
    head = text[max(0, place.start - 4) : place.start]
    return Spot(
        place.start,
        end,
        text[place.start : end],
        place.region_code,
        is_locative=head.endswith(_LOCATIVE.before) or text.startswith(_LOCATIVE.after, end),
        is_modifier=(
            head.endswith(_MODIFIER.before)
            or text.startswith(_MODIFIER.after, end)
            or _INSTITUTION.match(text, end) is not None
        )
        and not text.startswith(_LOCATIVE.after, end),
    )


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
