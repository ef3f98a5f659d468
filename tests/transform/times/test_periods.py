"""Times named in running text, resolved with the article's own date and narrative."""

from __future__ import annotations

from datetime import date

import pytest

from etl.records import Paragraph
from etl.transform.times.periods import find_dates, find_periods, is_until
from etl.transform.times.timelines import Timeline

PUBLISHED = date(2021, 11, 11)  # a Thursday


def read(text, published=PUBLISHED):
    return [
        (text[p.start : p.end], p.days and (str(p.days.start), str(p.days.end)))
        for p in find_periods(text, Timeline(published))
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2014年2月26日", "2014-02-26", "2014-02-26"),
        ("2014年2月", "2014-02-01", "2014-02-28"),
        ("2016年2月", "2016-02-01", "2016-02-29"),
        ("2014年", "2014-01-01", "2014-12-31"),
        ("二〇一九年九月一日", "2019-09-01", "2019-09-01"),
        ("18年11月", "2018-11-01", "2018-11-30"),
        ("98年4月", "1998-04-01", "1998-04-30"),
        ("零七年八月", "2007-08-01", "2007-08-31"),
        ("19年底", "2019-12-01", "2019-12-31"),
        ("2020年底", "2020-12-01", "2020-12-31"),
        ("2018年前三季度", "2018-01-01", "2018-09-30"),
        ("2018年前两个季度", "2018-01-01", "2018-06-30"),
        ("2018年第三季度", "2018-07-01", "2018-09-30"),
        ("2018年首季度", "2018-01-01", "2018-03-31"),
        ("2019年前5个月", "2019-01-01", "2019-05-31"),
        ("2018年下半年", "2018-07-01", "2018-12-31"),
        ("2013年至2020年", "2013-01-01", "2020-12-31"),
        ("2018—2035年", "2018-01-01", "2035-12-31"),
        ("2018年1至8月", "2018-01-01", "2018-08-31"),
        ("2018年8月至2019年1月", "2018-08-01", "2019-01-31"),
        ("2019年1月30日至2月28日", "2019-01-30", "2019-02-28"),
        ("2017年8月15日至2018年3月29日", "2017-08-15", "2018-03-29"),
        ("2019年4月12-19日", "2019-04-12", "2019-04-19"),
        ("2019年1月上旬", "2019-01-01", "2019-01-10"),
        ("2019年2月下旬", "2019-02-21", "2019-02-28"),
        ("2018Q4", "2018-10-01", "2018-12-31"),
        ("2017、2018年", "2017-01-01", "2018-12-31"),
        ("2019.2.11", "2019-02-11", "2019-02-11"),
        ("2019.2.11—2.17", "2019-02-11", "2019-02-17"),
        ("“十三五”期间", "2016-01-01", "2020-12-31"),
        ("“十四五”", "2021-01-01", "2025-12-31"),
        ("20世纪90年代", "1990-01-01", "1999-12-31"),
        ("上世纪80年代", "1980-01-01", "1989-12-31"),
        ("十九世纪七十年代", "1870-01-01", "1879-12-31"),
    ],
)
def test_a_time_with_its_year_needs_nothing_else(text, start, end):
    assert read(text, None) == [(text, (start, end))]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("今年", "2021-01-01", "2021-12-31"),
        ("去年12月", "2020-12-01", "2020-12-31"),
        ("前年6月", "2019-06-01", "2019-06-30"),
        ("今年上半年", "2021-01-01", "2021-06-30"),
        ("三季度", "2021-07-01", "2021-09-30"),
        ("四季度", "2020-10-01", "2020-12-31"),
        ("9月", "2021-09-01", "2021-09-30"),
        ("12月", "2020-12-01", "2020-12-31"),
        ("11月12日", "2021-11-12", "2021-11-12"),
        ("11月25日", "2021-11-25", "2021-11-25"),
        ("1月5日", "2022-01-05", "2022-01-05"),
        ("2月5日", "2021-02-05", "2021-02-05"),
        ("去年11月到今年3月", "2020-11-01", "2021-03-31"),
        ("昨日", "2021-11-10", "2021-11-10"),
        ("本周", "2021-11-08", "2021-11-14"),
        ("上周五", "2021-11-05", "2021-11-05"),
        ("下周日", "2021-11-21", "2021-11-21"),
        ("本月9日", "2021-11-09", "2021-11-09"),
        ("上个月", "2021-10-01", "2021-10-31"),
        ("本月上旬", "2021-11-01", "2021-11-10"),
        ("上季度", "2021-07-01", "2021-09-30"),
    ],
)
def test_other_times_are_resolved_with_the_day_of_publication(text, start, end):
    assert read(text) == [(text, (start, end))]
    assert read(text, None) == [(text, None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2019年1月10日，…1月11日", [("2019-01-10",), ("2019-01-11",)]),
        ("9月10号，11号，", [("2021-09-10",), ("2021-09-11",)]),
        ("今年提出方案，全年减量", [("2021-01-01",), ("2021-01-01",)]),
        ("2018年出口增长，全年达到", [("2018-01-01",), ("2018-01-01",)]),
        ("2018年出口增长，三季度达到", [("2018-01-01",), ("2021-07-01",)]),
        ("2018年增长，不及2016年，全年达到", [("2018-01-01",), ("2016-01-01",), ("2018-01-01",)]),
        ("9月10日发布，同日施行", [("2021-09-10",), ("2021-09-10",)]),
        ("14日，甲队获胜，当天闭幕", [("2021-10-14",), ("2021-10-14",)]),
        ("9月10日上市，18日华为宣布", [("2021-09-10",), ("2021-09-18",)]),
        ("2018年增长，当年完成；次年继续", [("2018-01-01",), ("2018-01-01",), ("2019-01-01",)]),
        ("2022年1月1日起施行，10日在京举行", [("2022-01-01",), ("2021-11-10",)]),
    ],
)
def test_the_narrative_carries_its_own_time(text, found):
    starts = [(str(p.days.start),) for p in find_periods(text, Timeline(PUBLISHED))]
    assert starts == found


