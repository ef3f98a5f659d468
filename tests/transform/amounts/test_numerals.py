"""Where numbers stand in a text, and what they say of themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.text import Span
from etl.transform.amounts.numerals import find_numerals


def surfaces(text):
    return [text[n.start : n.end] for n in find_numerals(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近1.2万亿元", ["1.2万亿"]),
        ("1,410.5亿元和18 000元", ["1,410.5亿", "18 000"]),
        ("九千九百九十一人", ["九千九百九十一"]),
        ("5、6、7万人", ["5", "6", "7万"]),
        ("共三、九百人", ["三", "九百"]),
        ("十二、三百人", ["十二", "三百"]),
        ("10万-15万元", ["10万", "15万"]),
        ("张三50元", ["三", "50"]),
        ("1年零3个月", ["1", "3"]),
        ("壹佰万元整", ["壹佰万"]),
        ("大陆军队收拾队伍", []),
        ("2019/11", ["2019", "11"]),
        ("1/15-1/18", ["1", "15", "1", "18"]),
        ("3个亿吨大港", ["3", "亿"]),
        ("两个亿的订单", ["两个亿"]),
        ("两个半小时", ["两"]),
        ("半小时车程", ["半"]),
        ("上半年", []),
        ("25千克、5千米、20兆瓦", ["25", "5", "20"]),
        ("2.56万千米", ["2.56万"]),
        ("988.3万千瓦时", ["988.3万"]),
        ("三千米", ["三千"]),
        ("1.2兆元", ["1.2兆"]),
        ("4K电视15k元", ["4", "15k"]),
        ("京津冀", []),
        ("", []),
    ],
)
def test_finds_each_number_whole(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-3", "-3"),
        ("零下5", "-5"),
        ("负十一", "-11"),
        ("气温-3", "-3"),
        ("出口同比（美元计价）-4.4%", "-4.4"),
        ("（3）-4家", "4"),
        ("1-3", "3"),
        ("5%-3", "3"),
        ("10万-15", "15"),
        ("半个多世纪", "0.5"),
        ("三分之一", Decimal(100) / 3),
        ("百分之五点六", "5.6"),
        ("百分百", "100"),
        ("百分三十", "30"),
        ("千分之三", "0.3"),
        ("负千分之15", "-1.5"),
        ("1/4", "25"),
    ],
)
def test_signs_halves_and_fractions(text, value):
    assert [*find_numerals(text)][-1].value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三五", 3, 5),
        ("三五百", 300, 500),
        ("十七八", 17, 18),
        ("二三十万", 200_000, 300_000),
        ("一百二三十", 120, 130),
        ("一两个", 1, 2),
        ("降两、三百", 200, 300),
    ],
)
def test_adjacent_digits_are_a_range(text, low, high):
    (numeral,) = find_numerals(text)
    assert (numeral.value, numeral.low, numeral.high) == (None, low, high)


@pytest.mark.parametrize("text", ["一九八五", "二三", "九一", "五三"])
def test_other_digits_in_a_row_are_one_number(text):
    (numeral,) = find_numerals(text)
    assert numeral.low is None or numeral.high - numeral.low in (1, 2)
    assert (numeral.low is None) == (text != "二三")


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("20多", "is_over"),
        ("300余", "is_over"),
        ("十几", "is_over"),
        ("20多万", "is_over"),
        ("十来", "is_about"),
        ("80+套", "is_over"),
        ("1.2万", "is_scaled"),
        ("15k元", "is_scaled"),
        ("三千", "is_chinese"),
        ("三分之一", "is_fraction"),
        ("数百", "is_vague"),
        ("几十万", "is_vague"),
        ("百", "is_bare_scale"),
        ("千万", "is_bare_scale"),
    ],
)
def test_a_number_says_how_it_is_written(text, flag):
    (numeral,) = find_numerals(text)
    assert getattr(numeral, flag)


@pytest.mark.parametrize("text", ["3", "一百二", "1.5", "十", "十万", "4+"])
def test_plain_numbers_say_nothing_of_the_kind(text):
    (numeral,) = find_numerals(text)
    assert not any(
        (
            numeral.is_over,
            numeral.is_about,
            numeral.is_fraction,
            numeral.is_vague,
            numeral.is_bare_scale,
        )
    )


def test_lai_before_a_verb_is_no_approximation():
    (numeral,) = find_numerals("10来自北京")
    assert not numeral.is_about


@pytest.mark.parametrize(
    ("text", "taken", "expected"),
    [
        ("2018年5家", [Span(0, 5)], ["5"]),
        ("5家2018年6家", [Span(2, 7)], ["5", "6"]),
        ("二十一家", [Span(1, 2)], []),
        ("2018年2月", [Span(0, 5), Span(5, 7)], []),
    ],
)
def test_numbers_that_touch_what_is_taken_are_left_out(text, taken, expected):
    assert [text[n.start : n.end] for n in find_numerals(text, taken)] == expected
