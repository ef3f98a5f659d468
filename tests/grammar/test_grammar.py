"""The language as data, both ways: what a rule lists occurs in its examples, and it reads them all.

One parametrised test per promise; the files of the other rooms are tested beside their code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from etl import grammar
from etl.errors import GrammarError
from etl.transform.amounts import approximations, compounds, exclusions, numeral_values, units
from etl.transform.amounts.numerals import find_numerals
from etl.transform.amounts.quantities import find_quantities
from etl.transform.phrases import measures
from etl.transform.phrases.measures import find_measure
from etl.transform.times import periods
from etl.transform.times.periods import find_periods
from etl.transform.times.timelines import Timeline
from schemas.codes import QUANTITY_KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True)
class File:
    """A grammar file: its rules, the forms each lists, and whether a rule reads a text."""

    name: str
    rules: tuple[Any, ...]
    forms: Callable[[Any], Iterable[str]]
    reads: Callable[[Any, str], bool]


def reads_numeral(rule, text):
    return any(not set(text[n.start : n.end]).isdisjoint(rule.values) for n in find_numerals(text))


def reads_unit(rule, text):
    return any(
        q.unit.partition("/")[0] == rule.name or q.unit == rule.name
        for q in find_quantities(text)
        if q.reason is None
    )


def reads_compound(rule, text):
    whole = [q for q in find_quantities(text) if "compound" in q.rules]
    return any(
        q.unit == rule.unit and text[q.end - len(s) : q.end] == s
        for q in whole
        for s in rule.seconds
    )


def reads_approximation(rule, text):
    return any(q.approximation == rule.name for q in find_quantities(text))


def reads_exclusion(rule, text):
    return any(q.reason == rule.name for q in find_quantities(text))


def reads_duration(_, text):
    return any(q.kind == "duration" and q.reason is None for q in find_quantities(text))


def reads_idiom(_, text):
    return any(True for _ in exclusions.find_idioms(text))


def reads_period(rule, text):
    return any(p.rule == rule.name for p in find_periods(text, Timeline(date(2021, 11, 11))))


def reads_predicate(rule, text):
    fired = (find_measure(text, q, 0).rule for q in find_quantities(text))
    names = {rule.name, f"{rule.name}_noun", f"{rule.name}_object"}
    return any(name in names for name in fired if name)


FILES = [
    File("numerals", numeral_values.RULES, lambda r: r.values, reads_numeral),
    File(
        "units",
        units.UNITS,
        lambda r: (
            *r.forms, *r.scaled_forms, *r.near_forms, *r.factors, *r.minimums, *r.before, *r.signs
        ),
        reads_unit,
    ),
    File("classifiers", units.CLASSIFIERS, lambda r: (r.name,), reads_unit),
    File("compounds", compounds.RULES, lambda r: r.seconds, reads_compound),
    File(
        "approximations",
        approximations.RULES,
        lambda r: (*r.before, *r.after, *r.afar, *r.scale),
        reads_approximation,
    ),
    File("exclusions", exclusions.RULES, lambda _: (), reads_exclusion),
    File("idioms", exclusions.IDIOMS, lambda _: (), reads_idiom),
    File("durations", exclusions.DURATIONS, lambda r: r.words, reads_duration),
    File("periods", periods.RULES, lambda _: (), reads_period),
    File(
        "predicates",
        measures.RULES,
        lambda r: (*r.verbs, *r.objects, *r.comparatives, *r.nouns),
        reads_predicate,
    ),
]  # fmt: skip

RULES = [pytest.param(f, r, id=f"{f.name}-{r.name}") for f in FILES for r in f.rules]
EXAMPLES = [
    pytest.param(f, r, text, id=f"{f.name}-{r.name}-{text}")
    for f in FILES
    for r in f.rules
    for text in r.examples
]
COUNTEREXAMPLES = [
    pytest.param(f, r, text, id=f"{f.name}-{r.name}-{text}")
    for f in FILES
    for r in f.rules
    for text in getattr(r, "counterexamples", ())
]


@pytest.mark.parametrize(("file", "rule", "text"), EXAMPLES)
def test_a_rule_reads_its_examples(file, rule, text):
    assert file.reads(rule, text)


@pytest.mark.parametrize(("file", "rule", "text"), COUNTEREXAMPLES)
def test_a_rule_leaves_its_counterexamples_alone(file, rule, text):
    assert not file.reads(rule, text)


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_every_form_of_a_rule_occurs_in_one_of_its_examples(file, rule):
    missing = [form for form in file.forms(rule) if not any(form in text for text in rule.examples)]
    assert missing == []


@pytest.mark.parametrize("idiom", [i for rule in exclusions.IDIOMS for i in rule.examples])
def test_an_idiom_is_left_alone_whole_and_states_no_metric(idiom):
    assert [span.of(idiom) for span in exclusions.find_idioms(idiom)] == [idiom]
    assert [q for q in find_quantities(idiom) if q.reason is None] == []


@pytest.mark.parametrize(
    ("rule", "form", "word"),
    [
        pytest.param(rule, form, word, id=f"30{form}{word}")
        for rule in (*units.UNITS, *units.CLASSIFIERS)
        for form in getattr(rule, "forms", (rule.name,))
        for word in rule.unless
    ],
)
def test_no_unit_is_read_where_it_begins_a_longer_word(rule, form, word):
    ends = [q.end for q in find_quantities(f"30{form}{word}") if q.unit == rule.name]
    assert len(f"30{form}") not in ends


def alternatives(pattern: str) -> list[str]:
    """The literal words of a pattern's alternation."""
    words = re.sub(r"\(\?P?<?\w*>?:?|[()?]", "", pattern).split("|")
    return [word for word in words if re.fullmatch(r"[一-鿿]+", word)]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        pytest.param(name, word, id=f"{name}-{word}")
        for name in ("RELATIVE", "PART", "THIRD", "CLOCK")
        for word in alternatives(grammar.read_table("periods")["words"][name])
    ],
)
def test_every_word_for_a_time_occurs_in_an_example(name, word):
    assert any(word in text for rule in periods.RULES for text in rule.examples), name


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        pytest.param(rule, word, id=f"{rule.name}-{word}")
        for rule in periods.RULES
        if rule.name.startswith("relative")
        for group in re.findall(r"\(\?P<relative_\w+>([^()]*)\)", rule.pattern)
        for word in group.split("|")
    ],
)
def test_every_word_of_a_rule_for_relative_times_is_read_by_it(rule, word):
    assert reads_period(rule, word)


