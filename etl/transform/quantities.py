"""Quantities: approximator + number or range + unit, and what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.transform.approximations import find_afar, find_after, find_before
from etl.transform.exclusions import find_exclusion, find_idioms
from etl.transform.numerals import Numeral, find_numerals
from etl.transform.parts import Part, find_parts
from etl.transform.rates import find_each, read_rate
from etl.transform.spans import HasSpan, Spans
from etl.transform.units import UnitMatch, read_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as the text states it; offsets half-open code points.

    `value`, or `low` and `high` of a range, are multiplied out. `rules` are what fired, in
    order; `reason` says why it is no metric, None where it is one.
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    kind: str
    approximation: str
    rules: tuple[str, ...]
    reason: str | None = None


_RANGE_SIGN = re.compile(r"\s?(?:至|到|[—―–~～－-]{1,2}|─{1,2})\s?")
_LIST_SIGN = re.compile(r"[、和或]|，(?=\d)")
_HALF = re.compile(r"个?半(?=[小个年天月倍])(?!年报|月板|导体)")
_DATE_PART = re.compile(r"[年月日]")
_HUNDRED_MILLION, _TEN_THOUSAND = 10**8, 10**4


def find_quantities(text: str, taken: Sequence[HasSpan] = ()) -> Iterator[Quantity]:
    """Every quantity of `text` in order; those with a `reason` are no metrics.

    `taken` are spans that belong to something else, as dates do.

    >>> [(q.unit, int(q.value), q.approximation) for q in find_quantities("近1.2万家，占25%以上")]
    [('家', 12000, 'nearly'), ('%', 25, 'at_least')]
    >>> [(int(q.low), int(q.high), q.unit) for q in find_quantities("10万—15万元")]
    [(100000, 150000, 'CNY')]
    >>> list(find_quantities("京津冀协同发展"))
    []
    """
    dates = Spans(taken)
    parts = [part for part in find_parts(text) if not dates.touches(part.start, part.end)]
    blocked = (
        Spans([*taken, *find_idioms(text), *parts])
        if parts
        else Spans([*taken, *find_idioms(text)])
    )
    numerals = [n for n in find_numerals(text) if not blocked.touches(n.start, n.end)]
    found = [*map(_from_part, parts), *_read(text, numerals)]
    return iter(sorted(found, key=lambda quantity: quantity.start))


def _from_part(part: Part) -> Quantity:
    return Quantity(
        part.start, part.end, part.value, None, None,
        part.unit, part.kind, part.approximation, (part.rule,),
    )  # fmt: skip


def _read(text: str, numerals: Sequence[Numeral]) -> Iterator[Quantity]:
    """Numbers one by one, or as the list or range that they form."""
    index = 0
    while index < len(numerals):
        run = _list_at(text, numerals, index)
        if len(run) > 1:
            yield from _read_list(text, run)
        elif found := _read_range(text, numerals[index : index + 2]):
            run = [*numerals[index : index + 2]]
            yield found
        elif single := _build(text, run[0], run[0], _unit_after(text, run[0])):
            yield single
        index += len(run)


def _read_range(text: str, pair: Sequence[Numeral]) -> Quantity | None:
    """3至5公里, 2%到3%, 10万—15万元; 由2%到3% states two values."""
    if len(pair) < 2 or text[max(0, pair[0].start - 1) : pair[0].start] in ("从", "由", "自"):  # noqa: PLR2004  a pair
        return None
    first, second = pair
    own, unit = _unit_after(text, first), _unit_after(text, second)
    gap = text[own.end if own else first.end : second.start]
    if not _RANGE_SIGN.fullmatch(gap) or (own and (not unit or unit.code != own.code)):
        return None
    low, high = _share_scale(first, second), second.value
    if (
        low is None
        or high is None
        or low >= high
        or (not unit and first.is_chinese != second.is_chinese)
    ):
        return None
    both = replace(second, start=first.start, value=None, low=low, high=high, is_bare_scale=False)
    return _build(text, both, second, unit)


def _list_at(text: str, numerals: Sequence[Numeral], index: int) -> list[Numeral]:
    """The numbers from `index` on that share the last one's unit: 5、6、7万人."""
    run = [numerals[index]]
    for numeral in numerals[index + 1 :]:
        gap = text[run[-1].end : numeral.start]
        if not _LIST_SIGN.fullmatch(gap) or _unit_after(text, run[-1]):
            break
        run.append(numeral)
    is_plain = all(n.value is not None and not n.is_chinese for n in run)
    is_shared = is_plain and not any(n.is_scaled for n in run[:-1]) and _unit_after(text, run[-1])
    return run if is_shared else run[:1]


