"""Numerals: 1,234 · 1.2万亿 · 三千五百 · 两万三 · 二十多 · 三五 · 三分之一 · 零下5.

Source of the readings: GB/T 15835-2011, 出版物上数字用法.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.numeral_values import (
    ARABIC,
    DIGITS,
    FORMAL_DIGITS,
    FORMAL_SCALES,
    LETTERS,
    SCALES,
    parse_numeral,
    scales_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.transform.spans import HasSpan

__all__ = ["Numeral", "find_numerals", "may_hold_numeral", "parse_numeral"]

_D, _S, _F = "".join(DIGITS), "".join(SCALES), FORMAL_DIGITS + FORMAL_SCALES
# 千 begins a unit in 25千克 and 5千米, 百 in 1.1百分点, 兆 in 20兆瓦; 两 follows a scale, never a
# digit (二两).
_NO_SCALE = (
    r"千(?=[克瓦卡帕伏赫焦])|(?<=[0-9十百万亿])千(?=米)|(?<=[0-9])百(?=分点)|兆(?![元美日欧韩港台])"
)
_SCALE = rf"(?!{_NO_SCALE})[{_S}]"
_ONE_OR_TWO = r"(?<=一)两(?=[个天年次百千万家名位周种条句件])"
_LATER_DIGIT = rf"(?<![{_D}0-9])两|(?<![0-9])[{_D.replace('两', '')}]|{_ONE_OR_TWO}"
# 两、三百万 is 两三百万; a headline's 三、 stands at its beginning.
_ROUGH_PAIRS = "|".join(
    rf"(?<=[^，。；：、\s{_D}{_S}0-9]{low}、)(?={high}[{_S}])"
    for low, high in zip("两二三四五六七八", "三三四五六七八九", strict=True)
)
_ROUGHLY = rf"、(?:{_ROUGH_PAIRS})"
# 两个亿 is a sum where it ends or a currency follows; 3个亿吨大港 and 3个亿元项目 count others.
_SUM = r"个(?=亿(?:$|[，。；、！？）]|左右|以上|的|人民币|[美欧日港]元|卢布|英镑))"
_LETTER = rf"(?<=[0-9])[{LETTERS}](?=[美欧日港]?元|块|左右|上下|以上|以下|多)"
# 张三50元: Arabic digits go on only behind a scale or a zero; 一年零3个月: zero begins no number.
_BODY = (
    rf"(?:{ARABIC}|(?!零[{_D}{_S}0-9])[{_D}]|{_SCALE})"
    rf"(?:(?<=[{_S}零]){ARABIC}|{_LATER_DIGIT}|{_SCALE}|几(?=[{_S}])"
    rf"|{_ROUGHLY}|[多余](?=[万亿])|点(?=[{_D}])|{_SUM}|{_LETTER})*+"
)
# 陆 and 伍 are names, 拾 a verb: a scale right behind tells a cheque's number.
_FORMAL = rf"(?:[{FORMAL_DIGITS}](?:[{FORMAL_SCALES}]|(?<![伍陆])[万亿])|拾[万亿])[零万亿{_F}]*+"
_HALF = r"半(?=个?多?(?:小时|钟头|世纪)|个多?月|年(?![报度线期里审]))"
_SIGN = rf"负|零下|(?<![A-Za-z0-9_%)）~～—―–\-−{_S}])[-−](?=[0-9])|(?<=[)）])[-−](?=[0-9.]+[%％])"
_NUMERAL = re.compile(
    rf"(?P<vague>[数几](?:{_SCALE})++[多余]?)"
    rf"|(?<![{_D}{_S}0-9])百分(?P<hundredths>百|[{_D}]{_BODY})"
    rf"|(?<![-—–~～至到/])(?P<over>[0-9]{{1,3}})/(?P<under>[0-9]{{1,3}})(?![0-9/]|[-—–~～至到][0-9])"
    rf"|(?<![个年月天时点上下前后一大小多过夜{_S}])(?P<half>{_HALF})"
    rf"|(?P<sign>{_SIGN})?(?:(?P<formal>{_FORMAL})"
    rf"|(?P<body>{_BODY})(?:分之(?P<numerator>{_BODY})|(?P<more>[多余几]|来(?![自到源临年])|\+(?=[个家人名套所台辆条项种元米亩吨次]))?))"
)
_BEGINNING = re.compile(rf"[0-9{_D}{_S}{_F}数几半负\-−]")
_INNER = str.maketrans("", "", "多余几个、")
_ADJACENT = re.compile(
    rf"(?P<head>.*?)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<tail>[{_S}]*)"
)


class Numeral(NamedTuple):
    """A number as written: `value`, or `low` and `high` for adjacent digits (三五, 十七八).

    `is_over` says that 多, 余 or 几 follows or stands inside, `is_about` that 来 follows;
    `is_scaled` that it carries 万 or 亿; `is_chinese` that no Arabic digit is in it;
    `is_fraction` that it is a part of a whole (in hundredths: 三分之一 is 33.3…);
    `is_vague` that it names only a magnitude (数百, 几十);
    `is_bare_scale` that it has no digit at all (百亿; 十 is one). `scales` are what its last
    characters may multiply the numbers by that stand before it (5至10万).
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    is_over: bool = False
    is_about: bool = False
    is_scaled: bool = False
    is_chinese: bool = False
    is_fraction: bool = False
    is_vague: bool = False
    is_bare_scale: bool = False
    scales: tuple[int, ...] = ()


