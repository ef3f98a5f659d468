"""One quantity written in two or three units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.transform.amounts.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("从3小时12分缩短", "3小时12分", "192", "min"),
        ("历经1小时03分的飞行", "1小时03分", "63", "min"),
        ("2小时30分钟左右", "2小时30分钟左右", "150", "min"),
        ("1小时2分3秒", "1小时2分3秒", "3723", "s"),
        ("27分钟7秒", "27分钟7秒", "1627", "s"),
        ("三天零五个小时", "三天零五个小时", "77", "h"),
        ("年仅13岁零6个月", "13岁零6个月", "162", "mo"),
        ("两年三个月不等", "两年三个月", "27", "mo"),
        ("花了123元1角1分", "123元1角1分", "123.11", "CNY"),
        ("5元零5分", "5元零5分", "5.05", "CNY"),
        ("3块2毛", "3块2毛", "3.2", "CNY"),
    ],
)
def test_the_smaller_unit_right_behind_the_larger_belongs_to_it(text, surface, value, unit):
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == surface
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)
    assert quantity.rules[0] == "compound"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("3小时，20分钟", ["h", "min"]),
        ("3小时20分贝", ["h", "dB"]),
        ("1998年6个月", ["a", "mo"]),
        ("505元一分没少", ["CNY", "分"]),
        ("3天5家", ["d", "家"]),
    ],
)
def test_other_units_side_by_side_are_two_quantities(text, units):
    assert [quantity.unit for quantity in find_quantities(text)] == units
