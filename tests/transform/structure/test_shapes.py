import re

import pytest

from etl.grammar import load
from etl.transform.structure.shapes import Shape

FILES = ("boilerplate", "captions", "continuations", "headings", "headlines")
WHOLE = {"line", "caption", "credit"}
SHAPES = [shape for file in FILES for shape in load(file, Shape)]
EXAMPLES = [(shape, text) for shape in SHAPES for text in shape.examples]
COUNTEREXAMPLES = [(shape, text) for shape in SHAPES for text in shape.counterexamples]


def find(shape, text):
    """What describes whole paragraphs must match them whole."""
    return (re.fullmatch if shape.part in WHOLE else re.search)(shape.pattern, text)


@pytest.mark.parametrize(("shape", "text"), EXAMPLES, ids=[f"{s.name}-{t}" for s, t in EXAMPLES])
def test_a_shape_is_found_in_its_example(shape, text):
    assert find(shape, text)


@pytest.mark.parametrize(
    ("shape", "text"), COUNTEREXAMPLES, ids=[f"{s.name}-{t}" for s, t in COUNTEREXAMPLES]
)
def test_a_shape_is_not_found_in_its_counterexample(shape, text):
    assert not find(shape, text)
