"""How exactly a quantity is stated; the words themselves are tested in tests/grammar."""

from __future__ import annotations

import pytest

from etl.transform.amounts.approximations import find_afar, find_after, find_before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约", (0, "about")),
        ("共约", (0, "about")),
        ("超过了", (0, "over")),
        ("远超", (0, "over")),
        ("不超过", (0, "at_most")),
        ("不低于", (0, "at_least")),
        ("投资近", (2, "nearly")),
        ("已经突破", (2, "over")),
        ("附近", None),
        ("《公约", None),
        ("签约", None),
        ("共有", None),
        ("", None),
    ],
)
def test_words_right_before_the_number(text, expected):
    assert find_before(text, len(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上", (0, "over")),
        ("超过", (0, "over")),
        ("投资上", (2, "over")),
        ("通过", None),
        ("以上", None),
    ],
)
def test_before_a_bare_scale_one_character_is_enough(text, expected):
    assert find_before(text, len(text), is_bare_scale=True) == expected


def test_that_character_says_nothing_before_a_digit():
    assert find_before("网上", 2) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以上", (2, "at_least")),
        ("左右", (2, "about")),
        ("（含）以下", (5, "at_most")),
        ("多", (1, "over")),
        ("多了，", (1, "over")),
        ("多了5亿元", None),
        ("多次", None),
        ("，以上", None),
    ],
)
def test_words_right_after_the_unit(text, expected):
    assert find_after(text, 0) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大约需要", "about"),
        ("至少是其他地区的", "at_least"),
        ("大约需要，", None),
        ("人数最多的前", None),
        ("至少5家和", None),
        ("大约" + "很" * 20, None),
        ("共有", None),
    ],
)
def test_words_earlier_in_the_clause(text, expected):
    assert find_afar(text, len(text)) == expected
