"""Units behind numbers; the forms themselves are tested in tests/grammar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.transform.amounts.numerals import find_numerals
from etl.transform.amounts.units import read_plain_unit, read_unit


def unit_of(text):
    numeral = next(iter(find_numerals(text)))
    return read_unit(text, numeral.end, numeral)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5家企业", "家"),
        ("20 公里", "km"),
        ("2个小时", "h"),
        ("0.9个百分点", "pp"),
        ("25个基点", "bp"),
        ("3个亿吨大港", "个"),
        ("5元/平方米", "CNY/m2"),
        ("5元每吨", "CNY/t"),
        ("5万元/人", "CNY/人"),
        ("22次/万人", "次/万人"),
        ("80亿方/年", "m3/a"),
        ("0.3元/方", "CNY/m3"),
        ("9.8万/㎡", "CNY/m2"),
        ("4个工作日", "工作日"),
        ("18000次/月", "次/mo"),
        ("3吨/日", "t/d"),
        ("44微克/立方米", "ug/m3"),
        ("350公里/小时", "km/h"),
        ("30公里/时", "km/h"),
        ("1281美元/盎司", "USD/oz"),
        ("三万元欧元", "EUR"),
        ("10亿元人民币", "CNY"),
        ("35.8万亿人民币", "CNY"),
        ("1.2万日币", "JPY"),
        ("5亿元元月起发放", "CNY"),
        ("1901篇（首）", "篇（首）"),
        ("885件（套）", "件（套）"),
        ("885件（含）", "件"),
        ("最高气温30度", "Cel"),
        ("零下10度", "Cel"),
        ("总建面20万方", "m2"),
        ("储量超50亿方", "m3"),
        ("40点", "点"),
        ("16.5点", "点"),
        ("90日", "d"),
        ("300批次", "批次"),
        ("344万件次", "件次"),
    ],
)
def test_reads_the_longest_unit_with_what_belongs_to_it(text, code):
    assert unit_of(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "3大突破",
        "53度飞天茅台",
        "三方会谈",
        "8点",
        "11日",
        "2018届",
        "129万人口",
        "5kmx",
        "5MBA",
        "3",
        "三峡",
    ],
)
def test_words_that_only_look_like_units_are_none(text):
    assert unit_of(text) is None


@pytest.mark.parametrize(
    ("text", "plus", "factor", "is_over"),
    [
        ("两个半小时", "0.5", "1", False),
        ("三个半月", "0.5", "1", False),
        ("三年半", "0.5", "1", False),
        ("一倍半", "0.5", "1", False),
        ("三年半价", "0", "1", False),
        ("17个多月", "0", "1", True),
        ("3个多小时", "0", "1", True),
        ("半个多世纪", "0", "100", True),
        ("六旬", "0", "10", False),
        ("五个季度", "0", "3", False),
        ("7毛钱", "0", "0.1", False),
    ],
)
def test_halves_surpluses_and_multiples_belong_to_the_number(text, plus, factor, is_over):
    found = unit_of(text)
    assert (found.plus, found.factor, found.is_over) == (Decimal(plus), Decimal(factor), is_over)


@pytest.mark.parametrize(
    ("text", "end"),
    [("三年半时间", 3), ("5元/平方米起", 6), ("3个多小时的", 5), ("885件（套）", 7)],
)
def test_a_unit_ends_behind_what_belongs_to_it(text, end):
    assert unit_of(text).end == end


@pytest.mark.parametrize(
    ("text", "code"), [("公斤", "kg"), ("万人", "万人"), ("吨", "t"), ("京", None), ("", None)]
)
def test_a_unit_written_alone_has_its_published_code(text, code):
    assert read_plain_unit(text) == code
