"""Numerals: 1,234 · 1.2万亿 · 三千五百 · 两万三 · 二十多 · 三五 · 三分之一. Exact until the end.

Source of the readings: GB/T 15835-2011, 出版物上数字用法.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from etl import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE = grammar.read_table("numerals")
_DIGITS = {char: int(value) for char, value in _TABLE["digits"].items()}
_SCALES = {char: int(value) for char, value in _TABLE["scales"].items()}
_FORMAL = str.maketrans(_TABLE["formal"])
_HUNDRED, _MYRIAD = 100, 10_000
_LONGEST = 40
"""Characters; what is longer is no number anybody states."""

_D = "".join(_DIGITS)
_S = "".join(_SCALES)
_ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})++(?!\d)|\d{1,3}(?: \d{3})++(?![\d.])|\d++)(?:\.\d++)?"
# 千 begins a unit in 25千克 and 5千米; 两 follows a scale, never a digit (二两 is two 两).
_KILO = r"千(?=[克瓦卡帕伏赫])|(?<=[\d十百])千(?=米)"
_SCALE = rf"(?!{_KILO})[{_S}]"
_LATER_DIGIT = rf"(?<![{_D}\d])两|[{_D.replace('两', '')}]"
_BODY = (
    rf"(?:{_ARABIC}|[{_D}]|{_SCALE})"
    rf"(?:(?<![{_D}]){_ARABIC}|{_LATER_DIGIT}|{_SCALE}|几(?=[{_S}])|[多余](?=[万亿])|点(?=[{_D}]))*+"
)
_VAGUE = rf"[数几][{_S}]++"
_NUMERAL = re.compile(
    rf"(?P<vague>{_VAGUE}[多余]?)"
    rf"|(?P<denominator>{_BODY})分之(?P<numerator>{_BODY})"
    rf"|(?P<over>\d{{1,3}})/(?P<under>\d{{1,3}})(?![\d/])"
    rf"|(?P<sign>负|(?<![\w%)）])[-−](?=\d))?(?P<body>{_BODY})(?P<more>[多余几来](?![自到源临年])|几)?"
)
_ADJACENT = re.compile(
    rf"^(?P<head>.*?)(?P<low>[一二两三四五六七八九])(?P<high>[二三四五六七八九])(?P<tail>[{_S}]*)$"
)
_TOKEN = re.compile(
    rf"(?P<arabic>{_ARABIC})|(?P<digit>[{_D}])|(?P<scale>[{_S}])|点(?P<point>[{_D}]+)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: `value`, or `low` and `high` for adjacent digits (三五, 十七八).

    `is_over` says that 多, 余, 几 or 来 follows or stands inside; `is_scaled` that it carries
    万 or 亿; `is_chinese` that no Arabic digit is in it; `is_fraction` that it is a part of a whole
    (in hundredths: 三分之一 is 33.3…); `is_vague` that it names only a magnitude (数百, 几十);
    `is_bare_scale` that it has no digit at all (百亿).
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    is_over: bool = False
    is_scaled: bool = False
    is_chinese: bool = False
    is_fraction: bool = False
    is_vague: bool = False
    is_bare_scale: bool = False


def find_numerals(text: str) -> Iterator[Numeral]:
    """Every number of `text` from left to right, in time linear in its length.

    >>> [(n.start, n.end, int(n.value)) for n in find_numerals("近1.2万亿元")]
    [(1, 6, 1200000000000)]
    >>> [(n.low, n.high) for n in find_numerals("五六个")]
    [(Decimal('5'), Decimal('6'))]
    >>> list(find_numerals("京津冀"))
    []
    """
    for match in _NUMERAL.finditer(text):
        yield from _to_numerals(match)


def parse_numeral(text: str) -> Decimal | None:
    """The value of one written number, or None where it is none.

    >>> parse_numeral("两万三"), parse_numeral("200亿零四千230"), parse_numeral("1，234.5")
    (Decimal('23000'), Decimal('20000004230'), Decimal('1234.5'))
    >>> parse_numeral("二〇一九"), parse_numeral("百"), parse_numeral("京")
    (Decimal('2019'), Decimal('100'), None)
    """
    text = text.translate(_FORMAL)
    tokens = list(_TOKEN.finditer(text)) if len(text) <= _LONGEST else []
    if not tokens or sum(len(t.group()) for t in tokens) != len(text):
        return None
    if len(tokens) > 1 and all(t["digit"] for t in tokens):
        return Decimal(int("".join(str(_DIGITS[t.group()]) for t in tokens)))
    return _add_up(tokens)


def _to_numerals(match: re.Match[str]) -> Iterator[Numeral]:
    start, end = match.span()
    if match["vague"]:
        yield Numeral(start, end, None, is_vague=True)
    elif match["denominator"] or match["under"]:
        yield from _to_fraction(match)
    else:
        yield from _to_number(match)


def _to_fraction(match: re.Match[str]) -> Iterator[Numeral]:
    """Parts of a whole in hundredths: 百分之五 is 5, 三分之一 33.3…, 1/4 25."""
    above = parse_numeral(match["numerator"] or match["over"])
    below = parse_numeral(match["denominator"] or match["under"])
    if above is None or not below or (match["under"] and not 0 < above < below):
        return
    yield Numeral(
        *match.span(),
        100 * above / below,
        is_fraction=True,
        is_chinese=not re.search(r"\d", match.group()),
    )


def _to_number(match: re.Match[str]) -> Iterator[Numeral]:
    body = match["body"]
    is_over = match["more"] is not None or any(c in body for c in "多余几")
    written = body.replace("多", "").replace("余", "").replace("几", "")
    low, high = _parse_adjacent(written)
    value = parse_numeral(written) if low is None else None
    if low is None and value is None:
        return
    yield Numeral(
        *match.span(),
        -value if value is not None and match["sign"] else value,
        low,
        high,
        is_over=is_over,
        is_scaled="万" in body or "亿" in body,
        is_chinese=not any(c.isdigit() and c.isascii() for c in body),
        is_bare_scale=all(c in _SCALES for c in written),
    )


def _parse_adjacent(written: str) -> tuple[Decimal | None, Decimal | None]:
    """三五百 is 300 to 500, 十七八 17 to 18; 二三 alone counts, 一九八五 is a year."""
    match = _ADJACENT.match(written)
    if (
        not match
        or (match["head"] and match["head"][-1] in _DIGITS)
        or any(c.isascii() for c in written)
    ):
        return None, None
    low, high = (
        parse_numeral(match["head"] + match[side] + match["tail"]) for side in ("low", "high")
    )
    close = (
        low is not None
        and high is not None
        and _DIGITS[match["high"]] - _DIGITS[match["low"]] in (1, 2)
    )
    return (low, high) if close and low != high else (None, None)


def _add_up(tokens: list[re.Match[str]]) -> Decimal:
    """Sum the tokens by scale: 亿 closes what stands before it, then 万, then 千百十.

    A last digit right after a scale is of the next smaller one: 两万三 is 23,000.
    """
    total, myriads, section = Decimal(0), Decimal(0), Decimal(0)
    number: Decimal | None = None
    scale = 1
    for token in tokens:
        if token["scale"]:
            scale = _SCALES[token.group()]
            if scale > _MYRIAD:
                whole = total + myriads + section + (number or 0)
                total, myriads, section = (whole or Decimal(1)) * scale, Decimal(0), Decimal(0)
            elif scale == _MYRIAD:
                myriads, section = ((section + (number or 0)) or Decimal(1)) * scale, Decimal(0)
            else:
                section += (Decimal(1) if number is None else number) * scale
            number = None
        elif token["point"]:
            digits = "".join(str(_DIGITS[c]) for c in token["point"])
            number = (number or Decimal(0)) + Decimal(f"0.{digits}")
        elif token["arabic"]:
            number = Decimal(token.group().replace(",", "").replace("，", "").replace(" ", ""))
        else:
            is_zero = token.group() in "零〇"
            scale = 1 if is_zero else scale
            number = None if is_zero else (number or Decimal(0)) * 10 + _DIGITS[token.group()]
    is_short = number is not None and scale >= _HUNDRED and tokens[-1]["digit"]
    return total + myriads + section + (number or 0) * (scale // 10 if is_short else 1)
