"""Names of people, as credits write them: 贺　明, 周琳远 张 晗, 马彦文刘禹晨, 阿依古丽·买买提."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.grammar import read_table
from etl.text import IDEOGRAPH
from etl.transform.attribution.agencies import any_of, is_medium, is_nobody

_TABLE = read_table("names")
_SURNAMES = {char: rank for rank, char in enumerate("".join(_TABLE["surnames"].split()))}
_RARE = frozenset(_TABLE["rare"])
_COMPOUND = frozenset(_TABLE["compound"])
_GIVEN = frozenset("".join(_TABLE["given"].split()))
_CLEAR = frozenset("".join(_TABLE["clear"].split()))
_WORDY = frozenset(_TABLE["wordy"])
_WORDS = frozenset(_TABLE["words"])

_SEPARATORS = re.compile(f"[{_TABLE['separators']}]")
_NO_NAME = re.compile(any_of(_TABLE["endings"]) + "$")
_HAN_NAME = re.compile(f"[{IDEOGRAPH}]{{2,4}}")
_MINORITY = re.compile(any_of(_TABLE["syllables"]))
_FOREIGN = re.compile(
    rf"[{IDEOGRAPH}A-Z][{IDEOGRAPH}A-Za-z.]{{0,9}}(?:·[{IDEOGRAPH}A-Za-z.]{{1,10}}){{1,3}}"
)
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]{0,20}(?: [A-Z][A-Za-z'’.-]{0,20}){1,3}")

_LONGEST_LIST, _LONGEST_ALONE, _LONGEST_NAME = 300, 4, 3
_COMPOUND_LENGTH = 2
_GIVEN_LENGTHS = (1, 2)
_COMMON = 150
_VERY_COMMON = 70
"""Ranks of surnames up to which a name is the likelier reading."""


def is_name(text: str) -> bool:
    """Whether `text`, standing alone without a label, is a person's name.

    >>> is_name("瞿依然"), is_name("欧阳洁"), is_name("王 明")
    (True, True, True)
    >>> is_name("相关资讯"), is_name("安全"), is_name("莫斯科")
    (False, False, False)
    """
    name = text.replace(" ", "") if len(text) <= _LONGEST_ALONE else text
    length = _surname_length(name)
    given = name[length:]
    if not length or len(given) not in _GIVEN_LENGTHS or not _HAN_NAME.fullmatch(name):
        return False
    if name in _WORDS or _NO_NAME.search(name) or not _looks_given(given):
        return False
    return any(char in _CLEAR for char in given) or _is_common(name, given)


def _is_common(name: str, given: str) -> bool:
    """Whether the surname is so frequent that the rest may occur in words as well."""
    if len(name) - len(given) == _COMPOUND_LENGTH:
        return True
    rank, is_wordy = _SURNAMES[name[0]], name[0] in _WORDY
    if len(given) == 1:
        return rank < _VERY_COMMON and not is_wordy
    return rank < (_VERY_COMMON if is_wordy else _COMMON)


def _looks_given(given: str) -> bool:
    """Whether the characters are used in given names; the first of two may be a surname."""
    first, last = given[0], given[-1]
    return last in _GIVEN and (first in _GIVEN or _SURNAMES.get(first, _COMMON) < _COMMON)


def parse_names(text: str, *, is_labelled: bool = False) -> tuple[str, ...]:
    """The people a list consists of, blanks inside a name closed; () if it is not all names.

    `is_labelled` says that a label with a colon (责编：) already promises people; then a rare
    surname is believed.

    >>> parse_names("李凤双、张涛、齐雷杰")
    ('李凤双', '张涛', '齐雷杰')
    >>> parse_names("周琳远 张 晗"), parse_names("马彦文刘禹晨王育林")
    (('周琳远', '张晗'), ('马彦文', '刘禹晨', '王育林'))
    >>> parse_names("北京市教育委员会"), parse_names("手记")
    ((), ())
    """
    if len(text) > _LONGEST_LIST:
        return ()
    fields = [field.strip() for field in _SEPARATORS.split(text) if field.strip()]
    is_trusted = is_labelled or _are_mostly_names(fields)
    found = [_parse_field(field, is_trusted) for field in fields]
    return tuple(dict.fromkeys(name for names in found for name in names)) if all(found) else ()


def _are_mostly_names(fields: list[str]) -> bool:
    """Whether so many begin with a surname that one rare surname among them is believed."""
    known = sum(_surname_length(field) > 0 for field in fields)
    return len(fields) > known >= 2 * (len(fields) - known)


def _parse_field(field: str, is_trusted: bool) -> tuple[str, ...]:  # noqa: FBT001  handed on
    """The names between two separators; blanks part names or the characters of one."""
    if _FOREIGN.fullmatch(field) or _LATIN.fullmatch(field):
        return () if _NO_NAME.search(field) else (field,)
    found = [_split_names(piece, is_trusted) for piece in _join_characters(field.split(" "))]
    return tuple(name for names in found for name in names) if all(found) else ()


def _join_characters(pieces: list[str]) -> list[str]:
    """贺, 明 is one name in two pieces: single characters belong together."""
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
def _split_names(piece: str, is_trusted: bool) -> tuple[str, ...]:  # noqa: FBT001  a cache key
    """The names that stand in `piece` without separators; () if it cannot be names only."""
    if is_nobody(piece) or piece in _WORDS or is_medium(piece) or _NO_NAME.search(piece):
        return ()
    if _FOREIGN.fullmatch(piece):
        return (piece,)
    is_short = _HAN_NAME.fullmatch(piece) is not None
    is_believed = is_trusted or _surname_length(piece) or piece[:1] in _RARE
    if is_short and is_believed and len(piece) <= _LONGEST_NAME:
        return (piece,)
    if split := _best_split(piece):
        return split
    return (piece,) if is_short and _MINORITY.search(piece) else ()


def _best_split(piece: str) -> tuple[str, ...]:
    """The likeliest way to cut `piece` into names that all begin with a surname."""
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *[None] * len(piece)]
    for end in range(2, len(piece) + 1):
        for start in range(max(end - _LONGEST_ALONE, 0), end - 1):
            before, name = best[start], piece[start:end]
            if before and (score := _likelihood(name)) is not None:
                option = (before[0] + score, (*before[1], name))
                best[end] = max(best[end] or option, option)
    return best[-1][1] if best[-1] else ()


def _likelihood(name: str) -> float | None:
    """How much `name` looks like one, below 0 for hardly; None without a surname."""
    length = _surname_length(name)
    given = name[length:]
    if not length or len(given) not in _GIVEN_LENGTHS or not _HAN_NAME.fullmatch(name):
        return None
    is_common = length == _COMPOUND_LENGTH or _SURNAMES[name[0]] < _COMMON
    return (0.5 if is_common else -1.0) + sum(0.7 if char in _GIVEN else -0.7 for char in given)


def _surname_length(name: str) -> int:
    """How many characters the surname has; 0 without one. A given name must be left."""
    if len(name) > _COMPOUND_LENGTH and name[:_COMPOUND_LENGTH] in _COMPOUND:
        return _COMPOUND_LENGTH
    return 1 if name[:1] in _SURNAMES else 0
