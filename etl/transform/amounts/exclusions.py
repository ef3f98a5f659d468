"""What looks like a quantity and states none: ordinals, clocks, names, idioms, time frames."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar
from etl.text import Span
from etl.transform.amounts.numeral_values import DIGITS, SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from etl.transform.amounts.numerals import Numeral
    from etl.transform.amounts.units import UnitMatch


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule of `exclusions.toml`; see the head of that file."""

    name: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: str = ""
    numeral: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Idioms:
    """One list of `idioms.toml`; see the head of that file."""

    name: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One list of `durations.toml`; see the head of that file."""

    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class _Contexts(NamedTuple):
    """The rules for one kind of numbers: one pattern each for those that look one way only.

    `framed` rules look both ways; `frames` says at once whether any of them can hold.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    frames: re.Pattern[str]
    framed: Sequence[tuple[str, re.Pattern[str], re.Pattern[str]]]


RULES = grammar.load("exclusions", Exclusion)
IDIOMS = grammar.load("idioms", Idioms)
DURATIONS = grammar.load("durations", Taken)


def _behind(patterns: Iterable[str]) -> str:
    """A pattern that holds where one of `patterns` ends; words of one length share a look back."""
    by_width: dict[int, list[str]] = defaultdict(list)
    for pattern in patterns:
        by_width[len(pattern) if pattern.isalpha() else -len(by_width) - 1].append(pattern)
    return "|".join(f"(?<={'|'.join(same)})" for same in by_width.values())


def _to_contexts(rules: Sequence[Exclusion]) -> _Contexts:
    framed = [rule for rule in rules if rule.before and rule.after]
    return _Contexts(
        _to_branches((r.name, _behind(r.before)) for r in rules if not r.after),
        _to_branches((r.name, r.after) for r in rules if not r.before),
        re.compile(_behind(pattern for rule in framed for pattern in rule.before)),
        [(r.name, re.compile(_behind(r.before)), re.compile(r.after)) for r in framed],
    )


