"""Figures: numbers with their units, alone or as the list, range or compound that they form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.compounds import factor_of, read_smaller
from etl.transform.amounts.currencies import find_currency, with_currency
from etl.transform.amounts.numerals import Numeral, find_numerals
from etl.transform.amounts.units import UnitMatch, read_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from etl.transform.spans import HasSpan


class Figure(NamedTuple):
    """What a number states: `numeral` carries the value, `end` is where the last digit ends.

    `position` is where the words begin that belong to it but not to its surface (港币|5亿元);
    `shape` is range or compound where it was put together.
    """

    numeral: Numeral
    position: int
    end: int
    unit: UnitMatch | None
    shape: str = ""


_RANGE_SIGN = re.compile(r"(?:[（(]含[)）])?\s?(?:至|到|[—―–~～－-]{1,2}|─{1,2})\s?")
_LIST_SIGNS = ("、", "和", "或")
_POINTS = "个百分点"
_WIDEST = 7
"""Characters: （含） and a sign between blanks."""
_FROM = ("从", "由", "自")
_MINUS = ("-", "−")
_ALIKE = 10
"""Times: numbers in one list are about of the same size."""
_OLDEST = 200
"""Years; 1998年6个月 begins with a date."""
_SIGNED = frozenset({"percent", "percentage_points", "temperature", "money"})


def find_figures(text: str, taken: Sequence[HasSpan] = ()) -> Iterator[Figure]:
    """The figures of `text` in order, without the numbers that touch the spans `taken`.

    >>> [(str(f.numeral.value), f.unit.code) for f in find_figures("3小时20分")]
    [('200', 'min')]
    >>> [(int(f.numeral.low), int(f.numeral.high)) for f in find_figures("5至10万元")]
    [(50000, 100000)]
    >>> list(find_figures("京津冀"))
    []
    """
    figures = list(_to_figures(text, find_numerals(text, taken)))
    if _POINTS in text:
        _share_points(text, figures)
    return _combine(text, figures)


def _to_figures(text: str, numerals: Iterable[Numeral]) -> Iterator[Figure]:
    """One figure for each number that is no part of the unit before it: 5元一斤."""
    end = 0
    for numeral in numerals:
        if numeral.start >= end:
            figure = _to_figure(text, numeral)
            end = figure.unit.end if figure.unit else end
            yield figure


def _to_figure(text: str, numeral: Numeral) -> Figure:
    unit = _unit_after(text, numeral)
    if text.startswith(_MINUS, numeral.start) and (unit is None or unit.kind not in _SIGNED):
        numeral = _without_sign(numeral)  # 专题-3个: a dash, no sign
    if unit and unit.plus and numeral.value is not None:
        numeral = numeral._replace(value=numeral.value + unit.plus)
    if currency := find_currency(text, numeral.start):
        unit = with_currency(text, unit, currency, numeral)
        numeral = numeral._replace(start=currency.start)
    position = currency.position if currency else numeral.start
    return Figure(numeral, position, numeral.end, unit)


def _share_points(text: str, figures: list[Figure]) -> None:
    """0.2个、0.3个和0.4个百分点 names the unit of all at the end."""
    for index in range(len(figures) - 1, 0, -1):
        own, unit = figures[index - 1].unit, figures[index].unit
        if not (own and unit) or own.code != "个" or unit.kind != "percentage_points":
            continue
        if text[own.end : figures[index].numeral.start] in _LIST_SIGNS:
            shared = unit._replace(end=own.end)
            figures[index - 1] = figures[index - 1]._replace(unit=shared)


def _unit_after(text: str, numeral: Numeral) -> UnitMatch | None:
    if numeral.is_fraction:
        return UnitMatch(numeral.end, "%", "percent")
    return read_unit(text, numeral.end, numeral)


def _without_sign(numeral: Numeral) -> Numeral:
    value = None if numeral.value is None else abs(numeral.value)
    return numeral._replace(start=numeral.start + 1, value=value)


def _combine(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Join what belongs together; every figure is looked at a bounded number of times."""
    index = listed = 0
    while index < len(figures):
        if _stands_alone(figures, index):
            yield figures[index]
            index += 1
            continue
        if index >= listed:
            listed = _list_end(text, figures, index)
            if shared := _share_unit(figures[index:listed]):
                yield from shared
                index = listed
                continue
        whole, index = _read_range(text, figures, index) or _read_compound(text, figures, index)
        yield whole


def _stands_alone(figures: Sequence[Figure], index: int) -> bool:
    """Whether the next figure is too far away to belong to this one."""
    if index + 1 == len(figures):
        return True
    figure = figures[index]
    end = figure.unit.end if figure.unit else figure.end
    return figures[index + 1].numeral.start - end > _WIDEST


