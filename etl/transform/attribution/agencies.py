"""Media, sites and organisations: who writes an article and who carries it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.grammar import read_table
from etl.text import IDEOGRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = read_table("agencies")
_SITES = frozenset(site.lower() for site in _TABLE["sites"])
_NOBODY = frozenset(_TABLE["nobody"])

KEYS: dict[str, list[str]] = _TABLE["keys"]
"""Front matter keys by what they name, the most certain first."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longer before the shorter.

    >>> any_of(["记者", "见习记者"])
    '(?:见习记者|记者)'
    """
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) + ")"


KNOWN = any_of(_TABLE["media"])
"""Pattern of the media known by name."""

OWN = any_of(_TABLE["own"])
"""Pattern of the words by which a medium names itself."""

_SURE = rf"[{IDEOGRAPH}]{{2,10}}?{any_of(_TABLE['endings'])}"
_LIKELY = rf"[{IDEOGRAPH}]{{1,8}}?{any_of(_TABLE['short_endings'])}"
NAMED = rf"(?:[{IDEOGRAPH}]{{2,6}}·)?(?:{KNOWN}|{_SURE}|{_LIKELY})"
"""Pattern of a medium where the words around it already say that one is meant."""

_MEDIUM = re.compile(rf"(?:[{IDEOGRAPH}]{{2,6}}·)?(?:{KNOWN}|{_SURE})")
_NAMED = re.compile(rf"{NAMED}|[A-Za-z0-9]{{2,12}}{any_of(_TABLE['short_endings'])}")
_ORGANISATION = re.compile(rf"[{IDEOGRAPH}]{{2,30}}{any_of(_TABLE['organisations'])}")
_MARKS = str.maketrans("", "", "《》“”\"'‘’ ")


def is_medium(text: str) -> bool:
    """Whether `text`, standing alone, is the name of a medium that writes.

    >>> is_medium("楚天都市报"), is_medium("第一财经"), is_medium("ZAKER"), is_medium("超算平台")
    (True, True, False, False)
    """
    return _MEDIUM.fullmatch(text) is not None and not is_site(text)


def could_be_medium(text: str) -> bool:
    """Whether `text` may name a medium where one is expected (来源：…).

    >>> could_be_medium("中安在线"), could_be_medium("婺源新闻"), could_be_medium("贺明")
    (True, True, False)
    """
    return _NAMED.fullmatch(text) is not None and not is_site(text)


def is_site(text: str) -> bool:
    """Whether `text` is known to carry what others wrote.

    >>> is_site("ZAKER"), is_site("凤凰网"), is_site("光明日报")
    (True, True, False)
    """
    return text.lower() in _SITES


def is_organisation(text: str) -> bool:
    """Whether `text` is an office, a company or the like.

    >>> is_organisation("农村农业部"), is_organisation("李部")
    (True, False)
    """
    return _ORGANISATION.fullmatch(text) is not None


def is_nobody(text: str) -> bool:
    """Whether `text` is what programs write where they know no author.

    >>> is_nobody("None"), is_nobody("admin"), is_nobody("贺明")
    (True, True, False)
    """
    return not text.strip("-—_ ") or text.lower() in _NOBODY


def plain_name(text: str) -> str:
    """A medium's name without marks, and without the house it belongs to.

    >>> plain_name("《光明日报》"), plain_name("新甘肃·甘肃日报")
    ('光明日报', '甘肃日报')
    """
    return text.translate(_MARKS).rpartition("·")[2]
