"""The time a change is compared with."""

from __future__ import annotations

import pytest
from statements import days_of, read

from etl.records import Paragraph
from etl.transform.statements.metrics import find_metrics


def test_a_value_tied_to_the_time_it_is_compared_with_is_of_that_time():
    found = read("今年增加5%，不如去年的5万辆。")
    assert found["5万辆"][:2] == ("2018-01-01", "2018-12-31")
    assert found["5%"][:2] == ("2019-01-01", "2019-12-31")


@pytest.mark.parametrize(
    ("text", "surface", "baseline"),
    [
        ("12月出栏增加，比上月增长9.5%。", "9.5%", "2018-11-01/2018-11-30"),
        ("2月11日至17日，成交环比下跌2.6%。", "2.6%", "2019-02-04/2019-02-10"),
        ("去年四季度，成交环比下跌2.6%。", "2.6%", "2018-07-01/2018-09-30"),
        ("12月价格为13元，比前一周下降1.6%。", "1.6%", "None/None"),
        ("1月1日至20日，观众比2017年同期增长70%。", "70%", "2017-01-01/2017-01-20"),
        ("1月利率为5%，较上期下降0.7个百分点。", "0.7个百分点", "2018-12-01/2018-12-31"),
        ("1月利率为5%，环比12月下降0.5%。", "0.5%", "2018-12-01/2018-12-31"),
        ("1月利率5%。比去年1月的利率4%，上升1%。", "1%", "2018-01-01/2018-01-31"),
        ("1月销售回落，乙市以23%的同比跌幅居前。", "23%", "2018-01-01/2018-01-31"),
        ("1月，铜（-4.7%）进口数量同比下滑。", "-4.7%", "2018-01-01/2018-01-31"),
        ("1月利率5.6%，同比去年1月利率5.4%，上升4%。", "4%", "2018-01-01/2018-01-31"),
        ("2018年负债8亿元，与2017年末的6亿元相比增长了2亿元。", "2亿元", "2017-12-31/2017-12-31"),
        ("2018年三季度贷款余额8亿元，较上年末增长5%。", "5%", "2017-12-31/2017-12-31"),
        ("2018年前三季度占比为8%，比上半年提高5%。", "5%", "2018-01-01/2018-06-30"),
        ("2018年三季度收入8亿元，比上季度增长5%。", "5%", "2018-04-01/2018-06-30"),
        ("与上年相比，2018年指数下降10%。", "10%", "2017-01-01/2017-12-31"),
        ("2018年成交量同比去年下降9%。", "9%", "2017-01-01/2017-12-31"),
        ("2018年预计影响本年收益，同比减少3亿元。", "3亿元", "2017-01-01/2017-12-31"),
    ],
)
def test_a_change_is_compared_with_the_time_its_words_name(text, surface, baseline):
    assert days_of(text, surface)[1] == baseline


def test_a_time_compared_with_is_seen_from_the_time_measured():
    text = "2019年1月成交1.38万套，环比去年12月下跌7.4%。"
    metrics, _ = find_metrics([Paragraph(1, "body", text)], None)
    assert str(metrics[-1].baseline_start) == "2018-12-01"


def test_what_grew_since_the_beginning_of_a_year_is_compared_with_its_first_day():
    found = read("2018年12月，贷款余额5亿元，较年初增长30%。")
    assert found["30%"][2:] == ("2018-01-01", "2018-01-01")


def test_multiples_and_growth_are_not_of_the_time_they_are_measured_from():
    found = read("2018年罚款5亿元，是2014年的4.8倍，在2007年的基础上增长30%。")
    assert found["4.8倍"][:2] == found["30%"][:2] == ("2018-01-01", "2018-12-31")
    assert found["30%"][2:] == ("2007-01-01", "2007-12-31")
