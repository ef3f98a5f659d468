"""Every code that the program may give is described in both languages."""

import ast
import re
from pathlib import Path

import pytest

from etl import grammar
from schemas import reasons
from schemas.columns import SNAKE_CASE

ROOT = Path(__file__).parent.parent.parent / "etl"
CALLS = {
    "Finding": (0, reasons.FINDING),
    "_salvage": (1, reasons.FINDING),
    "refuse": (1, reasons.REJECTION),
    "Undecodable": (0, reasons.REJECTION),
    "Member": (2, reasons.REJECTION),
    "Reject": (5, reasons.REJECTION),
}


def list_given():
    """(list, code) of every call that gives a code in so many words."""
    trees = (ast.parse(file.read_text("utf-8")) for file in ROOT.rglob("*.py"))
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place, listed = CALLS.get(node.func.id, (0, None))
            given = node.args[place] if listed and len(node.args) > place else None
            if isinstance(given, ast.Constant) and given.value:
                yield listed, given.value


def test_every_code_given_in_the_source_is_described():
    given = list(list_given())

    assert len(given) > 30
    for listed, code in given:
        assert code in listed.values


def test_every_exclusion_of_the_grammar_is_described():
    rules = {rule["name"] for rule in grammar.read_table("exclusions")["rule"]}

    assert rules - set(reasons.SKIP.values) == set(), "say what it means in schemas/reasons.py"


@pytest.mark.parametrize("listed", [reasons.FINDING, reasons.REJECTION, reasons.SKIP])
def test_codes_are_stable_names(listed):
    assert all(re.match(SNAKE_CASE, code) for code in listed.values)
