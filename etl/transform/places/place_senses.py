"""Which region a name means, and whether it is a place at all, by what stands around it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from etl.transform.places.gazetteer import MEMBERS, REGIONS, Candidate, ancestors_of, contains
from etl.transform.places.place_cues import has_cue, has_edge, is_office, is_person, is_street

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from etl.transform.places.place_names import Name

_BETWEEN_SIBLINGS = frozenset(("、", "和", "与", "及", "以及", "或"))
_SIDES = tuple("东西中")
_LEVELS = ("province", "prefecture", "county")
_LEVELS_WITH_PARTS = frozenset(("province", "prefecture"))
_HOME = ("11", "12", "13")
"""Beijing, Tianjin, Hebei: the region this project reads about."""
_PERSONAL = 2
"""Characters; a longer place name is nobody's given name."""


def resolve_names(text: str, names: Sequence[Name]) -> None:
    """Give each of `names` its code, or leave None where it is no place or stays ambiguous."""
    for left, name in zip((None, *names), names, strict=False):
        if _is_other(text, name) or (left and _is_side(text, left, name)):
            name.candidates = ()
        name.code = _read_alone(text, name)
    if not all(name.code for name in names):
        settle_names(text, names, find_surroundings(names))


def settle_names(text: str, names: Sequence[Name], around: Collection[str]) -> None:
    """Give those of `names` a code that have none yet, by the places beside them and `around`."""
    for left, name in zip((None, *names), names, strict=False):
        if not name.code:
            name.code = _read_left(text, left, name) or _resolve(text, name, around)
    for name, right in zip(names[-2::-1], names[:0:-1], strict=True):
        if not name.code and right.code and text[name.end : right.start] in _BETWEEN_SIBLINGS:
            name.code = _match_sibling(name, right.code)


def _is_other(text: str, name: Name) -> bool:
    """A person or a street; only a name of two characters can be one."""
    if name.end - name.start != _PERSONAL:
        return False
    return is_street(text, name.end) or is_person(text, name.start)


def _is_side(text: str, left: Name, name: Name) -> bool:
    """新疆东部和西部 are sides of Xinjiang, not of China."""
    if not text.startswith("部", name.start + 1) or not text.startswith(_SIDES, name.start):
        return False
    between = text[left.end : name.start]
    return not between if left.candidates else between in _BETWEEN_SIBLINGS


def _read_alone(text: str, name: Name) -> str | None:
    """The region that the name means without anything beside it but a word's edge."""
    inside, at_edge = _read_plain(name.candidates)
    return at_edge if at_edge != inside and has_edge(text, name.start, name.end) else inside


@cache
def _read_plain(candidates: tuple[Candidate, ...]) -> tuple[str | None, str | None]:
    """The only region that needs nothing beside its name, and the only one at a word's edge."""
    plain = [c for c in candidates if c.use in ("free", "edge")]
    return _only(_collapse(c for c in plain if c.use == "free")), _only(_collapse(plain))


def _is_plain(text: str, name: Name, candidate: Candidate) -> bool:
    if candidate.use == "edge":
        return has_edge(text, name.start, name.end)
    return candidate.use == "free"


def _read_left(text: str, left: Name | None, name: Name) -> str | None:
    """By the place just before: the region that contains this one, or its sibling in a list."""
    if not left or not left.code:
        return None
    if left.end == name.start:
        return next((code for code, use in name.candidates if _holds(left.code, code, use)), None)
    if text[left.end : name.start] in _BETWEEN_SIBLINGS:
        return _match_sibling(name, left.code)
    return None


def _holds(outer: str, code: str, use: str) -> bool:
    """东北振兴 names no district 振兴, though it lies there: only a division vouches for a word."""
    if code == outer or not contains(outer, code):
        return False
    return use != "parent" or REGIONS[outer].level in _LEVELS_WITH_PARTS


def _match_sibling(name: Name, sibling: str) -> str | None:
    """A region with the sibling's parent; else one that needs no more than any place beside it."""
    for code, _ in name.candidates:
        if _are_siblings(code, sibling):
            return code
    near = _collapse(c for c in name.candidates if c.use in ("edge", "context"))
    return _only(near) or _nearest(near, {sibling, *ancestors_of(sibling)})


def _are_siblings(one: str, other: str) -> bool:
    first, second = REGIONS[one], REGIONS[other]
    if first.level == "country":
        return second.level == "country"
    return first.parent_code == second.parent_code != "CN"


def _resolve(text: str, name: Name, around: Collection[str]) -> str | None:
    """By cues beside the name and by the places around it."""
    admitted = _collapse(c for c in name.candidates if _admits(text, name, c, around))
    if len(admitted) <= 1:
        return _only(admitted)
    return (
        _only(_largest(admitted))
        or _nearest(admitted, around)
        or _only([c for c in admitted if c.region_code.startswith(_HOME)])
    )


def _admits(text: str, name: Name, candidate: Candidate, around: Collection[str]) -> bool:
    code, use = candidate
    if use in ("near", "parent"):
        if code in around:  # 江门开平市 is named, too: so 开平均价 is that of 开平
            return use == "near" or has_edge(text, name.start, name.end)
        is_near = any(outer in around for outer in ancestors_of(code)[:2])
        return is_near and (use == "near" or is_office(text, name.end))
    return _is_plain(text, name, candidate) or code in around or has_cue(text, name.start, name.end)


def find_surroundings(names: Iterable[Name]) -> set[str]:
    """The codes of the `names` settled so far, and of the divisions that contain them."""
    return set().union(*(_reach(code) for code in {name.code for name in names} if code))


@cache
def _reach(code: str) -> frozenset[str]:
    """What naming a region brings to mind: it and its members, and what contains them."""
    codes = {code, *MEMBERS.get(code, ())}
    codes |= {outer for inner in codes for outer in ancestors_of(inner)}
    return frozenset(c for c in codes if c != "CN" and REGIONS[c].level != "world")


def _nearest(candidates: list[Candidate], around: Collection[str]) -> str | None:
    """The candidate with most of its ancestors around."""
    support = {
        code: sum(outer in around for outer in (code, *ancestors_of(code)))
        for code, _ in candidates
    }
    best = max(support.values(), default=0)
    winners = [code for code, count in support.items() if count == best]
    return winners[0] if best and len(winners) == 1 else None


def _collapse(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Without those that lie in another: 承德 is the prefecture, not its county of that name."""
    found = list(candidates)
    if len(found) <= 1:
        return found
    codes = {code for code, _ in found}
    return [c for c in found if codes.isdisjoint(ancestors_of(c.region_code))]


def _only(candidates: list[Candidate]) -> str | None:
    return candidates[0].region_code if len(candidates) == 1 else None


def _largest(candidates: list[Candidate]) -> list[Candidate]:
    """Those of the highest administrative level present."""
    levels = [REGIONS[c.region_code].level for c in candidates]
    highest = next((level for level in _LEVELS if level in levels), None)
    return [c for c, level in zip(candidates, levels, strict=True) if level == highest]
