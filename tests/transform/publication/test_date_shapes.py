from time import perf_counter

import pytest

from etl.transform.publication.date_parsing import parse_date
from etl.transform.publication.date_shapes import RULES, find_shape


@pytest.mark.parametrize(
    ("name", "example"), [(rule.name, example) for rule in RULES for example in rule.examples]
)
def test_each_example_is_read_by_its_own_rule(name, example):
    assert find_shape(example).rule == name
    assert parse_date(example) is not None


@pytest.mark.parametrize("text", [text for rule in RULES for text in rule.counterexamples])
def test_no_counterexample_is_published(text):
    assert parse_date(text) is None


def test_the_surface_is_the_date_without_what_stands_around_it():
    assert find_shape("发布时间：2019-02-22 07:31 来源：新华网").surface == "2019-02-22 07:31"


@pytest.mark.parametrize("hostile", ["1-" * 5000, "年" * 9000, "2019-02-22 " * 4000, "(" * 9000])
def test_a_long_string_is_no_date(hostile):
    assert find_shape(hostile) is None


@pytest.mark.parametrize(
    "filling", [" ", "1", "来源:新", "作者:", "a", "（", "周", "首席网", "2019-02-22 "]
)
def test_a_hostile_string_takes_no_time(filling):
    texts = [head + filling * (290 // len(filling)) for head in ("2019-02-22", "2019年", "社2019")]
    start = perf_counter()
    for text in texts:
        find_shape(text)
    assert perf_counter() - start < 0.5
