"""What looks like a quantity and states none: ordinals, clocks, names, idioms, time frames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl import grammar
from etl.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.transform.numerals import Numeral
    from etl.transform.units import UnitMatch


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule of `exclusions.toml`; see the head of that file."""

    name: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    before: str = ""
    after: str = ""
    numeral: str = ""
    idioms: tuple[str, ...] = ()


_RULES = grammar.load("exclusions", Exclusion)
_IDIOMS = sorted({i for rule in _RULES for i in rule.idioms}, key=lambda i: (-len(i), i))
_IDIOM_PATTERN = re.compile("|".join(map(re.escape, _IDIOMS)))
_CONTEXTS = [
    (rule.name, rule.numeral, re.compile(f"(?:{rule.before})$"), re.compile(rule.after))
    for rule in _RULES
    if not rule.idioms
]
_LOOKBACK = 8
"""Characters: no exclusion looks further back."""

_QUOTED_NAME = re.compile(r"[^，。；：、！？”\"』」]{1,12}[”\"』」]")
_OPENING = '“"『「《'
_OLDEST = 1000
"""Years; nothing in the news is older, so 2019年 counts no years."""
_ARTICLE_KINDS = frozenset(
    {"percent", "percentage_points", "multiple", "money", "length", "area", "mass"}
)


def find_idioms(text: str) -> Iterator[Span]:
    """Fixed expressions with numbers in them: 一盘棋, 四通八达.

    >>> list(find_idioms("全国一盘棋")), list(find_idioms("两家企业"))
    ([Span(start=2, end=5)], [])
    """
    return (Span(*m.span()) for m in _IDIOM_PATTERN.finditer(text))


def find_exclusion(text: str, numeral: Numeral, end: int, unit: UnitMatch | None) -> str | None:
    """Why the number from `numeral.start` to `end` is no metric, or None.

    >>> from etl.transform.numerals import find_numerals
    >>> [find_exclusion(t, n, n.end, None) for t in ["第3期", "3期"] for n in find_numerals(t)]
    ['ordinal', None]
    """
    if reason := _reason_by_itself(text, numeral, end, unit):
        return reason
    before = text[max(0, numeral.start - _LOOKBACK) : numeral.start]
    for name, writing, head, tail in _CONTEXTS:
        if writing and (writing == "chinese") != numeral.is_chinese:
            continue
        if head.search(before) and tail.match(text, end):
            return name
    return None


def _reason_by_itself(text: str, numeral: Numeral, end: int, unit: UnitMatch | None) -> str | None:
    """What the number and its unit tell without their context."""
    written = text[numeral.start : end]
    if written == "一" and unit and unit.kind not in _ARTICLE_KINDS:
        return "article"
    if written == "二" and unit and unit.kind == "count" and unit.code != "人":
        return "ordinal"  # counting says 两; 二次创业 is the second
    if written in ("零", "〇"):
        return "compound_word"
    is_year = unit and unit.code == "a" and numeral.value is not None and numeral.value > _OLDEST
    if is_year and not numeral.is_scaled:
        return "year"
    return "quoted_name" if _is_quoted_name(text, numeral.start) else None


def _is_quoted_name(text: str, start: int) -> bool:
    """“四个中心”, 《三国演义》: a number that opens a short quotation belongs to a name."""
    return start > 0 and text[start - 1] in _OPENING and _QUOTED_NAME.match(text, start) is not None
