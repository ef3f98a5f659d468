"""Money whose currency stands before the number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.transform.amounts.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("价格是￥13.5", "￥13.5", "13.5", "CNY"),
        ("¥5亿投资", "¥5亿", "500000000", "CNY"),
        ("CNY 1.25", "CNY 1.25", "1.25", "CNY"),
        ("共计$182.62，", "$182.62", "182.62", "USD"),
        ("US$5亿", "US$5亿", "500000000", "USD"),
        ("HK$2.5/股", "HK$2.5/股", "2.5", "HKD/股"),
        ("A$13.5", "A$13.5", "13.5", "AUD"),
        ("HKD13.5", "HKD13.5", "13.5", "HKD"),
        ("€30亿", "€30亿", "3000000000", "EUR"),
        ("港币2960元", "2960元", "2960", "HKD"),
        ("新台币177.1亿元", "177.1亿元", "17710000000", "TWD"),
        ("人民币3539.87亿元", "3539.87亿元", "353987000000", "CNY"),
        ("折合人民币300多块", "300多块", "300", "CNY"),
        ("约合人民币1.25万亿", "1.25万亿", "1250000000000", "CNY"),
        ("人民币5亿美元", "5亿美元", "500000000", "USD"),
    ],
)
def test_a_sign_belongs_to_the_amount_and_a_word_names_its_currency(text, surface, value, unit):
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == surface
    assert (quantity.value, quantity.unit, quantity.reason) == (Decimal(value), unit, None)


@pytest.mark.parametrize(
    ("text", "surface"), [("约港币5亿元", "5亿元"), ("港币约5亿元", "约5亿元")]
)
def test_an_approximator_may_stand_on_either_side_of_the_currency(text, surface):
    (quantity,) = find_quantities(text)
    assert (quantity.unit, quantity.approximation) == ("HKD", "about")
    assert text[quantity.start : quantity.end] == surface


@pytest.mark.parametrize("text", ["人民币6连跌", "人民币3天连涨", "ABCNY5"])
def test_a_number_behind_a_currency_need_not_be_an_amount(text):
    assert not [q for q in find_quantities(text) if q.kind == "money" and q.reason is None]
