"""Unit forms: every way to write a unit, from `units.toml` and `classifiers.toml`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from etl import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Unit:
    """One rule of `units.toml`; see the head of that file."""

    name: str
    kind: str
    zh: str
    en: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    ucum: str | None = None
    scaled_forms: tuple[str, ...] = ()
    near_forms: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    factors: Mapping[str, str] = field(default_factory=dict)
    minimums: Mapping[str, int] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classifier:
    """One classifier (量词) of `classifiers.toml`, published as written; see its head."""

    name: str
    en: str
    examples: tuple[str, ...]
    minimum: int = 0
    maximum: int | None = None
    unless: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Form(NamedTuple):
    """One way to write a unit, with what must hold for it to be read."""

    text: str
    code: str
    kind: str
    factor: Decimal = Decimal(1)
    unless: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int | None = None
    is_scaled: bool = False


UNITS = grammar.load("units", Unit)
CLASSIFIERS = grammar.load("classifiers", Classifier)


def _to_forms(unit: Unit) -> Iterator[Form]:
    for text in (*unit.forms, *unit.scaled_forms, *unit.near_forms, *unit.factors):
        yield Form(
            text,
            unit.name,
            unit.kind,
            factor=Decimal(unit.factors.get(text, 1)),
            unless=unit.unless,
            near=unit.near if text in unit.near_forms else (),
            minimum=unit.minimums.get(text, 0),
            is_scaled=text in unit.scaled_forms,
        )


def _by_first_character(forms: Sequence[Form]) -> dict[str, tuple[Form, ...]]:
    """The longest first, then those that depend on a word nearby."""
    found = defaultdict(list)
    for form in sorted(forms, key=lambda form: (-len(form.text), not form.near)):
        found[form.text[0]].append(form)
    return {first: tuple(same) for first, same in found.items()}


FORMS = [form for unit in UNITS for form in _to_forms(unit)] + [
    Form(c.name, c.name, "count", unless=c.unless, minimum=c.minimum, maximum=c.maximum)
    for c in CLASSIFIERS
]
FORMS_BY_FIRST = _by_first_character(FORMS)
CODES = {form.text: form.code for form in FORMS if form.factor == 1 and not form.near}
