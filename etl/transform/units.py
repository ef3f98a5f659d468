"""Units: the words after a number, from `units.toml` and `classifiers.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl import grammar

if TYPE_CHECKING:
    from etl.transform.numerals import Numeral


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of `units.toml`: `name` is the published code, `forms` how texts write it.

    `scaled_forms` count only after a number with 万 or 亿 (超亿方), `tenfold_forms` count ten
    of the unit each (六旬). No unit is read where one of the words `unless` follows (70周年).
    """

    name: str
    kind: str
    zh: str
    en: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    ucum: str | None = None
    scaled_forms: tuple[str, ...] = ()
    tenfold_forms: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classifier:
    """One classifier (量词) of `classifiers.toml`, published as written.

    Below `minimum` the word means something else (8点 is a time of day), and where one of the
    words `unless` follows it is part of a longer one (人口, 包机).
    """

    name: str
    en: str
    examples: tuple[str, ...]
    minimum: int = 0
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found in a text: where it ends, its published code and its kind."""

    end: int
    code: str
    kind: str
    factor: int = 1


UNITS = grammar.load("units", Unit)
CLASSIFIERS = grammar.load("classifiers", Classifier)

_FORMS = {form: (unit.name, unit.kind) for unit in UNITS for form in unit.forms}
_SCALED = {form: (unit.name, unit.kind) for unit in UNITS for form in unit.scaled_forms}
_TENFOLD = {form: (unit.name, unit.kind) for unit in UNITS for form in unit.tenfold_forms}
_COUNTS = {c.name: (c.name, "count") for c in CLASSIFIERS}
_MINIMUM = {c.name: c.minimum for c in CLASSIFIERS if c.minimum}
_KNOWN = _COUNTS | _FORMS
_UNLESS = {unit: rule.unless for rule in UNITS for unit in rule.forms if rule.unless} | {
    rule.name: rule.unless for rule in CLASSIFIERS if rule.unless
}
_ALL = (*_KNOWN, *_SCALED, *_TENFOLD)
_LONGEST = max(map(len, _ALL))
_FIRST = frozenset(form[0] for form in _ALL)

_PER = re.compile(r"[/／](?=[^\d\s])|每(?=[^\d\s年])")
_ALTERNATIVE = re.compile(r"[（(]([^\s（()）]{1,3})[）)]")
_NO_CLASSIFIER = re.compile(r"个(?=百分点|百分比|小时|月|星期|钟头|基点|千分点|亿|标准箱|标箱)")


def read_unit(text: str, position: int, numeral: Numeral) -> UnitMatch | None:
    """The longest unit that starts at `position`, right after `numeral`; None if there is none.

    >>> from etl.transform.numerals import find_numerals
    >>> def unit_of(text):
    ...     numeral = next(find_numerals(text))
    ...     return read_unit(text, numeral.end, numeral)
    >>> unit_of("0.9个百分点")
    UnitMatch(end=7, code='pp', kind='percentage_points', factor=1)
    >>> unit_of("44微克/立方米").code, unit_of("5元/平方米").code
    ('ug/m3', 'CNY/m2')
    >>> unit_of("3大突破")
    """
    start = position + (text[position : position + 1] == " ")
    if skipped := _NO_CLASSIFIER.match(text, start):
        found = _longest(text, skipped.end(), numeral) or _longest(text, start, numeral)
    else:
        found = _longest(text, start, numeral)
    if found is None:
        return None
    return _with_alternative(text, _with_per(text, found))


def read_plain_unit(text: str) -> str | None:
    """The published code of a unit written alone, as after 每 (公斤 → kg); None if unknown.

    >>> read_plain_unit("公斤"), read_plain_unit("万人"), read_plain_unit("京")
    ('kg', '万人', None)
    """
    scale = re.match(r"[十百千万亿]*", text)
    prefix = scale.group() if scale else ""
    found = _KNOWN.get(text[len(prefix) :])
    return prefix + found[0] if found else None


def _longest(text: str, start: int, numeral: Numeral) -> UnitMatch | None:
    if text[start : start + 1] not in _FIRST:
        return None
    for length in range(min(_LONGEST, len(text) - start), 0, -1):
        form = text[start : start + length]
        found = _KNOWN.get(form) or (_SCALED.get(form) if numeral.is_scaled else None)
        if found and _is_large_enough(form, numeral) and not _goes_on(text, start + length, form):
            return UnitMatch(start + length, *found)
        if numeral.is_chinese and form in _TENFOLD:
            return UnitMatch(start + length, *_TENFOLD[form], factor=10)
    return None


def _is_large_enough(form: str, numeral: Numeral) -> bool:
    minimum = _MINIMUM.get(form)
    value = numeral.value if numeral.value is not None else numeral.high
    return minimum is None or (value is not None and (value >= minimum or value != int(value)))


def _goes_on(text: str, end: int, form: str) -> bool:
    """人 in 129万人口 and 包 in 747包机 begin longer words."""
    return form in _UNLESS and text.startswith(_UNLESS[form], end)


def _with_per(text: str, unit: UnitMatch) -> UnitMatch:
    """元/平方米, 元每吨: the second unit is joined with a slash."""
    per = _PER.match(text, unit.end)
    if not per:
        return unit
    for length in range(min(_LONGEST, len(text) - per.end()), 0, -1):
        second = text[per.end() : per.end() + length]
        if (code := read_plain_unit(second)) is not None:
            return UnitMatch(per.end() + length, f"{unit.code}/{code}", unit.kind)
    return _per_year_or_month(text, per.end(), unit)


def _per_year_or_month(text: str, start: int, unit: UnitMatch) -> UnitMatch:
    code = {"月": "mo", "日": "d"}.get(text[start : start + 1])
    return UnitMatch(start + 1, f"{unit.code}/{code}", unit.kind) if code else unit


def _with_alternative(text: str, unit: UnitMatch) -> UnitMatch:
    """篇（首）, 台（套）: a second classifier in brackets belongs to the unit."""
    other = _ALTERNATIVE.match(text, unit.end)
    if unit.kind != "count" or not other or other[1] not in _COUNTS:
        return unit
    return UnitMatch(other.end(), f"{unit.code}（{other[1]}）", "count")
