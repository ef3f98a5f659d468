"""What a written number is worth; the readings are those of GB/T 15835-2011."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.amounts.numeral_values import parse_numeral, scales_of

VALUES = {
    "零": "0",
    "十": "10",
    "十一": "11",
    "一十一": "11",
    "二十": "20",
    "二十一": "21",
    "一百": "100",
    "一百零一": "101",
    "一百一": "110",
    "一百一十": "110",
    "一百十一": "111",
    "三百五": "350",
    "两千六": "2600",
    "一千零十": "1010",
    "一千零一": "1001",
    "一千零一十一": "1011",
    "两万三": "23000",
    "十三万五": "135000",
    "一百二十万三": "1203000",
    "十万零一千": "101000",
    "一万零百一十一": "10111",
    "六十四万零一百四十三": "640143",
    "一千一百一十一万一千一百一十一": "11111111",
    "一亿五千万零六千三百五十五": "150006355",
    "一千零一亿一千零一万一千零一": "100110011001",
    "三千万亿": "3000000000000000",
    "二〇一九": "2019",
    "一九八五": "1985",
    "八零后": None,
    "0": "0",
    "007": "7",
    "1234.50": "1234.50",
    "1,234": "1234",
    "1，234，567.8": "1234567.8",
    "18 000": "18000",
    "1,23": None,
    "1.2万": "12000.0",
    "1.2万亿": "1200000000000.0",
    "16.4亿": "1640000000.0",
    "3.1千万": "31000000.0",
    "100万三千": "1003000",
    "200亿零四千230": "20000004230",
    "1万600": "10600",
    "5万4": "54000",
    "5万04": "50004",
    "1兆5000亿": "1500000000000",
    "0万": "0",
    "零点五万": "5000.0",
    "二十点一万": "201000.0",
    "一百点五": "100.5",
    "壹佰贰拾叁": "123",
    "叁拾万": "300000",
    "伍仟零陆": "5006",
    "15k": "15000",
    "30w": "300000",
    "": None,
    "京": None,
    "3家": None,
    "一" * 41: None,
}


@pytest.mark.parametrize(("text", "expected"), VALUES.items(), ids=VALUES)
def test_a_number_is_worth_what_a_reader_says(text, expected):
    assert parse_numeral(text) == (None if expected is None else Decimal(expected))


def test_values_are_exact_decimals():
    assert str(parse_numeral("16.4亿")) == "1640000000.0"
    assert parse_numeral("0.1") + parse_numeral("0.2") == Decimal("0.3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10万", (10_000,)),
        ("九百亿", (10_000_000_000, 100_000_000)),
        ("三十万", (10_000,)),
        ("两千", (1_000,)),
        ("15k", (1_000,)),
        ("三十", ()),
        ("300", ()),
    ],
)
def test_scales_at_the_end_may_belong_to_the_numbers_before(text, expected):
    assert scales_of(text) == expected


def in_chinese(number: int) -> str:
    """The usual reading, up to 9999亿9999万9999."""
    digits, small = "零一二三四五六七八九", ("", "十", "百", "千")

    def section(value: int) -> str:
        words, is_gap = "", False
        for place in (3, 2, 1, 0):
            digit = value // 10**place % 10
            if digit:
                words += ("零" if is_gap and words else "") + digits[digit] + small[place]
            is_gap = not digit
        return words

    words = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            words += ("零" if words and part < 1000 else "") + section(part) + name
    return words or "零"


@given(st.integers(0, 10**12 - 1))
def test_reads_back_every_whole_number(number):
    assert parse_numeral(in_chinese(number)) == number


@given(st.decimals(0, 10**9, places=3), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_reads_back_every_decimal_with_its_scale(number, scale):
    assert parse_numeral(f"{number}{scale[0]}") == number * scale[1]


@given(st.text(alphabet="零一两三十百千万亿兆点几多1,. 壹拾kw", max_size=60))
def test_odd_numbers_are_read_or_refused(text):
    assert parse_numeral(text) is None or parse_numeral(text) >= 0
