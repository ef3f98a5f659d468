"""Currencies: money whose currency stands before the number: ￥13.5, US$5, 港币2960元."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.units import UNITS, UnitMatch, with_denominator

if TYPE_CHECKING:
    from etl.transform.amounts.numerals import Numeral


class Currency(NamedTuple):
    """The ISO code, where its name begins, and where the quantity does: a sign is a part of it."""

    code: str
    position: int
    start: int


_SIGNS = {sign: unit.name for unit in UNITS for sign in unit.signs}
_WORDS = {word: unit.name for unit in UNITS for word in unit.before}
_CODES = _SIGNS | _WORDS
_LAST = frozenset(name[-1] for name in _CODES)
_NAME = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(sorted(map(re.escape, _CODES), key=len, reverse=True))}) ?$"
)
_LOOKBACK = 8


def find_currency(text: str, start: int) -> Currency | None:
    """The currency right before the number at `start`, None where there is none.

    >>> find_currency("价格是￥13.5", 4), find_currency("港币2960元", 2)
    (Currency(code='CNY', position=3, start=3), Currency(code='HKD', position=0, start=2))
    >>> find_currency("共5元", 1)
    """
    last = text[start - 1 : start].strip() or text[max(0, start - 2) : start - 1]
    if last not in _LAST:
        return None
    match = _NAME.search(text[max(0, start - _LOOKBACK) : start])
    if not match:
        return None
    name, position = match.group().rstrip(), start - len(match.group())
    return Currency(_CODES[name], position, position if name in _SIGNS else start)


def with_currency(
    text: str, unit: UnitMatch | None, currency: Currency, numeral: Numeral
) -> UnitMatch | None:
    """The unit of an amount behind `currency`: 元 and 块 are of that currency, others stay.

    >>> from etl.transform.amounts.numerals import Numeral
    >>> with_currency("US$5/桶", None, Currency("USD", 0, 0), Numeral(3, 4, None)).code
    'USD/桶'
    >>> with_currency("人民币6连跌", None, Currency("CNY", 0, 3), Numeral(3, 4, None))
    """
    if unit is None:
        is_amount = currency.start < numeral.start or numeral.is_scaled
        plain = UnitMatch(numeral.end, currency.code, "money")
        return with_denominator(text, plain) if is_amount else None
    yuan, slash, per = unit.code.partition("/")
    if yuan in ("CNY", "块"):
        return unit._replace(code=f"{currency.code}{slash}{per}", kind="money")
    return unit