def _to_branches(patterns: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    """One pattern for all; the group that is open behind a branch names the rule that holds.

    Before it the engine passes over a branch by its first character.
    """
    return re.compile("|".join(f"(?:{pattern})(?P<{name}>)" for name, pattern in patterns))


_APPLIES = {
    "": ("none", "count", "duration", "measure"),
    "count": ("none", "count"),
    "duration": ("duration",),
    "none": ("none",),
}
"""To which of these a rule's key `unit` restricts it."""
_CONTEXTS = {
    (is_chinese, unit): _to_contexts(
        [
            rule
            for rule in RULES
            if rule.numeral in ("", "chinese" if is_chinese else "arabic")
            and unit in _APPLIES[rule.unit]
        ]
    )
    for is_chinese in (True, False)
    for unit in _APPLIES[""]
}

_NUMBER = f"{''.join(DIGITS)}{''.join(SCALES)}0-9"


def _to_idiom_pattern(idioms: Iterable[str]) -> re.Pattern[str]:
    """One branch for each first character; no branch inside a longer number (二十一 线)."""
    branches = []
    for first, same in groupby(
        sorted(set(idioms), key=lambda i: (i[0], -len(i), i)), lambda i: i[0]
    ):
        guard = rf"(?<![{_NUMBER}]{first})" if first in _NUMBER else ""
        rests = (i[1:] + (rf"(?![{_NUMBER}])" if i[-1] in _NUMBER else "") for i in same)
        branches.append(f"{first}{guard}(?:{'|'.join(rests)})")
    return re.compile("|".join(branches))


_IDIOM = _to_idiom_pattern(idiom for rule in IDIOMS for idiom in rule.examples)

_QUOTED_NAME = re.compile(r"[^，。；：、！？”\"’』」》]{1,12}[”\"’』」》]")
_OPENING = '“"‘『「《'
_CLOSING = '”"’』」》'
_NAME_OPENS = re.compile(r"[“‘『「《\"][^，。；：、！？”’\"』」》“『「《的]{1,6}$")
_LONGEST_NAME = 7
_OLDEST = 1000
"""Years; nothing in the news is older, so 2019年 counts no years."""
_WEIGHED = (
    "不到",
    "不足",
    "近",
    "将近",
    "接近",
    "约",
    "大约",
    "超过",
    "逾",
    "至少",
    "长达",
    "相距",
)
_FOLLOWED = {"count": "count", "duration": "duration"}
_TAKEN = re.compile(
    rf"(?:{'|'.join(word for rule in DURATIONS for word in rule.words)})"
    r"了?(?:约|近|将近|大约|不到|不足|超过|至少|最多)?$"
)
_LONGEST_TAKEN = 6
_CLOCK_UNITS = frozenset({"h", "min", "s"})
"""一小时 and 一分钟 are measured; 一天 and 一年 are mostly some day and year."""
_ARTICLE_KINDS = frozenset({"percent", "percentage_points", "multiple", "money", "area", "mass"})


def find_idioms(text: str) -> Iterator[Span]:
    """Fixed expressions with numbers in them: 一盘棋, 四通八达.

    >>> list(find_idioms("全国一盘棋")), list(find_idioms("两家企业"))
    ([Span(start=2, end=5)], [])
    """
    return (Span(*match.span()) for match in _IDIOM.finditer(text))


def find_exclusion(text: str, numeral: Numeral, end: int, unit: UnitMatch | None) -> str | None:
    """Why the number from `numeral.start` to `end` is no metric, or None.

    >>> from etl.transform.amounts.numerals import find_numerals
    >>> [find_exclusion(t, n, n.end, None) for t in ["第3期", "3期"] for n in find_numerals(t)]
    ['ordinal', None]
    """
    followed = _FOLLOWED.get(unit.kind, "measure") if unit else "none"
    if followed == "duration" and _is_taken(text, numeral.start):
        return None
    contexts = _CONTEXTS[numeral.is_chinese, followed]
    start = numeral.start
    if match := contexts.before.match(text, start):
        return match.lastgroup
    if reason := _reason_by_itself(text, numeral, end, unit):
        return reason
    if match := contexts.after.match(text, end):
        return match.lastgroup
    if contexts.frames.match(text, start):
        for name, before, after in contexts.framed:
            if before.match(text, start) and after.match(text, end):
                return name
    return None


def _reason_by_itself(text: str, numeral: Numeral, end: int, unit: UnitMatch | None) -> str | None:
    """What the number and its unit tell without their context."""
    written = text[numeral.start : end]
    if written == "一" and unit and _is_article(text, numeral.start, unit):
        return "article"
    if written == "二" and unit and unit.kind == "count" and unit.code != "人":
        return "ordinal"  # counting says 两; 二次创业 is the second
    if written in ("零", "〇") or (written == "十" and unit and unit.code == "分"):
        return "compound_word"  # 十分 is very
    is_year = unit and unit.code == "a" and numeral.value is not None and numeral.value > _OLDEST
    if is_year and not numeral.is_scaled:
        return "year"
    return (
        "quoted_name" if _is_quoted_name(text, numeral.start, unit.end if unit else end) else None
    )


def _is_taken(text: str, start: int) -> bool:
    """历时5年: the duration itself is told, so it is no time frame."""
    return _TAKEN.search(text[max(0, start - _LONGEST_TAKEN) : start]) is not None


def _is_article(text: str, start: int, unit: UnitMatch) -> bool:
    """一家 is some firm; a measure that is weighed (不到一公里, 一个多月) is a quantity."""
    if unit.kind in _ARTICLE_KINDS or unit.plus or unit.code in _CLOCK_UNITS:
        return False
    if text[unit.end - 1] == "岁":
        return False
    return unit.kind == "count" or not text.endswith(_WEIGHED, 0, start)


def _is_quoted_name(text: str, start: int, end: int) -> bool:
    """“四个中心”, 《三国演义》, “科创20条”: a number that opens or closes a short quotation."""
    if start and text[start - 1] in _OPENING and _QUOTED_NAME.match(text, start):
        return True
    is_closing = text[end : end + 1] in _CLOSING and text[end : end + 1] != ""
    return (
        is_closing and _NAME_OPENS.search(text[max(0, start - _LONGEST_NAME) : start]) is not None
    )
