"""Spots: the places of a paragraph, and how each bears on what is said around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar
from etl.transform.places.regions import REGIONS
from etl.transform.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.transform.places.regions import PlaceMatch, Region


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
_LONGEST_NAME = 40
_OPENING = re.compile(r"[“《（(]")
_QUOTATION = (
    re.compile(r"[“《][^”》。，；！？\d]{0,20}$"),
    re.compile(r"[^“《。，；！？\d]{1,20}[”》]"),
)
_PARENTHESIS = re.compile(r"[（(][^）)。；\d]*$"), re.compile(r"[^（(。；\d]{0,40}[）)]")
_WHOLE_CODES = {
    "全国": "CN", "我国": "CN", "国内": "CN", "中国": "CN",
    "全世界": "world", "全球": "world", "世界各地": "world", "世界": "world",
}  # fmt: skip
# Every branch begins with its characters, so that the engine looks for these.
_WHOLE = re.compile(
    r"全国(?!人大|政协|人民代表|性|两会|劳模|工商联|妇联)|我国|国内(?!外)|全世界|全球(?!购|化|通)|世界各地"
    r"|世界(?=上(?!最|第|唯|首|著)|[^，。；：、\d]{0,4}(?:平均|人均|总))"
    r"|中国(?:(?<=^中国)|(?<=[，。；：年月在同与对个前亿]中国))(?!共产党|人民(?:银行|解放军|武装|志愿军|大学|政协|政治|日报)"
    r"|银行|科学院|社会科学院|作协|移动(?!支付|互联网)|电信|联通|石油|石化|铁路|人寿|平安)"
)
_SUFFIX = re.compile(
    r"及周边地区|及周边|地区(?!生产总值)|区域|(?:国际)?机场|[东西南北]?站(?![点台])"
)
# 39个全国重点村 are so called, wherever they lie.
_COUNTED = re.compile(r"[\d一二两三四五六七八九十几余多][个家项名处座所](?=全国)")
_DATELINE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:电|讯)")
_NAME = r"[^\s\d，。；：、“”（）《》的在是有和与]"
"""A character that may stand in a proper name."""
# 北京市级机关; 重庆信托, 哈尔滨工业大学, 昌平南延线: the place is part of a proper name.
_MODIFIED = re.compile(
    rf"{'|'.join(_MODIFIER.after)}|的?[东西南北]{{1,2}}(?:方向|[，。])|{_NAME}{{0,6}}?(?:{'|'.join(_RULES['institution'].after)})"
)
# 全球最大的生产国: a rank among all is told, and nothing of all.
_RANKED = re.compile(rf"{_NAME}{{0,6}}?的?(?:最(?:[大多长好早强]|高的)|唯一|领先)")
# 中国中医科学院, but 中国医院
_OF_NATION = re.compile(rf"{_NAME}{{2,6}}?(?:{'|'.join(_RULES['institution'].after)})")
# 东亚银行, 长城电工: nothing is told of the place that a company is called after.
_COMPANY = re.compile(
    rf"{_NAME}{{0,8}}?(?:有限|股份)(?:责任)?公司"
    rf"|{_NAME}{{0,3}}?(?:{'|'.join(_RULES['company'].after)})"
)
_TOWARDS = re.compile(r"转移|疏解|外|迁|输送|延伸|纵深")
_POINTER = re.compile("|".join(_RULES["pointer"].after))
_WHOLE_MODIFIER = (
    *(set(_MODIFIER.after) - set(_RULES["national"].after)),
    *_RULES["share"].after,
)
_OWN_LEVEL = re.compile(r"(?<=[省市区县])(?=[属级委直])")


@dataclass(slots=True)
class Seen:
    """The last place of each kind (省, 市, 县, 区, 国) named, to which 该市 and 全省 point back.

    `home` is the place the article is about, which 全市 means though 该市 may be another one.
    `passed` are paragraphs that nobody has asked for their places yet.
    """

    last: dict[str, Spot] = field(default_factory=dict)
    home: Spot | None = None
    passed: list[tuple[str, Iterable[PlaceMatch]]] = field(default_factory=list)


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


def _find_named(text: str, places: Iterable[PlaceMatch]) -> list[Spot]:
    return [_to_spot(text, place) for place in places if place.region_code != "world"]


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
        target = _find_target(match.group(), seen)
        found.append(Spot(*match.span(), target.surface, target.code))
    return found


def _find_target(pointer: str, seen: Seen) -> Spot:
    last = seen.last.get(pointer[-1], _NOWHERE)
    home = seen.home
    if home is None or pointer.startswith("该") or _kind_of(home) != pointer[-1]:
        return last
    return last if last.code == home.code else home


def _remember(spot: Spot, seen: Seen) -> None:
    if kind := _kind_of(spot):
        seen.last[kind] = spot


def _kind_of(spot: Spot) -> str | None:
    """What kind of place it is, as a pointer tells it: 省, 市, 县, 区 or 国."""
    region = REGIONS.get(spot.code or "")
    if region is None or not spot.surface.endswith(_names_of(region)):
        return None
    if region.level == "country":
        return "国"
    if region.adcode or region.level == "area":
        return region.name_zh[-1].replace("旗", "县")
    return None


def _names_of(region: Region) -> tuple[str, str]:
    """唐山市 and 唐山; 唐山港 is another place."""
    return region.name_zh, region.name_zh[:-1]


def _is_aside(text: str, spot: Spot) -> bool:
    head = text[max(0, spot.start - 3) : spot.start]
    return (
        head.endswith(_ASIDE.before)
        or (head.endswith("向") and _TOWARDS.match(text, spot.end) is not None)
        or _DATELINE.match(text, spot.end) is not None
        or _is_named(text, spot)
        or (spot.is_modifier if spot.is_whole else _COMPANY.match(text, spot.end) is not None)
    )


def _is_named(text: str, spot: Spot) -> bool:
    """“三亚天域酒店资产支持计划”, （佛山、东莞）: named in passing, without a figure beside it."""
    start = max(0, spot.start - _LONGEST_NAME)
    if not _OPENING.search(text, start, spot.start):
        return False
    return any(
        opens.search(text, start, spot.start) and closes.match(text, spot.end)
        for opens, closes in (_QUOTATION, _PARENTHESIS)
    )


def _to_whole(text: str, match: re.Match[str]) -> Spot:
    head = text[max(0, match.start() - 2) : match.start()]
    return Spot(
        *match.span(), match.group(), _WHOLE_CODES[match.group()],
        is_locative=head.endswith("在"),
        is_modifier=head.endswith(_MODIFIER.before)
        or _COUNTED.search(text, max(0, match.start() - 2), match.end()) is not None
        or text.startswith(_WHOLE_MODIFIER, match.end())
        or _RANKED.match(text, match.end()) is not None
        or (match.group() == "中国" and _OF_NATION.match(text, match.end()) is not None),
        is_whole=True,
    )  # fmt: skip


def _to_spot(text: str, place: PlaceMatch) -> Spot:
    suffix = _SUFFIX.match(text, place.end)
    end = suffix.end() if suffix else place.end
    if _OWN_LEVEL.match(text, end):  # 北京|市属学校
        end -= 1
    head = text[max(0, place.start - 4) : place.start]
    is_there = text.startswith(_LOCATIVE.after, end)
    return Spot(
        place.start,
        end,
        text[place.start : end],
        place.region_code,
        is_locative=is_there or head.endswith(_LOCATIVE.before),
        is_modifier=not is_there
        and (head.endswith(_MODIFIER.before) or _MODIFIED.match(text, end) is not None),
    )