@pytest.mark.parametrize(
    "text",
    [
        "近年来",
        "近日",
        "5年",
        "9个月",
        "三月光景",
        "2013个至2020个",
        "2月30日",
        "农历八月",
        "五月初五",
        "大年初十",
        "光明日报",
        "改革开放40年初心",
        "14家",
        "一日之计",
        "",
    ],
)
def test_other_words_name_no_time(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("截至2020年底", "2020-12-31", "2020-12-31"),
        ("2020年底", "2020-12-01", "2020-12-31"),
        ("2021年起", "2021-01-01", None),
    ],
)
def test_a_mention_covers_the_days_that_its_words_name(text, start, end):
    (mention,) = find_dates([Paragraph(1, "body", text)], PUBLISHED)
    assert (str(mention.start_on), mention.end_on and str(mention.end_on)) == (start, end)
    assert text[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize("text", ["2021年9月开工，当天停工", "昨天，当天受伤的人说"])
def test_the_day_told_of_is_neither_a_month_nor_that_of_the_interview(text):
    assert read(text)[1] == ("当天", None)


def test_a_mention_without_days_is_unresolved():
    (mention,) = find_dates([Paragraph(1, "body", "去年")], None)
    assert (mention.start_on, mention.resolved_from) == (None, "unresolved")


def test_each_paragraph_begins_its_own_narrative():
    paragraphs = [Paragraph(1, "body", "2018年3月2日，"), Paragraph(2, "body", "5日，")]
    mentions = find_dates(paragraphs, PUBLISHED)
    assert [str(mention.start_on) for mention in mentions] == ["2018-03-02", "2021-11-05"]


def read_undated(*texts):
    paragraphs = [Paragraph(n, "body", text) for n, text in enumerate(texts, 1)]
    return {m.surface: m.start_on and str(m.start_on) for m in find_dates(paragraphs, None)}


@pytest.mark.parametrize(
    ("texts", "surface", "start"),
    [
        (["1月，出口增长。", "2019年1月，进口下降。"], "1月", "2019-01-01"),
        (["2019年货币政策稳健。1月4日，降准。", "1月份，利率回落。"], "1月份", "2019-01-01"),
        (["2019年2月11日开市。", "2月16日成交最多。"], "2月16日", "2019-02-16"),
        (["2019年1月，进口下降。", "1月，出口增长，去年12月下降。"], "去年12月", "2018-12-01"),
        (["2019年1月，进口下降。", "今年1月，出口增长。"], "今年1月", "2019-01-01"),
        (["2018年12月，进口下降。", "12月，出口增长，今年继续。"], "今年", None),
        (["2018年1月，进口下降。", "1月，出口增长。", "2019年"], "1月", None),
        (["2019年1月，进口下降。", "3月，出口增长。"], "3月", None),
        (["2019年1月，进口下降。", "去年1月，出口增长。"], "去年1月", None),
        (["2019年，进口下降。", "3月，出口增长，今年继续。"], "3月", None),
        (["截至2019年6月底有5家，到2020年有9家。", "今年开业。"], "今年", "2019-01-01"),
        (["截至2018年12月底有5家。", "今年开业。"], "今年", None),
    ],
)
def test_an_undated_article_dates_its_months_by_those_it_names_in_full(texts, surface, start):
    assert read_undated(*texts)[surface] == start


@pytest.mark.parametrize(("text", "expected"), [("截至2020年底", True), ("到2020年底", False)])
def test_until_leaves_the_start_open(text, expected):
    (period,) = find_periods(text, Timeline(None))
    assert is_until(text, period) is expected
