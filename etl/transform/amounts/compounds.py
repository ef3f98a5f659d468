"""Compounds: one quantity written in two units, from `compounds.toml`: 3小时20分, 5元8角."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from etl import grammar


@dataclass(frozen=True, slots=True)
class Compound:
    """One rule of `compounds.toml`; see the head of that file."""

    name: str
    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    unit: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    whole: str = "1"
    part: str = "1"
    unless: tuple[str, ...] = ()


class Smaller(NamedTuple):
    """The smaller unit behind a number: where it ends, and how both numbers add up."""

    end: int
    unit: str
    whole: Decimal
    part: Decimal


RULES = grammar.load("compounds", Compound)
_FACTORS = {(first, rule.unit): Decimal(rule.whole) for rule in RULES for first in rule.firsts}


def factor_of(unit: str, smaller: str) -> Decimal | None:
    """How many of the `smaller` unit one `unit` has; None where one is no part of the other.

    >>> factor_of("a", "mo"), factor_of("mo", "a")
    (Decimal('12'), None)
    """
    return _FACTORS.get((unit, smaller))


def read_smaller(text: str, position: int, first: str) -> Smaller | None:
    """The unit at `position` that is a part of the unit `first` named before it.

    >>> read_smaller("3小时20分", 5, "h")
    Smaller(end=6, unit='min', whole=Decimal('60'), part=Decimal('1'))
    >>> read_smaller("3公里20分", 5, "km")
    """
    for rule in RULES:
        if first not in rule.firsts or not text.startswith(rule.seconds, position):
            continue
        form = next(form for form in rule.seconds if text.startswith(form, position))
        if not text.startswith(rule.unless, position + len(form)) or not rule.unless:
            return Smaller(position + len(form), rule.unit, Decimal(rule.whole), Decimal(rule.part))
    return None
