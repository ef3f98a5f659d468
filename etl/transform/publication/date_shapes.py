"""What a date looks like: one raw string → the parts of the one shape it consists of.

The shapes are `grammar/dates.toml`; whether there is such a day is not asked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from etl.grammar import load, read_table
from etl.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class DateRule:
    """A shape of a date with what may follow it; `pattern` names fragments in braces."""

    name: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


class Shape(NamedTuple):
    """A string that is a date: the rule that read it, its parts, the date's own characters."""

    rule: str
    parts: Mapping[str, str]
    surface: str


RULES = load("dates", DateRule)

_TABLE = read_table("dates")
_FRAME = _TABLE["frame"]
_LONGEST = 300
_MARKS = str.maketrans("：﹕，．。；（）［］／－–—−‐‑‒﹣～＋｜＿", "::,..;()[]/--------~+|_")
_GROUP = re.compile(r"\(\?P<([a-z_]+)>")
_ANY_DIGIT = re.compile(r"[0-9〇零○年]")


def find_shape(text: str) -> Shape | None:
    """The date that `text` consists of, whether or not there is such a day.

    >>> find_shape("2021-02-30 08:00").rule
    'year_first'
    >>> find_shape("楼盘价格 :") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    plain = clean(text)
    if not _ANY_DIGIT.search(plain):
        return None
    pattern, names = _pattern()
    match = pattern.fullmatch(plain.translate(_MARKS))
    return _to_shape(zip(names, match.groups(), strict=True)) if match else None


def _to_shape(groups: Iterable[tuple[str, str | None]]) -> Shape | None:
    """The named parts; None where one is stated twice and differently (8:00 2019-02-22 10:00)."""
    parts: dict[str, str] = {}
    for name, value in groups:
        if value and parts.setdefault(name, value) != value:
            return None
    rule = next(rule.name for rule in RULES if parts.pop(rule.name, None))
    return Shape(rule, parts, parts.pop("core"))


@cache
def _pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The frame around any of the rules, and what each group is: a part has many places."""
    fragments = _fragments()
    rules = (f"(?P<{rule.name}>{_fill(rule.pattern, fragments)})" for rule in RULES)
    frame = _fill(_FRAME["pattern"], {**fragments, "rule": f"(?:{'|'.join(rules)})"})
    names = tuple(_GROUP.findall(frame))
    return re.compile(_GROUP.sub("(", frame), re.IGNORECASE | re.VERBOSE), names


def _fragments() -> dict[str, str]:
    """The fragments by name, the word lists first: later ones may use earlier ones."""
    words = {
        "weekdays": (word for row in _TABLE["weekdays"]["words"] for word in row),
        "months": (word for row in _TABLE["months"]["words"] for word in row),
        "parts": (word for part in _TABLE["parts"].values() for word in part["words"]),
        "zones": _TABLE["zones"],
        "labels": _FRAME["labels"],
        "endings": _FRAME["endings"],
        "wrappers": _FRAME["wrappers"],
        "changed": _FRAME["changed"],
        "people": _FRAME["people"],
    }
    fragments = {name: _any_of(options) for name, options in words.items()}
    fragments["followers"] = "(?:" + "|".join(_FRAME["followers"]) + ")"
    for name, pattern in _TABLE["fragments"].items():
        fragments[name] = _fill(pattern, fragments)
    return fragments


def _any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longer before the shorter."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def _fill(pattern: str, fragments: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda m: fragments.get(m[1], m[0]), pattern)
