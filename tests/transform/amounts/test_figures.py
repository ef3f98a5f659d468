"""Numbers with their units: alone, or as the list or range that they form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.text import Span
from etl.transform.amounts.figures import find_figures


def figures(text, taken=()):
    return list(find_figures(text, taken))


def limits(text):
    (figure,) = figures(text)
    return figure.numeral.low, figure.numeral.high, figure.unit and figure.unit.code


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3至5公里", 3, 5, "km"),
        ("2%到3%", 2, 3, "%"),
        ("10万—15万元", 100_000, 150_000, "CNY"),
        ("10元-15元", 10, 15, "CNY"),
        ("90㎡-167㎡", 90, 167, "m2"),
        ("1万元--5万元", 10_000, 50_000, "CNY"),
        ("1万(含)-5万元", 10_000, 50_000, "CNY"),
        ("3～5天", 3, 5, "d"),
        ("5至10万元", 50_000, 100_000, "CNY"),
        ("5000至1万元", 5_000, 10_000, "CNY"),
        ("6-7000元", 6_000, 7_000, "CNY"),
        ("1-3000元", 1, 3_000, "CNY"),
        ("0-1000元", 0, 1_000, "CNY"),
        ("两到三百元", 200, 300, "CNY"),
        ("八到九百亿泰铢", 80_000_000_000, 90_000_000_000, "THB"),
        ("一百二十到一百五十万元", 1_200_000, 1_500_000, "CNY"),
        ("十八至三十万日元", 180_000, 300_000, "JPY"),
        ("一千到两千万元", 10_000_000, 20_000_000, "CNY"),
        ("10~15k元", 10_000, 15_000, "CNY"),
        ("从8500到3万港元", 8_500, 30_000, "HKD"),
        ("-3℃至5℃", -3, 5, "Cel"),
        ("气温-3℃到-4℃", -4, -3, "Cel"),
        ("零下3至5摄氏度", -5, -3, "Cel"),
        ("一年半到两年", Decimal("1.5"), 2, "a"),
        ("三五个", 3, 5, "个"),
    ],
)
def test_two_numbers_form_a_range(text, low, high, unit):
    assert limits(text) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("由2%到3%", [2, 3]),
        ("从12家到30家", [12, 30]),
        ("5家到3家", [5, 3]),
        ("5家到3公里", [5, 3]),
        ("5至，6家", [5, 6]),
    ],
)
def test_two_values_are_no_range(text, values):
    assert [figure.numeral.value for figure in figures(text)] == values


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("5、6、7万人", [50_000, 60_000, 70_000], "人"),
        ("12、13和5万吨", [120_000, 130_000, 50_000], "t"),
        ("2156、3610和503套", [2156, 3610, 503], "套"),
        ("0.7和0.6元", [Decimal("0.7"), Decimal("0.6")], "CNY"),
        ("10万、20万元", [100_000, 200_000], "CNY"),
    ],
)
def test_a_list_shares_the_unit_and_scale_of_its_last_number(text, values, unit):
    found = figures(text)
    assert [figure.numeral.value for figure in found] == values
    assert {figure.unit.code for figure in found} == {unit}
    assert [figure.unit.end for figure in found[:-1]] == [figure.end for figure in found[:-1]]


@pytest.mark.parametrize(
    "text", ["10万、20元", "三、5家", "5、6、7", "5家、6公里"], ids=lambda text: text
)
def test_other_numbers_side_by_side_share_nothing(text):
    units = [figure.unit and figure.unit.code for figure in figures(text)]
    assert len(set(units)) == len(units) or units == [None] * len(units)


@pytest.mark.parametrize(
    ("text", "value"),
    [("专题-3个", 3), ("同比-5.2%", Decimal("-5.2")), ("净利润-5亿元", -500_000_000), ("-4℃", -4)],
)
def test_a_dash_is_a_sign_only_where_values_may_be_negative(text, value):
    (figure,) = figures(text)
    assert figure.numeral.value == value


def test_numbers_in_what_is_taken_are_no_figures():
    assert [f.numeral.value for f in figures("2018年5家", [Span(0, 5)])] == [5]


def test_points_named_at_the_end_of_a_list_are_those_of_all():
    assert [f.unit.code for f in figures("提高0.2个、0.3个和0.4个百分点")] == ["pp"] * 3
    assert [f.unit.code for f in figures("3个部门，0.4个百分点")] == ["个", "pp"]


def test_the_limits_of_a_range_may_have_units_of_one_kind():
    (figure,) = find_figures("10个月至1年半")
    assert (figure.numeral.low, figure.numeral.high, figure.unit.code) == (10, 18, "mo")
