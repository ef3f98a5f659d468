"""The time a metric holds for."""

from __future__ import annotations

import pytest
from statements import PUBLISHED, days_of, read

from etl.records import Paragraph
from etl.transform.statements.metrics import find_metrics


def test_each_year_of_a_list_has_its_value():
    found = read("2017、2018年全县分别新增企业30家、45家。")
    assert found["30家"][:2] == ("2017-01-01", "2017-12-31")
    assert found["45家"][:2] == ("2018-01-01", "2018-12-31")


def test_a_time_in_the_name_of_a_plan_is_not_that_of_the_figures():
    assert read("建设规划（2018—2023年）获批，线路长58公里。")["58公里"] == (None,) * 4


def test_what_happens_every_year_is_of_no_month():
    assert read("2018年7月，药品纳入目录，预计每年惠及6万人。")["6万人"] == (None,) * 4


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        ("城镇化率为58.5%（2017）。", "58.5%", "2017-01-01/2017-12-31"),
        ("城镇化率为58.5%（2017年）。", "58.5%", "2017-01-01/2017-12-31"),
        ("2018年利润15亿元，上年同期为5亿元。", "5亿元", "2017-01-01/2017-12-31"),
        ("2018年利润15亿元，上年同期为5亿元，同比增长200%。", "200%", "2018-01-01/2018-12-31"),
        ("2018年融资6亿元，同比2017年7亿元下滑14%。", "7亿元", "2017-01-01/2017-12-31"),
        ("2018年融资6亿元，同比2017年7亿元下滑14%。", "14%", "2018-01-01/2018-12-31"),
        ("2018年融资6亿元，较2017年7亿元下降14%。", "7亿元", "2017-01-01/2017-12-31"),
        ("2018年融资6亿元，较2017年7家企业减少。", "7家", "2018-01-01/2018-12-31"),
        ("1月利率5%。比去年1月的利率4%，上升1%。", "4%", "2018-01-01/2018-01-31"),
        ("1月成交3146亿元，同比2018年同期下调了12%。", "12%", "2019-01-01/2019-01-31"),
        ("1月指数为56%，高于上年同期0.4个百分点。", "0.4个百分点", "2019-01-01/2019-01-31"),
    ],
)
def test_a_time_beside_one_value_is_that_of_no_other(text, surface, days):
    assert days_of(text, surface)[0] == days


@pytest.mark.parametrize(
    ("surface", "days"),
    [
        ("8400万人", "2012-12-31/2012-12-31"),
        ("1300万人", "2018-12-31/2018-12-31"),
        ("7100万人", "2012-12-31/2018-12-31"),
        ("9.6%", "2012-12-31/2012-12-31"),
        ("2.4%", "2018-12-31/2018-12-31"),
    ],
)
def test_later_pairs_have_the_times_of_the_first(surface, days):
    text = (
        "贫困人口从2012年底的8400万人减少至2018年底的1300万人，累计减少7100万人，"
        "贫困发生率从9.6%下降到2.4%。"
    )
    assert days_of(text, surface)[0] == days


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        ("2018年、2017年和2016年利润分别为3亿元、2亿元、1亿元。", "1亿元", "2016-01-01/2016-12-31"),
        ("2018年度和2017年度利润分别为3亿元和2亿元。", "2亿元", "2017-01-01/2017-12-31"),
        ("1月4日和1月18日分别下调0.3个百分点。", "0.3个百分点", "2019-01-04/2019-01-18"),
        ("2017年末和2018年末，存栏分别为3万头和2万头。", "3万头", "2017-12-31/2017-12-31"),
        ("分别于2011年、2014年实现亩产900公斤、1000公斤。", "900公斤", "2011-01-01/2011-12-31"),
        ("2018—2019两年支持企业69家。", "69家", "2018-01-01/2019-12-31"),
    ],
)
def test_listed_times_are_shared_out_or_hold_together(text, surface, days):
    assert days_of(text, surface)[0] == days


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        ("始于1971年的医疗队已派遣34批队员。", "34批", "1971-01-01/None"),
        ("2015年工作会议召开以来，累计发放贷款88亿元。", "88亿元", "2015-01-01/None"),
        ("剧目从2006年上演至今，累计接待观众21万人次。", "21万人次", "2006-01-01/None"),
        ("从2019年开年至今，楼市很冷，目前利率上浮20%。", "20%", "None/None"),
        ("从2013年起实施专项，至今已出版作品150卷。", "150卷", "2013-01-01/None"),
        ("从1月6日展览开幕至1月20日，观众达47万人次。", "47万人次", "2019-01-06/2019-01-20"),
        ("2018年推出10家，至今已有50家。", "50家", "None/None"),
        ("1月存栏下降，连续三个月跌幅超过5%。", "超过5%", "2018-11-01/2019-01-31"),
        ("以2018年3150亿元、目前50%的分成计算，份额为5%。", "5%", "2018-01-01/2018-12-31"),
        ("今年出口18亿元，为1973年以来同期第三高。", "18亿元", "2019-01-01/2019-12-31"),
        ("他30岁时成为设计师，1952年有5人。", "30岁", "None/None"),
        ("公司召开“2018年网络技术大会”，路线图分为6个节点。", "6个", "None/None"),
        ("研究机构12日发布的材料指出，出口下降50%。", "50%", "None/None"),
        ("小区早在2014年底就已开盘，由14幢高层组成。", "14幢", "None/None"),
        ("公司早在2014年就有5家门店。", "5家", "2014-01-01/2014-12-31"),
        ("年内引进项目35个。", "35个", "2019-01-01/2019-12-31"),
    ],
)
def test_the_words_around_a_time_say_what_it_covers(text, surface, days):
    assert days_of(text, surface)[0] == days


