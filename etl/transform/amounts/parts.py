"""Parts and multiples written without a unit: 三成, 一半, 过半, 翻一番."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.approximations import find_afar, find_after, find_before
from etl.transform.amounts.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator


class Part(NamedTuple):
    """A part of a whole in per cent, or a multiple; `rule` names how it is written.

    Of a range (两成至八成) `value` is the upper limit and `low` the lower.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    kind: str
    approximation: str
    rule: str
    low: Decimal | None = None


# 成 begins many words: 三成为, 一成不变, 六成立.
_TENTHS = re.compile(
    r"(?:(?P<low>[一二两三四五六七八九])(?:成?[至到—～~-]|(?P<rough>、?)(?=[二三四五六七八九]成)))?(?P<tenths>[一二两三四五六七八九]|十[一二]?|\d{1,2}(?:\.\d)?)成(?P<half>半)?(?P<over>多)?"
    r"(?![为立员功果长熟本都效品交分绩人千百文书批型形活因就见不])"
)
# What 成 stands behind where it counts tenths; 成 comes first to be searched for fast.
_COUNTED = re.compile(r"成(?<=[一二两三四五六七八九十\d]成)")
_HALF = re.compile(
    r"(?:一半|半数|(?<=过)半(?=[以的，。、])|(?P<most>一?大半(?!个?[年月])))(?P<over>多)?(?![是时天径路空辈生])"
)
_DOUBLING = re.compile(r"翻了?(?P<times>[一两二三四\d])[番翻]")


def find_parts(text: str) -> Iterator[Part]:
    """The parts and multiples of `text`, by kind.

    >>> [(int(p.value), p.unit, p.approximation) for p in find_parts("近三成，一半以上，翻两番")]
    [(30, '%', 'nearly'), (50, '%', 'at_least'), (4, 'x', 'exact')]
    >>> list(find_parts("三成为例，一成不变"))
    []
    """
    if _COUNTED.search(text):
        for match in _TENTHS.finditer(text):
            value, low = _to_per_cent(text, match), parse_numeral(match["low"] or "")
            if value is not None and (low is None or 10 * low < value):
                yield _to_part(text, match, value, "tenths")._replace(low=low and 10 * low)
    if "半" in text:
        for match in _HALF.finditer(text):
            yield _to_part(text, match, Decimal(50), "half")
    if "翻" in text:
        for match in _DOUBLING.finditer(text):
            times = parse_numeral(match["times"]) or Decimal(1)
            yield Part(*match.span(), Decimal(2) ** times, "x", "multiple", "exact", "doubling")


def _to_per_cent(text: str, match: re.Match[str]) -> Decimal | None:
    written = match["tenths"]
    tenths = parse_numeral(written)
    if tenths is None or text[max(0, match.start() - 1) : match.start()].isdigit():
        return None
    return (tenths + Decimal("0.5") if match["half"] else tenths) * 10


def _to_part(text: str, match: re.Match[str], value: Decimal, rule: str) -> Part:
    before = find_before(text, match.start(), is_bare_scale=rule == "half")
    after = find_after(text, match.end())
    groups = match.groupdict()
    is_over, is_rough = match["over"] or groups.get("most"), groups.get("rough") is not None
    own = "over" if is_over else "about" if is_rough else "exact"  # 七八成
    start = before.position if before else match.start()
    beside = before or after
    name = beside.name if beside else find_afar(text, start, is_part=True) or own
    return Part(start, after.position if after else match.end(), value, "%", "percent", name, rule)
