"""Parts and multiples written without a unit."""

from __future__ import annotations

import pytest

from etl.transform.amounts.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "approximation"),
    [
        ("占三成", "三成", 30, "%", "exact"),
        ("近七成半", "近七成半", 75, "%", "nearly"),
        ("八成以上", "八成以上", 80, "%", "at_least"),
        ("三成多", "三成多", 30, "%", "over"),
        ("涨近两成", "近两成", 20, "%", "nearly"),
        ("占比约一半", "约一半", 50, "%", "about"),
        ("已完成过半。", "过半", 50, "%", "over"),
        ("完成了一大半", "一大半", 50, "%", "over"),
        ("半数以上", "半数以上", 50, "%", "at_least"),
        ("翻一番", "翻一番", 2, "x", "exact"),
        ("翻了两番", "翻了两番", 4, "x", "exact"),
    ],
)
def test_tenths_halves_and_doublings_are_quantities(text, surface, value, unit, approximation):
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == surface
    assert (quantity.value, quantity.unit) == (value, unit)
    assert quantity.approximation == approximation


@pytest.mark.parametrize(
    "text",
    [
        "三成为例",
        "一成不变",
        "六成立",
        "三五成群",
        "一半是海水",
        "翻了翻书",
        "成都",
        "半导体",
        "大半年",
        "大半个月",
    ],
)
def test_words_that_only_contain_them_are_none(text):
    assert [quantity for quantity in find_quantities(text) if quantity.reason is None] == []


def test_two_parts_may_be_the_limits_of_a_range():
    (quantity,) = find_quantities("偏少两成至八成")
    assert (quantity.low, quantity.high, quantity.value) == (20, 80, None)


@pytest.mark.parametrize("text", ["占九五成", "四到三成", "五、四成"])
def test_a_range_does_not_fall(text):
    assert [quantity for quantity in find_quantities(text) if quantity.unit == "%"] == []


@pytest.mark.parametrize("text", ["首付七八成", "首付七、八成"])
def test_two_tenths_in_a_row_are_a_rough_range(text):
    (quantity,) = find_quantities(text)
    assert (quantity.low, quantity.high, quantity.approximation) == (70, 80, "about")
