"""Units: the words after a number, with 个, 半 and 多 before them and the unit per which."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from etl.transform.amounts.unit_forms import CLASSIFIERS, CODES, FORMS, FORMS_BY_FIRST, UNITS, Form

if TYPE_CHECKING:
    from etl.transform.amounts.numerals import Numeral

__all__ = [
    "CLASSIFIERS",
    "UNITS",
    "UnitMatch",
    "read_plain_unit",
    "read_unit",
    "with_denominator",
]


class UnitMatch(NamedTuple):
    """A unit found in a text: where it ends, its published code and its kind.

    The number counts `factor` of the unit each (六旬 are 60 years). `plus` is what 半 adds to the
    number (两个半小时), `is_over` that 多 or 余 parts it from its unit (17个多月).
    """

    end: int
    code: str
    kind: str
    factor: Decimal = Decimal(1)
    plus: Decimal = Decimal(0)
    is_over: bool = False


_COUNTS = frozenset(classifier.name for classifier in CLASSIFIERS)
_MONEY = frozenset(form.text for form in FORMS if form.kind == "money" and form.text[0] != "元")
_GOING_ON = frozenset("/／每一（(半") | {form[0] for form in _MONEY}
"""What may begin more of a unit: per what, which currency, a second classifier, a half."""
_NEARBY = 12
"""Characters before the number in which a word tells what 度 or 方 stands for."""

# 六千元一平, 5元一斤, 两千元一个月
_ONE = r"一(?=平|斤|公斤|吨|亩|小时|天|个月)"
_PER = re.compile(rf"(?:[/／](?=[^0-9\s])|每(?=[^0-9\s年])|{_ONE})(?P<scale>[十百千万亿]{{0,4}})")
_PER_AREA = re.compile(r"[/／](?:㎡|m²|平方?米?(?!方?公里))")
_AND_TIME = re.compile(r"[·・/／](?P<time>[月日天年])")
_SHORT_TIMES = {"月": "mo", "日": "d", "时": "h"}
_TIMES = _SHORT_TIMES | {"天": "d", "年": "a"}
_ALTERNATIVE = re.compile(r"[（(]([^\s（()）]{1,3})[）)]")
_ITEM = re.compile(r"个(?=百分点|百分比|小时|星期|礼拜|钟头|基点|千分点|标准箱|标箱|工作日)")
_INSERTED = re.compile(
    r"(?P<item>个)?(?:半(?=[小个年天月倍星世季])(?!年报|月板)|(?P<over>[多余])(?=[小月星钟世季]))"
)
_PARTING = ("个", "半", "多", "余")
"""What _INSERTED may begin with."""
_HALF = Decimal("0.5")
_HALF_BEHIND = re.compile(r"半(?![载年数价截身径成决])")


def read_unit(text: str, position: int, numeral: Numeral) -> UnitMatch | None:
    """The longest unit that starts at `position`, right after `numeral`; None if there is none.

    >>> from etl.transform.amounts.numerals import find_numerals
    >>> def unit_of(text):
    ...     numeral = next(find_numerals(text))
    ...     return read_unit(text, numeral.end, numeral)
    >>> unit_of("0.9个百分点").code, unit_of("44微克/立方米").code, unit_of("5元/平方米").code
    ('pp', 'ug/m3', 'CNY/m2')
    >>> unit_of("六旬").factor, unit_of("两个半小时").plus, unit_of("17个多月").is_over
    (Decimal('10'), Decimal('0.5'), True)
    >>> unit_of("3大突破")
    """
    start = position + (text[position : position + 1] == " ")
    first = text[start : start + 1]
    if first in _PARTING and (inserted := _INSERTED.match(text, start)):
        return _read_parted(text, inserted, numeral)
    item = first == "个" and _ITEM.match(text, start)
    found = _longest(text, item.end() if item else start, numeral) or _price(text, start, numeral)
    if found is None or text[found.end : found.end + 1] not in _GOING_ON:
        return found
    return _with_half(
        text, _with_alternative(text, with_denominator(text, _with_currency(text, found)))
    )


def read_plain_unit(text: str) -> str | None:
    """The published code of a unit written alone, as after 每 (公斤 → kg); None if unknown.

    >>> read_plain_unit("公斤"), read_plain_unit("万人"), read_plain_unit("京")
    ('kg', '万人', None)
    """
    bare = text.lstrip("十百千万亿")
    code = CODES.get(bare)
    return text[: len(text) - len(bare)] + code if code else None


def with_denominator(text: str, unit: UnitMatch) -> UnitMatch:
    """`unit` per the one that follows it: 元/平方米, 元每吨, 吨/年; as it is where none does.

    >>> with_denominator("5元/平方米", UnitMatch(2, "CNY", "money")).code
    'CNY/m2'
    """
    per = _PER.match(text, unit.end)
    if not per:
        return unit
    start = per.end()
    for form in FORMS_BY_FIRST.get(text[start : start + 1], ()):
        if form.text in CODES and text.startswith(form.text, start):
            code = f"{unit.code}/{per['scale']}{CODES[form.text]}"
            per_both = unit._replace(end=start + len(form.text), code=code)
            return _with_time(text, per_both)
    time = _SHORT_TIMES.get(text[start : start + 1])
    return unit._replace(end=start + 1, code=f"{unit.code}/{time}") if time else unit


def _with_time(text: str, unit: UnitMatch) -> UnitMatch:
    """元/平方米|·天: per area and time."""
    again = _AND_TIME.match(text, unit.end)
    if not again:
        return unit
    return unit._replace(end=again.end(), code=f"{unit.code}/{_TIMES[again['time']]}")


def _read_parted(text: str, inserted: re.Match[str], numeral: Numeral) -> UnitMatch | None:
    """两个|半|小时, 17|个多|月: what stands between the number and its unit belongs to it."""
    end = inserted.end()
    found = _longest(text, end, numeral)
    if found is None and inserted["item"]:
        found = next(
            (
                UnitMatch(end + len(form.text) - 1, form.code, form.kind, form.factor)
                for form in FORMS_BY_FIRST["个"]
                if len(form.text) > 1 and text.startswith(form.text[1:], end)
            ),
            None,
        )
    if found is None:
        return None
    is_over = inserted["over"] is not None
    return found._replace(is_over=is_over, plus=Decimal(0) if is_over else _HALF)


def _longest(text: str, start: int, numeral: Numeral) -> UnitMatch | None:
    for form in FORMS_BY_FIRST.get(text[start : start + 1], ()):
        if not text.startswith(form.text, start):
            continue
        end = start + len(form.text)
        if _suits(form, numeral, text) and not _goes_on(text, end, form):
            return UnitMatch(end, form.code, form.kind, form.factor)
    return None


def _price(text: str, start: int, numeral: Numeral) -> UnitMatch | None:
    """9.8万|/㎡: what is told in 万 for each square metre is a price."""
    is_price = numeral.is_scaled and _PER_AREA.match(text, start)
    return UnitMatch(start, "CNY", "money") if is_price else None


def _suits(form: Form, numeral: Numeral, text: str) -> bool:
    """8点 is a time of day, 亿方 a volume, 30度 a temperature where 气温 stands before it."""
    if form.is_scaled and not numeral.is_scaled:
        return False
    if form.near:
        window = text[max(0, numeral.start - _NEARBY) : numeral.end]
        return any(word in window for word in form.near)
    if not (form.minimum or form.maximum):
        return True
    value = numeral.value if numeral.value is not None else numeral.high
    if value is None:
        return False
    is_whole = value == int(value)
    return (value >= form.minimum or not is_whole) and (form.maximum or value) >= value


def _goes_on(text: str, end: int, form: Form) -> bool:
    """人 in 129万人口 and 包 in 747包机 begin longer words, m in 5min another unit."""
    if form.unless and text.startswith(form.unless, end):
        return True
    after = text[end : end + 1]
    return form.text.isascii() and after.isascii() and after.isalpha()


def _with_currency(text: str, unit: UnitMatch) -> UnitMatch:
    """三万元|欧元, 10亿元|人民币: the currency named last is meant."""
    if unit.code != "CNY" or text[unit.end - 1] != "元":
        return unit
    for form in FORMS_BY_FIRST.get(text[unit.end : unit.end + 1], ()):
        if form.text in _MONEY and text.startswith(form.text, unit.end):
            return UnitMatch(unit.end + len(form.text), form.code, form.kind)
    return unit


def _with_alternative(text: str, unit: UnitMatch) -> UnitMatch:
    """篇（首）, 台（套）: a second classifier in brackets belongs to the unit."""
    other = unit.kind == "count" and _ALTERNATIVE.match(text, unit.end)
    if not other or other[1] not in _COUNTS:
        return unit
    return unit._replace(end=other.end(), code=f"{unit.code}（{other[1]}）")


def _with_half(text: str, unit: UnitMatch) -> UnitMatch:
    """三年半, 一倍半."""
    half = unit.kind in ("duration", "multiple") and _HALF_BEHIND.match(text, unit.end)
    return unit._replace(end=half.end(), plus=_HALF) if half else unit