def may_hold_numeral(text: str) -> bool:
    """Whether any character of `text` can begin a number; False is certain.

    >>> may_hold_numeral("统一"), may_hold_numeral("京津冀")
    (True, False)
    """
    return _BEGINNING.search(text) is not None


def find_numerals(text: str, taken: Sequence[HasSpan] = ()) -> Iterator[Numeral]:
    """Every number of `text` from left to right, in time linear in its length.

    Numbers that touch one of the spans `taken`, which are in order, are left out.

    >>> [(n.start, n.end, int(n.value)) for n in find_numerals("近1.2万亿元")]
    [(1, 6, 1200000000000)]
    >>> [(n.low, n.high) for n in find_numerals("五六个")]
    [(Decimal('5'), Decimal('6'))]
    >>> list(find_numerals("京津冀"))
    []
    """
    position = 0
    ahead = iter(taken)
    span = next(ahead, None)
    while beginning := _BEGINNING.search(text, position):
        start = beginning.start()
        while span and span.end <= start:
            span = next(ahead, None)
        if span and span.start <= start:
            position = span.end
            continue
        match = _NUMERAL.match(text, start)
        position = match.end() if match else start + 1
        is_free = span is None or position <= span.start
        if match and is_free and (numeral := _to_numeral(match)):
            yield numeral


def _to_numeral(match: re.Match[str]) -> Numeral | None:
    last = match.lastgroup
    if last in ("body", "formal", "more"):
        return _to_number(match, match["body"] or match["formal"])
    if last == "vague":
        return Numeral(*match.span(), None, is_vague=True)
    if last == "half":
        return Numeral(*match.span(), Decimal("0.5"), is_chinese=True)
    if last == "numerator":
        return _to_fraction(match, match["body"], match["numerator"])
    return _to_fraction(match, match["under"] or "百", match["over"] or match["hundredths"])


def _to_number(match: re.Match[str], body: str) -> Numeral | None:
    written = _read_body(body)
    if written is None:
        return None
    numeral = Numeral._make((*match.span(), *written[2:]))
    if more := match["more"]:
        numeral = numeral._replace(is_about=more == "来", is_over=more != "来")
    if match["sign"] and numeral.value is not None:
        numeral = numeral._replace(value=-numeral.value)
    return numeral


def _to_fraction(match: re.Match[str], below: str, above: str) -> Numeral | None:
    """Parts of a whole in hundredths: 百分之五 and 百分五 are 5, 三分之一 33.3…, 1/4 25."""
    whole, part = parse_numeral(below), parse_numeral(above)
    if not whole or part is None or (match["under"] and not 0 < part < whole):
        return None
    return Numeral(
        *match.span(),
        (-100 if match["sign"] else 100) * part / whole,
        is_fraction=True,
        is_chinese=not any("0" <= char <= "9" for char in match.group()),
    )


@lru_cache(maxsize=4096)  # a newsroom writes the same few numbers again and again
def _read_body(body: str) -> Numeral | None:
    """The number without its place and sign; None where it is none (8点30)."""
    written = body.translate(_INNER)
    low, high = _parse_adjacent(written)
    value = parse_numeral(written) if low is None else None
    if low is None and value is None:
        return None
    return Numeral(
        0,
        0,
        value,
        low,
        high,
        is_over=any(char in body for char in "多余几"),
        is_scaled=any(char in body for char in f"万亿兆{LETTERS}"),
        is_chinese=not any("0" <= char <= "9" for char in body),
        is_bare_scale=all(char in SCALES and char != "十" for char in written),
        scales=scales_of(written),
    )


def _parse_adjacent(written: str) -> tuple[Decimal | None, Decimal | None]:
    """三五百 is 300 to 500, 十七八 17 to 18; 二三 alone counts, 一九八五 is a year."""
    if written.isascii() or len(written) > 8:  # noqa: PLR2004  三百七八十万 is the longest shape
        return None, None
    match = _ADJACENT.fullmatch(written)
    if (
        not match
        or (match["head"] and match["head"][-1] in DIGITS)
        or any(char.isascii() for char in written)
    ):
        return None, None
    low, high = (
        parse_numeral(match["head"] + match[side] + match["tail"]) for side in ("low", "high")
    )
    close = DIGITS[match["high"]] - DIGITS[match["low"]] in (1, 2)
    return (low, high) if close and low != high else (None, None)
