"""Names of people, as credits write them."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.grammar import read_table
from etl.text import IDEOGRAPH
from etl.transform.agencies import any_of, is_medium, is_nobody

_TABLE = read_table("names")
_SURNAMES = {
    char: rank for rank, char in enumerate(dict.fromkeys("".join(_TABLE["surnames"].split())))
}
_COMPOUND = frozenset(_TABLE["compound"])
_GIVEN = frozenset("".join(_TABLE["given"].split()))
_WORDS = frozenset(_TABLE["words"])
_COMMON = 150

_SEPARATORS = re.compile(rf"[{_TABLE['separators']}]")
_FOREIGN = re.compile(rf"[{IDEOGRAPH}A-Z][{IDEOGRAPH}A-Za-z.]*(?:·[{IDEOGRAPH}A-Za-z.]+)+")
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]{0,20}(?: [A-Z][A-Za-z'’.-]{0,20}){1,3}")
_HAN_NAME = re.compile(rf"[{IDEOGRAPH}]{{2,4}}")
_TRANSLITERATED = re.compile(any_of(_TABLE["syllables"]))
_LONGEST_LIST = 300


def is_name(text: str) -> bool:
    """Whether `text`, standing alone without a label, is a person's name.

    >>> is_name("瞿依贤"), is_name("欧阳洁"), is_name("贺 勇")
    (True, True, True)
    >>> is_name("相关资讯"), is_name("安全"), is_name("莫斯科")
    (False, False, False)
    """
    name = "".join(text.split(" ")) if len(text) <= _LONGEST_ALONE else text
    if name in _WORDS or not _HAN_NAME.fullmatch(name):
        return False
    given = name[_surname_length(name) :]
    return 0 < len(given) <= 2 and len(given) < len(name) and all(char in _GIVEN for char in given)


_LONGEST_ALONE = 4


def parse_names(text: str) -> tuple[str, ...]:
    """The people a list consists of, blanks inside a name closed; () if it is not all names.

    >>> parse_names("李凤双、张涛、齐雷杰")
    ('李凤双', '张涛', '齐雷杰')
    >>> parse_names("侯琳良 张 璁"), parse_names("马彦铭刘禹彤王育民")
    (('侯琳良', '张璁'), ('马彦铭', '刘禹彤', '王育民'))
    >>> parse_names("北京市教育委员会")
    ()
    """
    if len(text) > _LONGEST_LIST:
        return ()
    names: list[str] = []
    for field in _SEPARATORS.split(text):
        found = _parse_field(field.strip())
        if not found and field.strip():
            return ()
        names += found
    return tuple(dict.fromkeys(names))


def _parse_field(field: str) -> tuple[str, ...]:
    """The names between two separators; blanks part names or the characters of one."""
    if not field:
        return ()
    if _FOREIGN.fullmatch(field) or _LATIN.fullmatch(field):
        return (field,)
    names: list[str] = []
    for piece in _join_characters(field.split(" ")):
        found = _split_names(piece)
        if not found:
            return ()
        names += found
    return tuple(names)


def _join_characters(pieces: list[str]) -> list[str]:
    """贺, 勇 is one name in two pieces: single characters belong together."""
    joined: list[str] = []
    is_open = False
    for piece in pieces:
        if is_open and len(piece) == 1:
            joined[-1] += piece
            is_open = False
        else:
            joined.append(piece)
            is_open = len(piece) == 1
    return joined


@lru_cache(maxsize=4096)
def _split_names(piece: str) -> tuple[str, ...]:
    """The names that stand in `piece` without separators; () if it cannot be names only."""
    if is_nobody(piece) or piece in _WORDS or is_medium(piece):
        return ()
    if _FOREIGN.fullmatch(piece):
        return (piece,)
    if len(piece) <= _LONGEST_NAME and _HAN_NAME.fullmatch(piece) and _surname_length(piece):
        return (piece,)
    split = _best_split(piece)
    if split:
        return split
    return (piece,) if _HAN_NAME.fullmatch(piece) and _TRANSLITERATED.search(piece) else ()


_LONGEST_NAME = 3


def _best_split(piece: str) -> tuple[str, ...]:
    """The likeliest way to cut `piece` into names that all begin with a surname."""
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(piece)
    for end in range(2, len(piece) + 1):
        for length in (2, 3, 4):
            before = best[end - length] if length <= end else None
            score = _score(piece[end - length : end]) if before else None
            if before and score is not None:
                option = (before[0] + score, (*before[1], piece[end - length : end]))
                best[end] = max(best[end] or option, option)
    return best[-1][1] if best[-1] else ()


def _score(name: str) -> float | None:
    """How much `name` looks like one; None if it does not begin with a surname."""
    length = _surname_length(name)
    given = name[length:]
    if not length or not 1 <= len(given) <= 2 or not _HAN_NAME.fullmatch(name):
        return None
    is_common = length == 2 or _SURNAMES[name[0]] < _COMMON
    return (
        (2.0 if is_common else 0.5) + sum(0.7 if char in _GIVEN else -0.7 for char in given) - 1.5
    )


def _surname_length(name: str) -> int:
    """How many characters the surname has; 0 without one. A given name must be left."""
    if len(name) > 2 and name[:2] in _COMPOUND:
        return 2
    return 1 if name[:1] in _SURNAMES else 0
