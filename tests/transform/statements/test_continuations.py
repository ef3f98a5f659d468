"""Figures that go on with those before are for their time."""

from __future__ import annotations

import pytest
from statements import PUBLISHED, read

from etl.records import Paragraph
from etl.transform.statements.metrics import find_metrics

JANUARY = ("2019-01-01", "2019-01-31")


@pytest.mark.parametrize(
    "sentence",
    [
        "对美国出口70亿元，增长9.2%。",
        "从主要商品看，笔记本电脑出口70亿元。",
        "按主要伙伴分类，对美国出口70亿元。",
        "其中，对美国出口70亿元。",
        "同期，对美国出口70亿元。",
    ],
)
@pytest.mark.parametrize("is_apart", [True, False], ids=["paragraphs", "sentences"])
def test_figures_that_go_on_are_for_the_time_of_those_before(sentence, is_apart):
    before = "据海关统计，1月份出口477亿元。"
    found = read(before, sentence) if is_apart else read(before + sentence)
    assert found["70亿元"][:2] == JANUARY


@pytest.mark.parametrize(
    "sentence",
    [
        "目前，企业有70家。",
        "企业有70家。",
        "7年来，里程增长70%。",
        "从长期发展趋势看，出口70亿元。",
        "报关成本降低70%。",
        "预计出口增长70%。",
    ],
)
def test_what_does_not_go_on_has_no_time(sentence):
    found = read("据海关统计，1月份出口477亿元。" + sentence)
    assert next(days for surface, days in found.items() if "70" in surface)[:2] == (None, None)


def test_growth_without_a_time_of_its_own_is_compared_with_the_year_before_that_told():
    found = read("据海关统计，1月份出口477亿元。", "进口同比增长5%。")
    assert found["5%"] == (*JANUARY, "2018-01-01", "2018-01-31")


def test_a_time_tied_to_one_value_is_not_that_of_the_next_figures():
    found = read("1月份出口477亿元。企业由2018年1月的1668家增至1841家。进口增长5%。")
    assert found["1668家"][:2] == ("2018-01-01", "2018-01-31")
    assert found["5%"][:2] == JANUARY


def test_the_headline_tells_the_time_of_the_figures_below_it():
    text = "其中，生产指数为50.8%，新订单指数比上月上升0.4个百分点。"
    metrics, _ = find_metrics([Paragraph(1, "body", text)], PUBLISHED, "1月制造业PMI为49.4%")
    assert [(str(m.period_start), str(m.period_end)) for m in metrics] == [JANUARY, JANUARY]


def test_what_happened_later_is_not_of_the_time_that_headed_the_sentence_before():
    assert read("1979年，县里开设培训班。后来，作品卖了400元。")["400元"] == (None,) * 4


def test_amounts_beside_the_figures_of_the_sentence_before_are_of_their_time():
    before = "据海关统计，1月份出口477亿元。"
    assert read(before + "产量达70吨。")["70吨"][:2] == JANUARY
    assert read(before, "产量达70吨。")["70吨"][:2] == (None, None)
    assert read(before + "推出产品70项。")["70项"][:2] == (None, None)


def test_a_part_is_not_of_the_time_of_its_whole():
    found = read("2018年成交503套，不足2016年成交的30%。")
    assert found["30%"][:2] == ("2018-01-01", "2018-12-31")


@pytest.mark.parametrize(
    ("texts", "surface", "days"),
    [
        (["今年，县里发展产业。新建工厂5家。"], "5家", "2019-01-01/2019-12-31"),
        (["今年，县里发展产业。一是技改行动，建成工厂5家。"], "5家", "2019-01-01/2019-12-31"),
        (["县里今年发展产业，目前已见效。新建工厂5家。"], "5家", "None/None"),
        (["2月12日，甲股收报3元。港股方面，乙股涨6%。"], "6%", "2019-02-12/2019-02-12"),
        (["2月12日，甲股收报3元。", "机构买入5亿元。"], "5亿元", "None/None"),
        (["贷款1月增加5%。甲股收报3元，乙股涨6%。"], "6%", "None/None"),
        (["1月利率5%，去年1月为4%。在35个城市中，占比为6%。"], "6%", "2019-01-01/2019-01-31"),
        (
            ["2018年，上海收入第一，为64183元。第二名为北京，62361元。"],
            "62361元",
            "2018-01-01/2018-12-31",
        ),
        (["2017年12月，公司参与帮扶。两个月后，公司支持24个县。"], "24个", "None/None"),
        (["2014年，他视察北京。五年间，他五次讲话。"], "五次", "None/None"),
        (["近五年，产量年均增加50万辆。"], "50万辆", "None/None"),
        (["2月12日，公司决定增资3亿元。", "其中，现金5亿元。"], "5亿元", "None/None"),
        (["1月，利率为5%。在35个城市中，占比为6%。"], "6%", "2019-01-01/2019-01-31"),
        (["2018年，该行发放贷款5亿元。累计发放贷款9亿元。"], "9亿元", "None/None"),
    ],
)
def test_what_goes_on_with_a_time_and_what_does_not(texts, surface, days):
    start, end, *_ = read(*texts)[surface]
    assert f"{start}/{end}" == days


def test_the_aims_for_a_year_are_told_in_the_next_sentence_too():
    found = read("根据规划，到2035年，功能区将全面建成。力争森林覆盖率达到55%；湿地率达到6%。")
    assert found["55%"][:2] == found["6%"][:2] == ("2035-01-01", "2035-12-31")


def test_shares_are_not_told_of_the_month_of_the_figures_before():
    before = "1月份出口477亿元，同比增长5%。"
    assert read(before + "科技股盘前普涨，甲股上涨30%。")["30%"][:2] == (None, None)
    assert read(before + "进口上涨30%。")["30%"][:2] == JANUARY


def test_basis_points_go_on_with_the_figures_before():
    assert read("1月份利率为5.66%。甲市利率仅下调2BP。")["2BP"][:2] == JANUARY
