"""Numeral values: what the characters of one written number are worth, exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from etl import grammar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Characters:
    """One rule of `numerals.toml`: characters and what each is worth."""

    name: str
    values: Mapping[str, str]
    examples: tuple[str, ...]


RULES = grammar.load("numerals", Characters)
_WORTH = {rule.name: dict(rule.values) for rule in RULES}
DIGITS = {char: int(worth) for char, worth in _WORTH["digits"].items()}
"""一 to 九 with 两, 零 and 〇."""
SCALES = {char: int(worth) for char, worth in _WORTH["scales"].items()}
"""十 to 兆."""
FORMAL_DIGITS = "".join(c for c, worth in _WORTH["formal"].items() if len(worth) == 1)
FORMAL_SCALES = "".join(c for c, worth in _WORTH["formal"].items() if len(worth) > 1)
LETTERS = "".join(_WORTH["letters"])

ARABIC = (
    r"(?:[0-9]{1,3}(?:[,，][0-9]{3})++(?![0-9])|[0-9]{1,3}(?: [0-9]{3})++(?![0-9.])|[0-9]++)"
    r"(?:\.[0-9]++)?"
)
"""1234.5 · 1,234 · 1，234 · 18 000, as part of a pattern."""

_PLAIN = {worth: char for char, worth in (_WORTH["digits"] | _WORTH["scales"]).items()}
_TO_PLAIN = str.maketrans(
    {c: _PLAIN[worth] for c, worth in (_WORTH["formal"] | _WORTH["letters"]).items()}
)
_SEPARATORS = str.maketrans("", "", ",， ")
_TOKEN = re.compile(
    rf"(?P<arabic>{ARABIC})|(?P<digit>[{''.join(DIGITS)}])|(?P<scale>[{''.join(SCALES)}])"
    rf"|点(?P<point>[{''.join(DIGITS)}]+)"
)
_LONGEST = 40
"""Characters; what is longer is no number anybody states."""


@lru_cache(maxsize=4096)  # a newsroom writes the same few numbers again and again
def parse_numeral(text: str) -> Decimal | None:
    """The value of one written number, or None where it is none.

    >>> parse_numeral("两万三"), parse_numeral("200亿零四千230"), parse_numeral("1，234.5")
    (Decimal('23000'), Decimal('20000004230'), Decimal('1234.5'))
    >>> parse_numeral("二〇一九"), parse_numeral("叁拾万"), parse_numeral("百"), parse_numeral("京")
    (Decimal('2019'), Decimal('300000'), Decimal('100'), None)
    """
    if len(text) > _LONGEST:
        return None
    text = text.translate(_TO_PLAIN)
    tokens = list(_TOKEN.finditer(text))
    if not tokens or sum(len(token.group()) for token in tokens) != len(text):
        return None
    return _add_up(tokens)


def scales_of(text: str) -> tuple[int, ...]:
    """What the scales at the end of a written number may multiply others by, the largest first.

    >>> scales_of("九百亿"), scales_of("二十万"), scales_of("300")
    ((10000000000, 100000000), (10000,), ())
    """
    scales: list[int] = []
    for char in reversed(text.translate(_TO_PLAIN)):
        if char not in SCALES or char == "十":  # 八到三十万 are 8万 to 30万
            break
        scales.append(SCALES[char] * (scales[-1] if scales else 1))
    return tuple(reversed(scales))


def _add_up(tokens: Sequence[re.Match[str]]) -> Decimal:
    """Sum the tokens: a scale multiplies all before it that is smaller (1.2|万|亿, 三|千|五|百).

    A last digit right after a scale is of the next smaller one: 两万三 and 2万3 are 23,000.
    """
    terms: list[tuple[Decimal, int]] = []
    for token in tokens:
        if token["scale"]:
            scale = SCALES[token.group()]
            below = [value for value, of in terms if of < scale] or [Decimal(1)]
            terms = [term for term in terms if term[1] >= scale] + [
                (sum(below, Decimal(0)) * scale, scale)
            ]
        elif token["digit"] and terms and terms[-1][1] == 1:
            terms[-1] = (terms[-1][0] * 10 + DIGITS[token.group()], 1)
        elif not terms or token.group() not in "零〇":  # 一千零十
            terms.append((_worth_of(token), 1))
    is_digit = not tokens[-1]["scale"] and len(tokens[-1].group()) == 1
    if len(terms) > 1 and is_digit and tokens[-2]["scale"]:
        terms[-1] = (terms[-1][0] * max(terms[-2][1] // 10, 1), 1)
    return sum((value for value, _ in terms), Decimal(0))


def _worth_of(token: re.Match[str]) -> Decimal:
    if token["arabic"]:
        return Decimal(token.group().translate(_SEPARATORS))
    if token["point"]:
        return Decimal("0." + "".join(str(DIGITS[char]) for char in token["point"]))
    return Decimal(DIGITS[token.group()])
