"""Areas that name themselves: 曹妃甸协同发展示范区, 雄安新区容西片区, 张北县郝家营乡西高庙村.

The gazetteer cannot know them all. Each begins with a known place or stands right behind one, and
carries that place's code: the smallest known region that contains it.
"""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.places.gazetteer import (
    HAN,
    LANGUAGE,
    MEMBERS,
    REGIONS,
    ancestors_of,
    contains,
    kind_of,
)
from etl.transform.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from etl.transform.places.place_names import Name


class PlaceMatch(NamedTuple):
    """A place in a text, offsets half-open.

    `kind` is admin, abbr, area, feature, country or world. `is_exact` is false where the region is
    not the place itself but the smallest known one that contains it.
    """

    start: int
    end: int
    surface: str
    region_code: str
    kind: str
    is_exact: bool = True


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WORDS = f"(?:{_any(LANGUAGE['area_words'])})"
_ENDING = f"(?:{_any(LANGUAGE['area_endings'])})"
# no word where an ending fits: so there is one way to read a name, and nothing to try again
_AREA = f"(?:(?!{_ENDING}){_WORDS})*+{_ENDING}"
_PROVINCES = frozenset(LANGUAGE["abbreviations"])
_CITIES = LANGUAGE["city_abbreviations"]

_FIRST = "".join({word[0] for word in (*LANGUAGE["area_words"], *LANGUAGE["area_endings"])})
# Most names end before a character that begins no area: it is looked at alone first.
_TAIL = re.compile(rf"(?=[{_FIRST}]){_AREA}(?!域)")
_CITY_TAIL = re.compile(rf"(?P<cities>[{''.join(_CITIES)}]{{1,3}}){_AREA}")
_DASH = re.compile("[—―–－-]{1,2}")
_FEATURE = re.compile("|".join(LANGUAGE["feature_endings"]))
_OWN = re.compile(rf"(?P<own>[{HAN}]{{2,6}}?)(?:{_any(LANGUAGE['own_name_endings'])})(?!域)")
_TOWN = re.compile(
    rf"(?P<own>[{HAN}]{{1,4}}?)(?:{_any(LANGUAGE['town_endings'])})"
    rf"(?!{_any(LANGUAGE['no_town_before'])})"
)
_VILLAGE = re.compile(
    rf"(?P<own>[{HAN}]{{1,4}}?)(?:{_any(LANGUAGE['village_endings'])})"
    rf"(?!{_any(LANGUAGE['no_village_before'])})"
)
_COMMON = re.compile(rf"{_WORDS}+|{_any(LANGUAGE['no_names'])}")
_NO_NAME = frozenset(LANGUAGE["no_name_chars"])
_UNIT_ENDS = tuple("省市区县州旗盟")
_LONG_NAME = 3
_PAIR = 2
_NESTED = tuple("村镇乡")
"""What a town's name does not end with: 阳光村|镇银行 is a bank."""
_LEVELS_WITH_RIVERS = frozenset(("prefecture", "county"))
_LEVELS_WITH_AREAS = frozenset(("province", "prefecture", "county"))
_LEVELS_WITH_TOWNS = frozenset(("prefecture", "county", "area"))


def begins_area(text: str, end: int) -> bool:
    """Whether an ending such as 新区 or 协同发展示范区 follows a name that ends here.

    >>> begins_area("正定新区", 2), begins_area("正定义", 2)
    (True, False)
    """
    return _TAIL.match(text, end) is not None


def find_areas(text: str, names: Sequence[Name]) -> Iterator[PlaceMatch]:
    """The settled names as places, grown to the areas that begin with them or stand behind them."""
    end = 0
    for name, after in zip_longest(names, names[1:]):
        if name.start < end:
            continue
        for place in _grow(text, name, after):
            end = place.end
            yield place


def find_again(texts: Sequence[str], found: Sequence[list[PlaceMatch]]) -> list[list[PlaceMatch]]:
    """The places `found` in `texts`, and what named itself behind one where it stands alone.

    >>> texts = ["张北县郝家营乡", "郝家营乡5家"]
    >>> village = PlaceMatch(3, 7, "郝家营乡", "130722", "admin", is_exact=False)
    >>> places = [[PlaceMatch(0, 3, "张北县", "130722", "admin"), village], []]
    >>> [place.start for place in find_again(texts, places)[1]]
    [0]
    """
    known = {place.surface: place for places in found for place in _name_themselves(places)}
    if not known:
        return list(found)
    again = _Known(known)
    return [_with_again(text, places, again) for text, places in zip(texts, found, strict=True)]


def _name_themselves(places: Sequence[PlaceMatch]) -> Iterator[PlaceMatch]:
    """Those that stand right behind another place and carry its code."""
    for before, place in pairwise(places):
        is_long = place.end - place.start >= _LONG_NAME
        if not place.is_exact and before.end == place.start and is_long:
            yield place


def _with_again(text: str, places: list[PlaceMatch], known: _Known) -> list[PlaceMatch]:
    taken = Spans(places)
    again = [place for place in known.find(text) if not taken.touches(place.start, place.end)]
    return sorted([*places, *again]) if again else places