@pytest.mark.parametrize("unit", units.UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_of_a_kind_that_the_data_dictionary_explains(unit):
    assert unit.kind in QUANTITY_KIND.values


def test_no_form_is_claimed_by_two_units():
    claimed = [form for unit in units.UNITS for form in (*unit.forms, *unit.factors)]
    claimed += [classifier.name for classifier in units.CLASSIFIERS]
    assert sorted({form for form in claimed if claimed.count(form) > 1}) == []


class TestLoad:
    @dataclass(frozen=True)
    class Rule:
        name: str
        examples: tuple[str, ...]
        worth: int
        note: str = ""

    @pytest.fixture
    def write(self, tmp_path, monkeypatch):
        monkeypatch.setattr(grammar.resources, "files", lambda _: tmp_path)
        return lambda text: (tmp_path / "odd.toml").write_text(text, "utf-8")

    def test_reads_rules_in_the_files_order_and_freezes_lists(self, write):
        write(
            '[[rule]]\nname = "b"\nexamples = ["乙"]\nworth = 2\n'
            '[[rule]]\nname = "a"\nexamples = ["甲", "子"]\nworth = 1\n'
        )
        loaded = grammar.load("odd", self.Rule)
        assert [(r.name, r.examples) for r in loaded] == [("b", ("乙",)), ("a", ("甲", "子"))]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                '[[rule]]\nname = "甲"\nexamples = ["甲"]\nworth = 1\nwroth = 2',
                "odd.toml: rule '甲' has the unknown key 'wroth'",
            ),
            (
                '[[rule]]\nname = "甲"\nexamples = ["甲"]',
                "odd.toml: rule '甲' lacks the key 'worth'",
            ),
            (
                '[[rule]]\nname = "甲"\nexamples = []\nworth = 1',
                "odd.toml: rule '甲' has no example",
            ),
            ('[[rule]]\nexamples = ["甲"]\nworth = 1', "rule '(unnamed)' lacks the key 'name'"),
            (
                '[[rule]]\nname = "甲"\nexamples = ["甲"]\nworth = 1\n' * 2,
                "odd.toml: the name '甲' is given twice",
            ),
            ("[[rule]\n", "odd.toml cannot be read"),
        ],
        ids=["unknown key", "missing key", "no example", "no name", "taken name", "no TOML"],
    )
    def test_refuses_a_mistake_with_the_rules_name(self, write, text, message):
        write(text)
        with pytest.raises(GrammarError, match=re.escape(message)):
            grammar.load("odd", self.Rule)

    def test_refuses_a_missing_file(self):
        with pytest.raises(GrammarError, match=r"none\.toml cannot be read"):
            grammar.load("none", self.Rule)

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
    def test_every_key_in_use_is_a_field_of_its_rule(self, file):
        known = {field.name for field in fields(type(file.rules[0]))}
        used = {key for row in grammar.read_table(file.name)["rule"] for key in row}
        assert used <= known
