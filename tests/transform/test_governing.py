"""The time a metric holds for, and the one it is compared with."""

from __future__ import annotations

from datetime import date

import pytest

from etl.records import Paragraph
from etl.transform.metrics import find_metrics

PUBLISHED = date(2019, 2, 22)
JANUARY = ("2019-01-01", "2019-01-31")


def read(*texts):
    """The surface of each metric with the days it holds for and those it is compared with."""
    paragraphs = [Paragraph(n, "body", text) for n, text in enumerate(texts, 1)]
    metrics, _ = find_metrics(paragraphs, PUBLISHED)
    return {
        m.surface: tuple(
            str(day) if day else None
            for day in (m.period_start, m.period_end, m.baseline_start, m.baseline_end)
        )
        for m in metrics
    }


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


def test_each_year_of_a_list_has_its_value():
    found = read("2017、2018年全县分别新增企业30家、45家。")
    assert found["30家"][:2] == ("2017-01-01", "2017-12-31")
    assert found["45家"][:2] == ("2018-01-01", "2018-12-31")


def test_what_happened_later_is_not_of_the_time_that_headed_the_sentence_before():
    assert read("1979年，县里开设培训班。后来，作品卖了400元。")["400元"] == (None,) * 4


def test_amounts_beside_the_figures_of_the_sentence_before_are_of_their_time():
    before = "据海关统计，1月份出口477亿元。"
    assert read(before + "产量达70吨。")["70吨"][:2] == JANUARY
    assert read(before, "产量达70吨。")["70吨"][:2] == (None, None)
    assert read(before + "推出产品70项。")["70项"][:2] == (None, None)


def test_a_value_tied_to_the_time_it_is_compared_with_is_of_that_time():
    found = read("今年增加5%，不如去年的5万辆。")
    assert found["5万辆"][:2] == ("2018-01-01", "2018-12-31")
    assert found["5%"][:2] == ("2019-01-01", "2019-12-31")


def test_a_part_is_not_of_the_time_of_its_whole():
    found = read("2018年成交503套，不足2016年成交的30%。")
    assert found["30%"][:2] == ("2018-01-01", "2018-12-31")


def test_what_happens_every_year_is_of_no_month():
    assert read("2018年7月，药品纳入目录，预计每年惠及6万人。")["6万人"] == (None,) * 4