def _list_end(text: str, figures: Sequence[Figure], index: int) -> int:
    """Up to where figures without a unit of their own stand side by side: 5、6、7万人."""
    end = index + 1
    while end < len(figures) and figures[end - 1].unit is None:
        if text[figures[end - 1].end : figures[end].numeral.start] not in _LIST_SIGNS:
            break
        end += 1
    return end


def _share_unit(run: Sequence[Figure]) -> list[Figure] | None:
    """Each number with the scale and unit of the last; None where they are no such list.

    Those that have a scale each share the unit alone: 85万和75万美元.
    """
    *others, last = run
    unit = last.unit
    is_plain = all(f.numeral.value is not None and not f.numeral.is_chinese for f in run)
    is_mixed = any(f.numeral.is_scaled for f in others) and not all(
        f.numeral.is_scaled for f in run
    )
    if not (others and unit and is_plain) or is_mixed:
        return None
    return [
        figure._replace(
            numeral=figure.numeral._replace(
                value=_share_scale(figure.numeral, last.numeral, _ALIKE)
            ),
            unit=unit._replace(end=figure.end),
        )
        for figure in others
    ] + [last]


def _read_range(text: str, figures: Sequence[Figure], index: int) -> tuple[Figure, int] | None:
    """3至5公里, 2%到3%, 10万—15万元, 10元-15元; 由2%到3% states two values."""
    if index + 1 >= len(figures):
        return None
    first, second = figures[index], figures[index + 1]
    own, unit, number = first.unit, second.unit, second.numeral
    end = own.end if own else first.end
    if number.start == end and text.startswith(_MINUS, end):
        number = _without_sign(number)
    if number.start <= end or not _RANGE_SIGN.fullmatch(text, end, number.start):
        return None
    if own and unit and (factor := factor_of(unit.code, own.code)) and number.value is not None:
        # 10个月至1年半: in the smaller unit, which is named first
        number = number._replace(value=number.value * factor)
        unit = own._replace(end=unit.end)
    if own and (not unit or unit.code != own.code):
        return None
    if own and text[max(0, first.numeral.start - 1) : first.numeral.start] in _FROM:
        return None
    limits = _limits(text, first, number)
    if limits is None or (not unit and first.numeral.is_chinese != number.is_chinese):
        return None
    both = number._replace(
        start=first.numeral.start, value=None, low=limits[0], high=limits[1], is_bare_scale=False
    )
    return Figure(both, first.position, second.end, unit, "range"), index + 2


def _limits(text: str, first: Figure, second: Numeral) -> tuple[Decimal, Decimal] | None:
    """The lower and the upper value; 零下3至5摄氏度 are both below zero."""
    low, high = _share_scale(first.numeral, second), second.value
    if low is None or high is None:
        return None
    if low < 0 < high and not first.unit and text.startswith("零下", first.numeral.start):
        high = -high
    if low < 0 and high < low:
        low, high = high, low
    return (low, high) if low < high else None


def _share_scale(first: Numeral, last: Numeral, most: int = 1) -> Decimal | None:
    """In 5至10万, 两到三百 and 5、6、7万 the scale of the last belongs to all before it.

    Nothing before it may become more than `most` times as large as the last.
    """
    if first.value is None or last.value is None or first.is_scaled:
        return first.value
    scales = last.scales or _spoken_scales(first.value, last.value)
    scaled = (first.value * scale for scale in scales)
    return next((value for value in scaled if value < last.value * most), first.value)


def _spoken_scales(first: Decimal, last: Decimal) -> tuple[int, ...]:
    """6-7000元 is said 六七千元: the last has a digit more by one, and noughts behind it."""
    return tuple(scale for scale in (1000, 100) if 0 < first == last / scale - 1)


def _read_compound(text: str, figures: Sequence[Figure], index: int) -> tuple[Figure, int]:
    """3小时|20分|5秒 as one figure; the figure itself where nothing is joined to it."""
    whole, following = figures[index], index + 1
    while following < len(figures) and (joined := _join(text, whole, figures[following])):
        whole, following = joined, following + 1
    return whole, following


def _join(text: str, whole: Figure, part: Figure) -> Figure | None:
    unit, above, below = whole.unit, whole.numeral.value, part.numeral.value
    if unit is None or above is None or below is None:
        return None
    if text[unit.end : part.numeral.start] not in ("", "零", "又"):
        return None
    smaller = read_smaller(text, part.end, unit.code)
    if smaller is None or (unit.code == "a" and above > _OLDEST):
        return None
    value = above * smaller.whole + below * smaller.part
    return whole._replace(
        numeral=whole.numeral._replace(value=value),
        end=part.end,
        unit=unit._replace(end=smaller.end, code=smaller.unit),
        shape="compound",
    )
