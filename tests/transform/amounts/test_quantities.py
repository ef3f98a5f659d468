"""Quantities as the text states them: value, unit, approximation, surface."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from etl.text import Span
from etl.transform.amounts.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "approximation"),
    [
        ("近3000家一般制造业企业", "近3000家", 3000, "家", "nearly"),
        ("共有20多所学校", "20多所", 20, "所", "over"),
        ("约1.2万人", "约1.2万人", 12_000, "人", "about"),
        ("增长超过25%", "超过25%", 25, "%", "over"),
        ("人均28万元以上", "28万元以上", 280_000, "CNY/人", "at_least"),
        ("不到1个小时", "不到1个小时", 1, "h", "under"),
        ("大约需要2个小时", "2个小时", 2, "h", "about"),
        ("年龄在50岁以下", "50岁以下", 50, "a", "at_most"),
        ("年逾六旬", "年逾六旬", 60, "a", "over"),
        ("上千家企业", "上千家", 1000, "家", "over"),
        ("近万个", "近万个", 10_000, "个", "nearly"),
        ("129.3万建档立卡贫困人口", "129.3万", 1_293_000, "", "exact"),
        ("300多学生", "300多", 300, "", "over"),
        ("0亿元", "0亿元", 0, "CNY", "exact"),
        ("需要两个半小时", "两个半小时", Decimal("2.5"), "h", "exact"),
        ("占1/4", "1/4", 25, "%", "exact"),
        ("负增长-3.2%", "-3.2%", Decimal("-3.2"), "%", "exact"),
        ("三毛六分钱", "六分钱", Decimal("0.06"), "CNY", "exact"),
        ("租金为5.2元/平方米·天", "5.2元/平方米·天", Decimal("5.2"), "CNY/m2/d", "exact"),
        ("每股派发现金红利0.5元", "0.5元", Decimal("0.5"), "CNY/股", "exact"),
        ("每平米一万元", "一万元", 10_000, "CNY/m2", "exact"),
        ("1.2万余辆次", "1.2万余辆次", 12_000, "辆次", "over"),
    ],
)
def test_a_quantity_is_what_a_reader_would_say(text, surface, value, unit, approximation):
    quantity = next(q for q in find_quantities(text) if q.reason is None and q.unit == unit)
    assert text[quantity.start : quantity.end] == surface
    assert (quantity.value, quantity.approximation) == (value, approximation)


@pytest.mark.parametrize(
    ("text", "approximation"),
    [("三五个", "about"), ("3至5个", "exact"), ("约3至5个", "about"), ("3至5个以上", "at_least")],
)
def test_adjacent_digits_are_vaguer_than_a_range(text, approximation):
    (quantity,) = find_quantities(text)
    assert quantity.approximation == approximation


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("5家", ("count",)),
        ("约5元", ("money", "about")),
        ("3至5公里", ("range",)),
        ("三分之一", ("fraction",)),
        ("3小时20分", ("compound",)),
        ("近三成", ("tenths",)),
        ("翻番", ()),
    ],
)
def test_the_rules_that_fired_are_named(text, rules):
    assert [q.rules for q in find_quantities(text)] == ([rules] if rules else [])


def test_what_is_taken_is_left_alone():
    text = "2018年5月5家"
    assert [text[q.start : q.end] for q in find_quantities(text, [Span(0, 7)])] == ["5家"]


def test_quantities_come_in_reading_order_and_do_not_overlap():
    text = "三成企业共5家，近一半（12人）、翻一番，第3名占25%，5、6、7万吨"
    found = list(find_quantities(text))
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "approximations"),
    [
        ("约34元和30元", ["about", "about"]),
        ("超过60%、40%", ["over", "over"]),
        ("30元左右和34元", ["about", "exact"]),
        ("约三千多卷、五万字", ["over", "about"]),
        ("约34元的书和30元", ["about", "exact"]),
    ],
)
def test_a_list_shares_the_word_before_its_first(text, approximations):
    assert [q.approximation for q in find_quantities(text)] == approximations
