"""The gazetteer: which regions there are, what they are called, which lies in which.

Divisions carry their GB/T 2260 code as `region_code`, countries their ISO 3166-1 code, named
areas, features and groups a code of our own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Region:
    """One row of the table regions.

    `level` is world, country, province, prefecture, county, area, feature or group; `adcode` the
    GB/T 2260 code of an administrative division.
    """

    region_code: str
    name_zh: str
    name_en: str
    level: str
    parent_code: str | None
    adcode: str | None


class Candidate(NamedTuple):
    """A region that a name may mean; `use` says what must stand beside the name.

    free     nothing: a place on sight (石家庄)
    edge     the end of a word on one side, for it may be cut out of others (荣昌 in 繁荣昌盛)
    context  any sign of a place, for it may be something else (大兴, 固安)
    near     the region it lies in, anywhere in the text (副中心)
    parent   its parent before it, its siblings around it or an office behind it: a common
             word (和平, 朝阳)
    """

    region_code: str
    use: str


HAN = "\u4e00-\u9fff"
"""The characters of names, as the inside of a class; one range compiles fast."""

LANGUAGE = grammar.read_table("regions")
"""How texts write places, for all modules that read them."""

_KINDS = {"province": "admin", "prefecture": "admin", "county": "admin", "group": "abbr"}
_COMMON = frozenset(LANGUAGE["common_full_names"])
_SHORT = 2
_LONG = 4
"""Characters; a name this long is no common word: 西部地区, unlike 西部."""


_read_rows = cache(grammar.read_rows)


def _read_regions() -> Iterator[Region]:
    for code, zh, en, level, parent, *_ in _read_rows("divisions"):
        yield Region(code, zh, en, level, parent, code)
    for file in ("countries", "areas"):
        for code, zh, en, level, parent, *_ in _read_rows(file):
            yield Region(code, zh, en, level, parent or None, None)


REGIONS: Mapping[str, Region] = {region.region_code: region for region in _read_regions()}
"""Every region by its code."""

MEMBERS: Mapping[str, tuple[str, ...]] = {
    row[0]: tuple(row[7].split()) for row in _read_rows("areas") if row[7]
}
"""The regions that a group or area is made of, by its code."""


@cache
def kind_of(region_code: str) -> str:
    """admin, abbr, area, feature, country or world.

    >>> kind_of("130000"), kind_of("jing_jin_ji"), kind_of("baiyang_lake")
    ('admin', 'abbr', 'feature')
    """
    level = REGIONS[region_code].level
    return _KINDS.get(level, level)


@cache
def ancestors_of(region_code: str) -> tuple[str, ...]:
    """The regions that contain this one, the smallest first.

    >>> ancestors_of("130722")
    ('130700', '130000', 'CN', 'asia', 'world')
    >>> ancestors_of("world")
    ()
    """
    parent = REGIONS[region_code].parent_code
    return (parent, *ancestors_of(parent)) if parent else ()


def contains(outer: str, inner: str) -> bool:
    """Whether region `inner` lies in `outer` or is it; a group contains its members.

    >>> contains("130000", "xiongan"), contains("jing_jin", "120116"), contains("130000", "110000")
    (True, True, False)
    """
    if outer == inner or outer in ancestors_of(inner):
        return True
    return any(contains(member, inner) for member in MEMBERS.get(outer, ()))


def read_names() -> dict[str, tuple[Candidate, ...]]:
    """Every name with the regions it may mean, the largest first."""
    found: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for name, code, use in _name_all():
        found[name].setdefault(code, Candidate(code, use))
    return {name: tuple(candidates.values()) for name, candidates in found.items()}


def _name_all() -> Iterator[tuple[str, str, str]]:
    divisions = sorted(_read_rows("divisions"), key=_rank)
    taken = {row[1] for row in divisions}
    for code, zh, _, level, _, short, use in divisions:
        yield zh, code, _use_of_full(zh)
        if short:
            yield short, code, use
        for other in _other_names(zh, short, level) - taken:
            yield other, code, "free"
    for zh, code in LANGUAGE["former_names"].items():
        yield zh, code, _use_of_full(zh)
    for file in ("countries", "areas"):
        for code, zh, _, _, _, also, use, *_ in _read_rows(file):
            yield zh, code, "free" if len(zh) >= _LONG else use
            for name in filter(None, also.split("|")):
                yield name, code, "free" if use == "context" and len(name) >= _LONG else use


def _use_of_full(zh: str) -> str:
    """易县 also stands inside 贸易县域, and every city has its 老城区."""
    if zh in _COMMON:
        return "parent"
    return "free" if len(zh) > _SHORT else "context"


def _other_names(zh: str, short: str, level: str) -> set[str]:
    """延边州 for an autonomous division; 密云县 for a county that has become a district."""
    names = set()
    if level != "province" and ("自治" in zh or "族区" in zh):
        names.add(short + zh[-1])
    if level == "county":
        names.add(f"{short}县")
    return {name for name in names if len(name) > _SHORT}


def _rank(row: list[str]) -> tuple[int, str]:
    return ("province", "prefecture", "county").index(row[3]), row[0]
