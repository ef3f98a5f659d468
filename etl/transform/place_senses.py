"""Which region a name means, and whether it is a place at all, by what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl import grammar
from etl.transform.gazetteer import MEMBERS, REGIONS, Candidate, ancestors_of, contains
from etl.transform.place_areas import begins_area

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from etl.transform.place_names import Name

_TABLE = grammar.read_table("regions")
_CUES_BEFORE = tuple(_TABLE["cues_before"])
_CUES_AFTER = tuple(_TABLE["cues_after"])
_BETWEEN_SIBLINGS = frozenset(("、", "和", "与", "及", "以及", "或"))
_LEVELS = ("province", "prefecture", "county")
_HOME = ("11", "12", "13")
"""Beijing, Tianjin, Hebei: the region this project reads about."""


def settle(text: str, names: list[Name], known: Collection[str]) -> None:
    """Give each of `names` its code, or leave None where it is no place or stays ambiguous.

    `known` are codes of regions that the document names elsewhere.
    """
    for name in names:
        name.code = _only(_collapse(c for c in name.candidates if c.use == "free"))
    around = _surroundings(names, known)
    for left, name in zip((None, *names), names, strict=False):
        if not name.code:
            name.code = _read_left(text, left, name) or _resolve(text, name, around)
    for name, right in zip(names[-2::-1], names[:0:-1], strict=True):
        if not name.code and right.code and text[name.end : right.start] in _BETWEEN_SIBLINGS:
            name.code = _match_sibling(name, right.code)


def _read_left(text: str, left: Name | None, name: Name) -> str | None:
    """By the place just before: the region that contains this one, or its sibling in a list."""
    if not left or not left.code:
        return None
    if left.end == name.start:
        inside = (c.region_code for c in name.candidates if contains(left.code, c.region_code))
        return next((code for code in inside if code != left.code), None)
    if text[left.end : name.start] in _BETWEEN_SIBLINGS:
        return _match_sibling(name, left.code)
    return None


def _match_sibling(name: Name, sibling: str) -> str | None:
    """A region with the sibling's parent; else one that needs no more than any place beside it."""
    for candidate in name.candidates:
        if _are_siblings(candidate.region_code, sibling):
            return candidate.region_code
    near = [c for c in name.candidates if c.use == "context"]
    return _only(_collapse(near)) or _nearest(near, {sibling, *ancestors_of(sibling)})


def _are_siblings(one: str, other: str) -> bool:
    first, second = REGIONS[one], REGIONS[other]
    if first.level == "country":
        return second.level == "country"
    return first.parent_code == second.parent_code != "CN"


def _resolve(text: str, name: Name, around: set[str]) -> str | None:
    """By cues beside the name and by the places around it."""
    has_cue = text.endswith(_CUES_BEFORE, 0, name.start) or _has_cue_after(text, name.end)
    admitted = _collapse(c for c in name.candidates if _admits(c, around, has_cue=has_cue))
    return (
        _only(admitted)
        or _nearest(admitted, around)
        or _only([c for c in admitted if c.region_code.startswith(_HOME)])
        or _only(_largest(admitted))
    )


def _has_cue_after(text: str, end: int) -> bool:
    return text.startswith(_CUES_AFTER, end) or begins_area(text, end)


def _admits(candidate: Candidate, around: set[str], *, has_cue: bool) -> bool:
    code, use = candidate
    if use == "free":
        return True
    if use == "context":
        return has_cue or code in around
    return has_cue and not around.isdisjoint(ancestors_of(code)[:2])


def _surroundings(names: Iterable[Name], known: Collection[str]) -> set[str]:
    """The codes named for certain, and the divisions that contain them."""
    codes = {*known, *(name.code for name in names if name.code)}
    codes |= {member for code in codes for member in MEMBERS.get(code, ())}
    codes |= {outer for code in codes for outer in ancestors_of(code)}
    return {code for code in codes if code != "CN" and REGIONS[code].level != "world"}


def _nearest(candidates: list[Candidate], around: set[str]) -> str | None:
    """The candidate with most of its ancestors around."""
    support = {
        c.region_code: sum(
            outer in around for outer in (c.region_code, *ancestors_of(c.region_code))
        )
        for c in candidates
    }
    best = max(support.values(), default=0)
    winners = [code for code, count in support.items() if count == best]
    return winners[0] if best and len(winners) == 1 else None


def _collapse(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Without those that lie in another: 承德 is the prefecture, not its county of that name."""
    found = list(candidates)
    codes = {c.region_code for c in found}
    return [c for c in found if codes.isdisjoint(ancestors_of(c.region_code))]


def _only(candidates: list[Candidate]) -> str | None:
    return candidates[0].region_code if len(candidates) == 1 else None


def _largest(candidates: list[Candidate]) -> list[Candidate]:
    """Those of the highest administrative level present."""
    levels = [REGIONS[c.region_code].level for c in candidates]
    highest = next((level for level in _LEVELS if level in levels), None)
    return [c for c, level in zip(candidates, levels, strict=True) if level == highest]
