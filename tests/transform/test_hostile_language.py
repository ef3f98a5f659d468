"""Whatever the text: nothing raises, every span holds its words, time grows with the length."""

from __future__ import annotations

import gc
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.records import Paragraph
from etl.transform.amounts.numerals import find_numerals
from etl.transform.amounts.quantities import find_quantities
from etl.transform.statements.metrics import find_metrics
from etl.transform.times.periods import find_dates, find_periods
from etl.transform.times.timelines import Timeline

PUBLISHED = date(2021, 11, 11)
PIECES = [
    *"零〇一二两三十百千万亿兆半几数多余来个家人元角分年月日号天周季度点成倍番第每均近约超",
    *"0123456789,.，。、；：！？（）()“”《》—-~/%‰￥$ kKwW",
    *("分之", "左右", "以上", "至", "到", "和", "从", "比", "同比", "增长", "下降", "累计", "其中"),
    *("本日", "明日", "当天", "上周五", "下个月", "本季度", "前两个季度", "Q3", "年报", "18年"),
    *("2018年", "去年", "上半年", "三季度", "“十四五”", "20世纪", "截至", "北京", "张北县", "该市"),
    *("公里/小时", "个百分点", "平方米", "小时", "人民币", "港币", "US$", "亿元", "零下", "一盘棋"),
]
news = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.one_of(st.text(max_size=80), news)
no_deadline = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

SENTENCES = (
    "2014年以来，河北省张家口市累计退出一般制造业企业近3000家，占全省的25%以上；"
    "2020年PM2.5平均浓度为44微克/立方米，比2014年下降51%。"
    "今年1至8月，该市技术合同成交额达1,410.5亿元，同比增长3.2%，其中北京市场约占三成，"
    "人均可支配收入从21.2万元提高到28万元以上，通勤时间缩短至1小时20分。"
)


@no_deadline
@given(anything)
def test_quantities_hold_their_words_in_reading_order(text):
    found = list(find_quantities(text))
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all((q.value is None) == (q.low is not None) for q in found if q.reason is None)


@no_deadline
@given(anything)
def test_numerals_are_ordered_and_disjoint(text):
    found = list(find_numerals(text))
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@no_deadline
@given(anything, st.one_of(st.none(), st.dates()))
def test_periods_hold_their_words_in_reading_order(text, published):
    found = list(find_periods(text, Timeline(published)))
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(p.days.start <= p.days.end for p in found if p.days)


@no_deadline
@given(st.lists(anything, max_size=4), st.one_of(st.none(), st.dates()))
def test_metrics_and_dates_say_the_words_they_point_at(texts, published):
    paragraphs = [Paragraph(index, "body", text) for index, text in enumerate(texts, 1)]
    metrics, skips = find_metrics(paragraphs, published)
    for found in (*metrics, *skips, *find_dates(paragraphs, published)):
        assert texts[found.paragraph_index - 1][found.start : found.end] == found.surface
    for metric in metrics:
        assert (metric.value is None) == (metric.low is not None)
        assert metric.sentence in texts[metric.paragraph_index - 1]


@pytest.fixture(scope="module", autouse=True)
def no_collector():
    """The collector's time is not that of the text."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(work, text):
    start = time.process_time()
    work(text)
    return time.process_time() - start


def grows_with_the_length(work, make, size):
    """Whether four times the text takes about four times as long (quadratic: sixteen).

    One fair measurement out of three is enough: a busy machine slows single runs.
    """
    long, short = make(4 * size), make(size)
    return any(seconds(work, long) < 9 * seconds(work, short) + 0.01 for _ in range(3))


def read_quantities(text):
    return sum(1 for _ in find_quantities(text))


def read_periods(text):
    return sum(1 for _ in find_periods(text, Timeline(PUBLISHED)))


def read_metrics(text):
    return find_metrics([Paragraph(1, "body", text)], PUBLISHED)


@pytest.mark.parametrize(
    "piece",
    [
        "1,", "1，", "1、", "1-", "1至", "1 ", "1.", "1/", "1比", "1:", "1年", "1月", "1日至",
        "九", "一二三", "百分之", "分之", "零", "千", "半", "个半", "每", "约", "（含）",
        "2018年", "2018年1月", "去年", "“", "“一”", "《", "五家，", "5元/", "5元每", "人民币",
        "第", "十大", "3小时", "5元", "-", "负", "零下", "k", "1k", "一万", "向阳村", "张北县大村",
        "2018年北京新增5家，", "该市比2017年增长5%，", "其中三分之一、",
    ],
    ids=lambda piece: piece,
)  # fmt: skip
def test_time_grows_with_the_length_of_a_hostile_text(piece):
    def make(size):
        return piece * (size // len(piece))

    assert grows_with_the_length(read_quantities, make, 1_000), "quantities"
    assert grows_with_the_length(read_periods, make, 2_000), "periods"
    assert grows_with_the_length(read_metrics, make, 500), "metrics"


def test_time_grows_with_the_length_of_a_million_digits():
    assert grows_with_the_length(read_quantities, lambda size: "1" * size, 250_000)
    assert grows_with_the_length(read_periods, lambda size: "1" * size, 250_000)


def test_time_grows_with_the_length_of_one_paragraph_of_300_kilobytes():
    assert grows_with_the_length(
        read_metrics, lambda size: SENTENCES * (size // len(SENTENCES)), 25_000
    )