def _read_list(text: str, run: list[Numeral]) -> Iterator[Quantity]:
    """Each number with the scale and unit of the last; only the last shows them."""
    last = run[-1]
    unit = _unit_after(text, last)
    for numeral in run[:-1]:
        whole = replace(numeral, value=_share_scale(numeral, last))
        if unit and (found := _build(text, whole, numeral, replace(unit, end=numeral.end))):
            yield found
    if found := _build(text, last, last, unit):
        yield found


def _unit_after(text: str, numeral: Numeral) -> UnitMatch | None:
    if numeral.is_fraction:
        return UnitMatch(numeral.end, "%", "percent")
    half = _HALF.match(text, numeral.end)
    return read_unit(text, half.end() if half else numeral.end, numeral)


def _build(text: str, numeral: Numeral, last: Numeral, unit: UnitMatch | None) -> Quantity | None:
    """Put the pieces together; None for a bare number that nobody would call a quantity.

    `numeral` carries the value, `last` is the one the unit stands behind.
    """
    reason = find_exclusion(text, numeral, last.end, unit)
    if unit is None and not _counts_without_unit(numeral):
        return _leave_out(numeral, last, reason)
    end = unit.end if unit else last.end
    before = find_before(text, find_each(text, numeral.start), is_bare_scale=numeral.is_bare_scale)
    after = find_after(text, end)
    reason = reason or _reason_of(text, numeral, is_approximate=bool(before or after))
    # 约为每万人22次: the approximator is not beside the number, so it is no part of the surface
    start = (
        before.position
        if before and find_each(text, numeral.start) == numeral.start
        else numeral.start
    )
    value, low, high = _with_half(text, numeral, unit)
    name = "over" if numeral.is_over else before.name if before else after.name if after else None
    name = (
        name
        or find_afar(text, start)
        or ("about" if low is not None and numeral is last else "exact")
    )
    code, kind = (read_rate(text, start, unit.code), unit.kind) if unit else ("", "count")
    shape = "range" if low is not None else "fraction" if numeral.is_fraction else kind
    rules = (shape,) if name == "exact" else (shape, name)
    return Quantity(
        start, after.position if after else end, value, low, high, code, kind, name, rules, reason
    )


def _leave_out(numeral: Numeral, last: Numeral, reason: str | None) -> Quantity | None:
    """A bare Arabic number is worth a row among the skipped; the 一 in 一般 is not."""
    if numeral.is_chinese and reason is None:
        return None
    return Quantity(
        numeral.start, last.end, numeral.value, numeral.low, numeral.high,
        "", "count", "exact", (), reason or "no_unit",
    )  # fmt: skip


def _reason_of(text: str, numeral: Numeral, *, is_approximate: bool) -> str | None:
    if numeral.is_vague:
        return "vague"
    if numeral.is_bare_scale and not (is_approximate or numeral.is_over):
        return "magnitude"
    if numeral.is_fraction and _DATE_PART.match(text, numeral.end):
        return "date"
    return None


def _counts_without_unit(numeral: Numeral) -> bool:
    """129.3万贫困人口, 300多学生: large or rounded numbers count a noun directly."""
    if numeral.is_vague:
        return False
    return numeral.is_scaled or (numeral.is_over and not numeral.is_chinese)


def _share_scale(first: Numeral, last: Numeral) -> Decimal | None:
    """In 5至10万 and 5、6、7万 the scale of the last belongs to all before it."""
    if first.value is None or last.value is None or first.is_scaled or not last.is_scaled:
        return first.value
    for scale in (_HUNDRED_MILLION, _TEN_THOUSAND):
        if last.value >= scale and last.value / scale > first.value:
            return first.value * scale
    return first.value


def _with_half(
    text: str, numeral: Numeral, unit: UnitMatch | None
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """两个半小时 and 三年半 are 2.5 and 3.5; 六旬 is 60."""
    value = numeral.value
    if value is not None and unit:
        is_half = _HALF.match(text, numeral.end) or (
            unit.kind in ("duration", "multiple") and text.startswith("半", unit.end)
        )
        value = (value + Decimal("0.5") if is_half else value) * unit.factor
    return value, numeral.low, numeral.high
