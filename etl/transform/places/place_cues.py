"""What stands beside a name: signs that it is a place, or that it is a person or a street."""

from __future__ import annotations

import re

from etl.text import IDEOGRAPH
from etl.transform.places.gazetteer import LANGUAGE
from etl.transform.places.place_areas import begins_area

_CUES_BEFORE = tuple(LANGUAGE["cues_before"])
_CUES_AFTER = tuple(LANGUAGE["cues_after"])
_OFFICES = tuple(LANGUAGE["office_cues"])
_STREET = re.compile(LANGUAGE["streets"])
_SURNAMES = frozenset(LANGUAGE["surnames"])
_TITLED = _SURNAMES.union(LANGUAGE["surnames_after_title"])
_TITLES = tuple(LANGUAGE["titles"])
_PARTICLES = frozenset(LANGUAGE["particles"])
_BREAK = re.compile(rf"[^{IDEOGRAPH}0-9A-Za-z]")
_EDGE_BEFORE = frozenset(LANGUAGE["edges_before"])
_EDGE_AFTER = frozenset(LANGUAGE["edges_after"])


def has_cue(text: str, start: int, end: int) -> bool:
    """Whether a preposition, an office or the ending of an area stands beside the name.

    >>> has_cue("位于大兴的", 2, 4), has_cue("大兴国际机场", 0, 2), has_cue("大兴水利", 0, 2)
    (True, True, False)
    """
    return (
        text.endswith(_CUES_BEFORE, 0, start)
        or text.startswith(_CUES_AFTER, end)
        or begins_area(text, end)
    )


def is_office(text: str, end: int) -> bool:
    """Whether an office follows that only a division has.

    >>> is_office("朝阳法院", 2), is_office("朝阳产业", 2)
    (True, False)
    """
    return text.startswith(_OFFICES, end)


def has_edge(text: str, start: int, end: int) -> bool:
    """Whether a word begins or ends at the name.

    >>> has_edge("在荣昌设厂", 1, 3), has_edge("繁荣昌盛", 1, 3)
    (True, False)
    """
    return (
        start == 0
        or end == len(text)
        or text[start - 1] in _EDGE_BEFORE
        or text[end] in _EDGE_AFTER
        or _BREAK.match(text, start - 1) is not None
        or _BREAK.match(text, end) is not None
    )


def is_person(text: str, start: int) -> bool:
    """Whether the name is a person's: behind a title, or behind a surname with a break before it.

    >>> is_person("董事长郭广昌说", 4), is_person("记者高阳摄", 2), is_person("王府广昌说", 2)
    (True, True, False)
    """
    at = start - 1
    if text[start] in _TITLED and text.endswith(_TITLES, 0, start):
        return True
    if at < 0 or text[at] not in _TITLED:
        return False
    is_first = at == 0 or text[at - 1] in _PARTICLES or _BREAK.match(text, at - 1) is not None
    return (is_first and text[at] in _SURNAMES) or text.endswith(_TITLES, 0, at)


def is_street(text: str, end: int) -> bool:
    """Whether the name is a street's: 北京路 runs in Shanghai.

    >>> is_street("北京路", 2), is_street("北京路网", 2)
    (True, False)
    """
    return _STREET.match(text, end) is not None
