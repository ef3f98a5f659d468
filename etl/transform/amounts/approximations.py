"""Approximations: how exactly a quantity is stated, from `approximations.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Approximation:
    """One rule of `approximations.toml`; see the head of that file."""

    name: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    afar: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    scale_unless: tuple[str, ...] = ()


class Found(NamedTuple):
    """An approximation and the position up to which its words reach."""

    position: int
    name: str


RULES = grammar.load("approximations", Approximation)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_BEFORE_WORDS = {word: rule for rule in RULES for word in rule.before}
_AFTER_WORDS = {word: rule.name for rule in RULES for word in rule.after}
_SCALE_WORDS = {word: rule for rule in RULES for word in rule.scale}
_AFAR_WORDS = {word: rule.name for rule in RULES for word in rule.afar}
_OF_WORDS = {word: rule.name for rule in RULES for word in rule.of}
_LINKS = "了达有"
_LAST = frozenset(_LINKS) | {word[-1] for word in _BEFORE_WORDS}
"""The characters that an approximator, or what links it to the number, can end with."""
_BEFORE = re.compile(rf"(?P<word>{_any(_BEFORE_WORDS)})[{_LINKS}]?$")
_LEADING = re.compile(rf"(?P<word>{_any(_BEFORE_WORDS)})")
_AFTER = re.compile(
    rf"(?:[（(]含[）)])?(?P<word>{_any(_AFTER_WORDS)})"
    r"(?![数次]|(?<=许)[可多诺愿]|(?<=多)[了出][\d两几一二三四五六七八九十])"  # 比5亿元|多了3亿元
)
_BETWEEN = r"(?:[^\d，。；：、“”（）]|(?:19|20)\d\d年)"
_AFAR = re.compile(
    rf"(?:(?P<word>{_any(_AFAR_WORDS)})(?![的时]){_BETWEEN}{{1,12}}"
    rf"|(?P<of>{_any(_OF_WORDS)})(?![的时]){_BETWEEN}{{1,12}}的)$"
)
_AFAR_BEGINNING = re.compile(f"[{''.join({word[0] for word in (*_AFAR_WORDS, *_OF_WORDS)})}]")
_LOOKBACK = 16
"""Characters: no approximator, with what stands between, reaches further back."""


def find_before(text: str, start: int, *, is_bare_scale: bool = False) -> Found | None:
    """The approximator right before the number at `start`; 上千 only before a bare scale.

    >>> find_before("约有5家", 2), find_before("上千家", 1, is_bare_scale=True)
    (Found(position=0, name='about'), Found(position=0, name='over'))
    >>> find_before("附近3家", 2)
    """
    last = text[max(0, start - 1) : start]
    is_scaled = is_bare_scale and last in _SCALE_WORDS
    if last not in _LAST and not is_scaled:
        return None
    window = text[max(0, start - _LOOKBACK) : start]
    if match := _BEFORE.search(window):
        rule, length = _BEFORE_WORDS[match["word"]], len(match.group())
        barred = rule.unless
    elif is_scaled:
        rule, length = _SCALE_WORDS[last], 1
        barred = rule.scale_unless
    else:
        return None
    is_barred = bool(barred) and window.endswith(barred, 0, len(window) - length)
    return None if is_barred else Found(start - length, rule.name)


def find_after(text: str, end: int) -> Found | None:
    """The approximator right after the unit that ends at `end`: 以上, 左右, （含）以下.

    >>> find_after("28万元以上", 4), find_after("28万元。", 4)
    (Found(position=6, name='at_least'), None)
    """
    match = _AFTER.match(text, end)
    return Found(match.end(), _AFTER_WORDS[match["word"]]) if match else None


def find_afar(text: str, start: int, *, is_part: bool = False) -> str | None:
    """The approximation stated earlier in the clause: 大约需要2个小时, of a part 不足总数的5%.

    >>> find_afar("大约需要2个小时", 4), find_afar("需要2个小时", 2)
    ('about', None)
    >>> find_afar("不足总数的5%", 5, is_part=True), find_afar("不足韩国的5家", 5)
    ('under', None)
    """
    window = text[max(0, start - _LOOKBACK) : start]
    match = _AFAR.search(window) if _AFAR_BEGINNING.search(window) else None
    if match is None:
        return None
    if word := match["word"]:
        return _AFAR_WORDS[word]
    return _OF_WORDS[match["of"]] if is_part else None


def read_leading(text: str, start: int) -> str | None:
    """The approximation of the word with which the quantity at `start` begins.

    >>> read_leading("约5家", 0), read_leading("5家左右", 0)
    ('about', None)
    """
    match = _LEADING.match(text, start)
    return _BEFORE_WORDS[match["word"]].name if match else None