class _Known:
    """Places by their names, found in time that does not grow with how many there are."""

    def __init__(self, places: Mapping[str, PlaceMatch]) -> None:
        self._places = places
        self._starts = {surface[0] for surface in places}
        self._sizes = sorted({len(surface) for surface in places}, reverse=True)

    def find(self, text: str) -> Iterator[PlaceMatch]:
        """Where they stand in a text, of two that begin together the longer."""
        end = 0
        for at, character in enumerate(text):
            if at < end or character not in self._starts:
                continue
            names = (text[at : at + size] for size in self._sizes)
            if place := next(filter(None, map(self._places.get, names)), None):
                end = at + len(place.surface)
                yield place._replace(start=at, end=end)


def _grow(text: str, name: Name, after: Name | None) -> Iterator[PlaceMatch]:
    code = name.code or ""
    is_full = _is_full(text, name)
    if not is_full and (area := _match_area(text, name, after)):
        yield area
        return
    surface = text[name.start : name.end]
    yield PlaceMatch(name.start, name.end, surface, code, kind_of(code))
    if is_full or REGIONS[code].level in _LEVELS_WITH_AREAS:
        yield from _find_behind(text, name.end, code, after)


def _is_full(text: str, name: Name) -> bool:
    """天津市 is a whole; 天津 may be the beginning of 天津经济技术开发区."""
    return name.end - name.start >= _LONG_NAME and text.startswith(_UNIT_ENDS, name.end - 1)


def _match_area(text: str, name: Name, after: Name | None) -> PlaceMatch | None:
    code = name.code or ""
    kind = kind_of(code)
    if kind == "abbr" and _PROVINCES.issuperset(text[name.start : name.end]):
        return _match_between_cities(text, name)
    if kind in ("country", "world"):
        return None
    if REGIONS[code].level in _LEVELS_WITH_RIVERS and (tail := _FEATURE.match(text, name.end)):
        return _place(text, name.start, tail.end(), code, "feature")
    if tail := _TAIL.match(text, name.end):
        # 湘江新区 does not lie in the river
        around = REGIONS[code].parent_code if kind == "feature" else code
        return _place(text, name.start, tail.end(), around or code, "area")
    # 燕山—太行山水源涵养区
    if after and after.code and _DASH.fullmatch(text, name.end, after.start):
        tail = _TAIL.match(text, after.end)
        return tail and _place(text, name.start, tail.end(), _common([code, after.code]), "area")
    return None


def _match_between_cities(text: str, name: Name) -> PlaceMatch | None:
    """京津冀 only names what is in it; 京津保生态过渡带 is a name."""
    tail = _CITY_TAIL.match(text, name.end)
    if not tail:
        return None
    cities = [_CITIES[char] for char in tail["cities"]]
    return _place(text, name.start, tail.end(), _common([name.code or "", *cities]), "area")


def _find_behind(text: str, at: int, code: str, after: Name | None) -> Iterator[PlaceMatch]:
    """容西片区 behind 雄安新区; 郝家营乡, then 西高庙村, behind 张北县."""
    is_next = after is not None and after.start == at and after.code != code
    if after and is_next and contains(code, after.code or ""):
        return
    if not is_next and (own := _match_own(_OWN, text, at, after)):
        yield _place(text, at, own, code, "area")
    elif REGIONS[code].level in _LEVELS_WITH_TOWNS:
        town = _match_own(_TOWN, text, at, after)
        if town:
            yield _place(text, at, town, code, "admin")
        if village := _match_own(_VILLAGE, text, town or at, after):
            yield _place(text, town or at, village, code, "admin")


def _match_own(pattern: re.Pattern[str], text: str, at: int, after: Name | None) -> int | None:
    """The end of a name of this shape, if what stands before its ending can be a name."""
    match = pattern.match(text, at)
    if not match or (after and _interferes(after, at, match.end())):
        return None
    own = match["own"]
    return match.end() if _can_name(own) else None


def _can_name(own: str) -> bool:
    # 共和镇 and 和庆镇 are names, and no list ends in a name of one character
    if len(own) == _PAIR:
        own = own.replace("和", "")
    return bool(
        own
        and _NO_NAME.isdisjoint(own)
        and not _COMMON.fullmatch(own)
        and not own.endswith(_NESTED)
    )


def _interferes(after: Name, at: int, end: int) -> bool:
    """A known name inside spoils the new one, unless it only begins it: 文安 in 文安驿镇."""
    return at < after.start < end or (after.start == at and end <= after.end)


def _place(text: str, start: int, end: int, code: str, kind: str) -> PlaceMatch:
    """A place that is not in the gazetteer, with the region that contains it."""
    return PlaceMatch(start, end, text[start:end], code, kind, is_exact=False)


def _common(codes: Sequence[str]) -> str:
    """The smallest known region that contains them all: a province before a group before China."""
    outer = (codes[0], *ancestors_of(codes[0]))
    groups = sorted(
        (group for group in MEMBERS if REGIONS[group].parent_code == "CN"),
        key=lambda group: (len(MEMBERS[group]), group),
    )
    smaller = (*outer[: outer.index("CN")], *groups)
    return next((r for r in smaller if all(contains(r, code) for code in codes)), "CN")
