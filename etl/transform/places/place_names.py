"""Where the gazetteer's names stand in a text: one pass, leftmost and longest first."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from etl import grammar
from etl.transform.places.gazetteer import HAN, LANGUAGE, Candidate, read_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(slots=True)
class Name:
    """A name in a text and the regions it may mean; `code` once that is settled."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Boundary:
    """What may not stand beside a name: 场 after 市 (北京市场), a digit before 日本 (10日本报)."""

    name: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()

    def bars(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` is cut out of something else."""
        return text.startswith(self.not_before, end) or text.endswith(self.not_after, 0, start)


_ABBREVIATIONS: Mapping[str, str] = LANGUAGE["abbreviations"]
_ROUTE_ENDS = frozenset((*_ABBREVIATIONS, *LANGUAGE["city_abbreviations"]))
_ROUTE = re.compile(
    rf"(?:[、和][{HAN}]{{2,3}}){{0,5}}(?:等[{HAN}]{{0,3}}?)?(?:{'|'.join(LANGUAGE['routes'])})"
)
_ABBREVIATED = frozenset(_ABBREVIATIONS)
_VERBS = frozenset(LANGUAGE["verbs_of_place"])
_AFTER_VERBS = frozenset(LANGUAGE["after_verbs_of_place"])
_RUN = re.compile(rf"[{''.join(_ABBREVIATIONS)}]{{2,8}}")
_LISTED_CODES: Mapping[str, str] = _ABBREVIATIONS | LANGUAGE["listed_cities"]
_LISTED_CHARS = "".join(_LISTED_CODES)
_LISTED = re.compile(rf"[{_LISTED_CHARS}](?:、[{_LISTED_CHARS}]){{2,15}}")
_LIST_MARK = "、"
_SHORTEST_LIST = 3
_RUN_CUES = tuple(LANGUAGE["run_cues"])
_PAIR = 2

BOUNDARIES = grammar.load("regions", Boundary)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """All names, and what finds them fast.

    `lengths` gives for the first two characters of a name how long names with this beginning
    are, longest first; `starts` matches where two such characters may stand.
    """

    names: Mapping[str, tuple[Candidate, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    boundaries: Mapping[str, Sequence[Boundary]]
    starts: re.Pattern[str]


def find_names(text: str) -> list[Name]:
    """The gazetteer's names in `text`, in reading order, none overlapping.

    >>> [name.candidates[0].region_code for name in find_names("北京市场上的京剧")]
    ['110000']
    >>> find_names("津津有味")
    []
    """
    lexicon = _lexicon()
    found: list[Name] = []
    end = 0
    for match in lexicon.starts.finditer(text):
        start = match.start()
        lengths = lexicon.lengths.get(text[start : start + _PAIR])
        if lengths is None or start < end:
            continue
        if names := _read_at(text, start, lengths, lexicon):
            found.extend(names)
            end = names[-1].end
    return [name for name in found if name.candidates]


def _read_at(text: str, start: int, lengths: tuple[int, ...], lexicon: _Lexicon) -> Sequence[Name]:
    is_run = text[start] in _ABBREVIATED and text[start + 1] in _ABBREVIATED
    if is_run and (run := _read_run(text, start, lexicon)):
        return run
    if text[start + 1] == _LIST_MARK:
        return _read_listed(text, start, lexicon)
    for length in lengths:
        surface = text[start : start + length]
        candidates = lexicon.names.get(surface)
        if candidates is None or _is_barred(text, start, surface, lexicon):
            continue
        end = start + len(surface)
        return () if _is_route(text, surface, end) else (Name(start, end, candidates),)
    return _read_after_verb(text, start, lexicon)


def _is_barred(text: str, start: int, surface: str, lexicon: _Lexicon) -> bool:
    rules = lexicon.boundaries.get(surface)
    return rules is not None and any(rule.bars(text, start, start + len(surface)) for rule in rules)


def _is_route(text: str, surface: str, end: int) -> bool:
    """京津高速 is a road between places, not the places."""
    if len(surface) != _PAIR or not _ROUTE_ENDS.issuperset(surface):
        return False
    return _ROUTE.match(text, end) is not None


def _read_run(text: str, start: int, lexicon: _Lexicon) -> Sequence[Name]:
    """沪苏浙赣 is no known group: each character is its own place."""
    match = _RUN.match(text, start)
    if not match or match[0] in lexicon.names:
        return ()
    # the last character may begin a name of its own: 京津冀苏州
    end = match.end() - bool(lexicon.lengths.get(text[match.end() - 1 : match.end() + 1]))
    if text[start:end] in lexicon.names or end - start < _PAIR:
        return ()
    if end - start == _PAIR and not text.startswith(_RUN_CUES, end):
        return ()
    return [_name_province(text, at) for at in range(start, end)]


def _read_listed(text: str, start: int, lexicon: _Lexicon) -> Sequence[Name]:
    """北、上、广、深: three or more, of which the last begins no longer name (京、沪、广东)."""
    match = _LISTED.match(text, start)
    if match is None:
        return ()
    is_cut = bool(lexicon.lengths.get(text[match.end() - 1 : match.end() + 1]))
    places = range(start, match.end() - (_PAIR if is_cut else 0), _PAIR)
    if len(places) < _SHORTEST_LIST:
        return ()
    return [Name(at, at + 1, (Candidate(_LISTED_CODES[text[at]], "free"),)) for at in places]


def _read_after_verb(text: str, start: int, lexicon: _Lexicon) -> Sequence[Name]:
    """在京: the place is the second character, unless a longer name begins with it."""
    at = start + 1
    if text[start] not in _VERBS or text[at] not in _AFTER_VERBS:
        return ()
    return () if text[at : at + _PAIR] in lexicon.lengths else (_name_province(text, at),)


def _name_province(text: str, at: int) -> Name:
    return Name(at, at + 1, (Candidate(_ABBREVIATIONS[text[at]], "free"),))


@cache
def _lexicon() -> _Lexicon:
    # words that only look like places mean no region, and hide their characters
    names = dict.fromkeys(LANGUAGE["words"], ()) | read_names()
    lengths = _measure(names)
    first, second = ("".join(sorted({pair[at] for pair in lengths})) for at in (0, 1))
    starts = re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")
    return _Lexicon(names, lengths, _bind_boundaries(names), starts)


def _measure(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:_PAIR]].add(len(name))
    for first in (*_ABBREVIATIONS, *_VERBS):
        for second in _ABBREVIATIONS:
            lengths.setdefault(first + second, set())
    for first in _LISTED_CHARS:
        lengths[first + _LIST_MARK] = set()
    return {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}


def _bind_boundaries(names: Iterable[str]) -> dict[str, list[Boundary]]:
    bound: dict[str, list[Boundary]] = defaultdict(list)
    for rule in BOUNDARIES:
        for surface in rule.surfaces:
            bound[surface].append(rule)
    by_ending = {ending: rule for rule in BOUNDARIES for ending in rule.endings}
    for name in names:
        if name[-1] in by_ending:
            bound[name].append(by_ending[name[-1]])
    return dict(bound)
