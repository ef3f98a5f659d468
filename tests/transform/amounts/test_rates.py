"""Units per person, area or time that stand before the number."""

from __future__ import annotations

import pytest

from etl.transform.amounts.quantities import find_quantities
from etl.transform.amounts.rates import find_each, read_rate


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("每公斤18.7元", "CNY/kg"),
        ("平均每平方米5万元", "CNY/m2"),
        ("约为每万人22次", "次/万人"),
        ("人均21.2万元", "CNY/人"),
        ("人均增收1.8万元", "CNY/人"),
        ("人均面积由1949年的4.5平方米", "m2/人"),
        ("日均成交量为287.7套", "套/d"),
        ("园区亩均税收为26.8万元", "CNY/mu"),
        ("人均预期寿命77岁", "a"),
        ("人均占地，共5亩", "mu"),
        ("亩均500公斤", "kg/mu"),
        ("日均30万吨", "t/d"),
        ("每天处理1200辆", "辆/d"),
        ("每天可烘干加工玉米4吨", "t/d"),
        ("日产鲜蛋30吨", "t/d"),
        ("日产汽车30辆", "辆/d"),
        ("日产品牌30个", "个"),
        ("每斤可卖7毛钱", "CNY/斤"),
        ("每月航班550余班", "班/mo"),
        ("每度0.5元", "CNY/kWh"),
        ("平均每公顷产量仅4.6吨", "t/ha"),
        ("每公斤牛奶的成本降低0.07元", "CNY/kg"),
        ("每万人发明专利拥有量11件", "件/万人"),
        ("每个月能挣1000元", "CNY/mo"),
        ("示范亩产700公斤", "kg/mu"),
        ("年平均节约500吨", "t/a"),
        ("示范亩产700公斤、800公斤", "kg/mu"),
        ("每亩50元到60米外", "m"),
        ("六千元一平", "CNY/m2"),
        ("收入5元一个月", "CNY/mo"),
        ("时速350公里", "km/h"),
        ("时速达到350公里", "km/h"),
        ("人均占80%", "%"),
        ("每吨5元/天", "CNY/d"),
        ("共5元", "CNY"),
        ("每个人都有5元", "CNY"),
    ],
)
def test_the_words_before_a_number_give_its_unit_a_denominator(text, unit):
    *_, quantity = find_quantities(text)
    assert quantity.unit == unit


def test_a_rate_may_stand_before_the_approximator():
    (quantity,) = find_quantities("每公斤约18.7元")
    assert (quantity.unit, quantity.approximation) == ("CNY/kg", "about")


def test_an_approximator_before_the_rate_is_no_part_of_the_surface():
    text = "约为每万人22次"
    *_, quantity = find_quantities(text)
    assert (text[quantity.start : quantity.end], quantity.approximation) == ("22次", "about")


def test_each_is_found_right_before_a_position_only():
    assert find_each("平均每公斤", 5) == 0
    assert find_each("每公斤约", 4) == 4
    assert read_rate("每公斤，", 4, "CNY") == "CNY"