def test_today_is_the_day_of_the_dateline():
    found = read("某某网2月20日讯（记者某某）今天，全县新增企业30家。", "昨天，企业招工45人。")
    assert found["30家"][:2] == ("2019-02-20", "2019-02-20")
    assert found["45人"][:2] == ("2019-02-19", "2019-02-19")


def test_an_old_report_does_not_say_when_today_is():
    found = read("某某社1949年10月1日电，工厂有5家。今天，工厂有30家。")
    assert found["30家"][:2] == ("2019-02-22", "2019-02-22")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018年，最高气温出现在甲县为30度。", "2018-01-01", "2018-12-31"),
        ("2018年入选名单的企业有30家。", "2018-01-01", "2018-12-31"),
        ("2009—2018年的10年间，新增企业30家。", "2009-01-01", "2018-12-31"),
        ("今天，获得2017年度名牌的企业有30家。", "2019-02-22", "2019-02-22"),
        ("公司成立于1984年，员工30人。", None, None),
    ],
)
def test_what_only_looks_like_another_time_or_names_a_past_deed_does_not_govern(text, start, end):
    """出现在 does not say 现在; those once founded or rewarded are told of today."""
    assert next(d for surface, d in read(text).items() if "30" in surface)[:2] == (start, end)


def test_halves_of_a_year_have_a_value_each():
    listed = read("2015年上半年、下半年、2016年上半年，涨幅分别达到8.9%、11.5%和17.4%。")
    both = read("2015年上下半年涨幅分别达到8.9%和11.5%。")
    for found in (listed, both):
        assert found["8.9%"][:2] == ("2015-01-01", "2015-06-30")
        assert found["11.5%"][:2] == ("2015-07-01", "2015-12-31")


def test_a_sum_up_to_the_end_of_a_year_has_no_beginning():
    assert read("到2018年底，全县共建成学校30所。")["30所"][:2] == (None, "2018-12-31")
    assert read("到2018年底，全县有学校30所。")["30所"][:2] == ("2018-12-31", "2018-12-31")


def test_a_time_is_a_beginning_behind_the_name_of_what_was_signed():
    found = read("自2014年7月签署《共同建设某某协同发展示范区框架协议》以来，落户项目30个。")
    assert found["30个"][:2] == ("2014-07-01", None)


def test_a_heading_that_dates_an_update_tells_the_time_of_its_section():
    paragraphs = [Paragraph(1, "heading", "2019-02-18 更新"), Paragraph(2, "body", "有企业30家。")]
    metrics, _ = find_metrics(paragraphs, PUBLISHED)
    assert (str(metrics[0].period_start), str(metrics[0].period_end)) == ("2019-02-18",) * 2


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018年的总销量达到5万辆，同比增长30%。", "2018-01-01", "2018-12-31"),
        ("2018年的销量5万辆，目标为30万辆。", None, None),
        ("北京2035年的上限是2300万人，未来十几年，还可增长30万人。", None, None),
        ("2018年上涨30%，是近6年来最高。", "2018-01-01", "2018-12-31"),
        ("与2016年同类耗材最低中标价相比，平均降幅30%。", None, None),
    ],
)
def test_a_time_governs_what_its_sentence_goes_on_with(text, start, end):
    assert next(d for surface, d in read(text).items() if surface[:2] == "30")[:2] == (start, end)


def test_the_whole_year_is_that_last_named_where_no_date_is_known():
    texts = ["2018年市场降温，成绩不如2016年。", "以甲市为例，全年成交30套。"]
    paragraphs = [Paragraph(n, "body", text) for n, text in enumerate(texts, 1)]
    metrics, _ = find_metrics(paragraphs, None)
    assert (str(metrics[-1].period_start), str(metrics[-1].period_end)) == (
        "2018-01-01",
        "2018-12-31",
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨晚，全县出动民警30人。", "2019-02-21"),
        ("2月16日开工。次日凌晨，出动民警30人。", "2019-02-17"),
        ("2月16日开工。当晚，出动民警30人。", "2019-02-16"),
        ("2月16日，北部地区-3℃。沿江地区30℃左右。", "2019-02-16"),
    ],
)
def test_nights_the_next_day_and_the_weather_are_of_a_day(text, day):
    assert next(d for surface, d in read(text).items() if "30" in surface)[:2] == (day, day)


def test_that_month_is_the_one_just_named():
    found = read("2018年1月至11月，企业新增5家。12月当月，企业新增30家。")
    assert found["30家"][:2] == ("2018-12-01", "2018-12-31")
