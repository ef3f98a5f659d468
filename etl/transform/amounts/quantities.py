"""Quantities: approximator + number or range + unit, and what only looks like one."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.approximations import (
    find_afar,
    find_after,
    find_before,
    read_leading,
)
from etl.transform.amounts.currencies import find_currency, with_currency
from etl.transform.amounts.exclusions import find_exclusion, find_idioms
from etl.transform.amounts.figures import Figure, find_figures
from etl.transform.amounts.numerals import may_hold_numeral
from etl.transform.amounts.parts import Part, find_parts
from etl.transform.amounts.rates import find_each, read_rate
from etl.transform.spans import HasSpan, Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from etl.transform.amounts.numerals import Numeral


class Quantity(NamedTuple):
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


_START = attrgetter("start")
_LISTED = "、和或及与"
_PARTS = ("percent", "multiple")
_DATE_PART = re.compile(r"[年月日]")


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
    if not may_hold_numeral(text):
        return iter(())
    fixed = Spans([*taken, *find_idioms(text)])
    parts = [part for part in find_parts(text) if not fixed.touches(part.start, part.end)]
    blocked = Spans([*fixed.items, *parts]) if parts else fixed
    stated = (_to_quantity(text, figure) for figure in find_figures(text, blocked.items))
    found = [*map(_from_part, parts), *filter(None, stated)]
    return _share(text, sorted(found, key=_START) if parts else found)


def _share(text: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """约34元和30元, 每亩700公斤、800公斤: a list shares what stands before its first."""
    first: Quantity | None = None
    end = 0
    for quantity in found:
        if first and quantity.start == end + 1 and text[end] in _LISTED:
            yield _with_shared(text, first, quantity)
        else:
            first = quantity
            yield quantity
        end = quantity.end


def _with_shared(text: str, first: Quantity, quantity: Quantity) -> Quantity:
    if first.unit.partition("/")[0] == quantity.unit:
        quantity = quantity._replace(unit=first.unit)
    if quantity.approximation == "exact" and (leading := read_leading(text, first.start)):
        quantity = quantity._replace(approximation=leading)
    return quantity


def _from_part(part: Part) -> Quantity:
    value, high = (None, part.value) if part.low else (part.value, None)
    return Quantity(
        part.start, part.end, value, part.low, high,
        part.unit, part.kind, part.approximation, (part.rule,),
    )  # fmt: skip


def _to_quantity(text: str, figure: Figure) -> Quantity | None:
    """Put the pieces together; None for a bare number that nobody would call a quantity."""
    numeral, unit = figure.numeral, figure.unit
    reason = find_exclusion(text, numeral, figure.end, unit)
    if unit is None and not _counts_without_unit(numeral):
        return _leave_out(figure, reason)
    each = find_each(text, figure.position)
    before = find_before(text, each, is_bare_scale=numeral.is_bare_scale)
    after = find_after(text, unit.end if unit else figure.end)
    # 约为每万人22次: the approximator is not beside the number, so it is no part of the surface
    start = before.position if before and each == numeral.start else numeral.start
    if start < numeral.start and (currency := find_currency(text, start)):  # 港币约5亿元
        unit = with_currency(text, unit, currency, numeral)
    name = (
        ("over" if numeral.is_over or (unit and unit.is_over) else None)
        or (before.name if before else after.name if after else None)
        or find_afar(text, start, is_part=unit is not None and unit.kind in _PARTS)
        or (
            "about"
            if numeral.is_about or (numeral.low is not None and not figure.shape)
            else "exact"
        )
    )
    code, kind = (read_rate(text, start, unit.code), unit.kind) if unit else ("", "count")
    shape = figure.shape or (
        "range" if numeral.low is not None else "fraction" if numeral.is_fraction else kind
    )
    end = after.position if after else unit.end if unit else figure.end
    factor = unit.factor if unit else 1
    value, low, high = (v and v * factor for v in (numeral.value, numeral.low, numeral.high))
    return Quantity(
        start, end, value, low, high, code, kind, name,
        rules=(shape,) if name == "exact" else (shape, name),
        reason=reason or _reason_of(text, numeral, is_approximate=name != "exact"),
    )  # fmt: skip


def _leave_out(figure: Figure, reason: str | None) -> Quantity | None:
    """A bare Arabic number is worth a row among the skipped; the 一 in 一般 is not."""
    numeral = figure.numeral
    if numeral.is_chinese and reason is None:
        return None
    return Quantity(
        numeral.start, figure.end, numeral.value, numeral.low, numeral.high,
        "", "count", "exact", (), reason or "no_unit",
    )  # fmt: skip


def _reason_of(text: str, numeral: Numeral, *, is_approximate: bool) -> str | None:
    if numeral.is_vague:
        return "vague"
    if numeral.is_bare_scale and not is_approximate:
        return "magnitude"
    if numeral.is_fraction and _DATE_PART.match(text, numeral.end):
        return "date"
    return None


def _counts_without_unit(numeral: Numeral) -> bool:
    """129.3万贫困人口, 300多学生: large or rounded numbers count a noun directly."""
    if numeral.is_vague:
        return False
    return numeral.is_scaled or (numeral.is_over and not numeral.is_chinese)
