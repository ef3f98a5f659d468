"""The time a metric holds for, and the one it is compared with."""

from __future__ import annotations

from datetime import date

import pytest

from etl.records import Paragraph
from etl.transform.statements.metrics import find_metrics

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


def test_a_time_in_the_name_of_a_plan_is_not_that_of_the_figures():
    assert read("建设规划（2018—2023年）获批，线路长58公里。")["58公里"] == (None,) * 4


def test_a_part_is_not_of_the_time_of_its_whole():
    found = read("2018年成交503套，不足2016年成交的30%。")
    assert found["30%"][:2] == ("2018-01-01", "2018-12-31")


def test_what_happens_every_year_is_of_no_month():
    assert read("2018年7月，药品纳入目录，预计每年惠及6万人。")["6万人"] == (None,) * 4


def days_of(text, surface):
    """The days of one metric, as 2019-01-01/2019-01-31, and those it is compared with."""
    start, end, *baseline = read(text)[surface]
    return f"{start}/{end}", "/".join(map(str, baseline))


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        ("城镇化率为58.5%（2017）。", "58.5%", "2017-01-01/2017-12-31"),
        ("城镇化率为58.5%（2017年）。", "58.5%", "2017-01-01/2017-12-31"),
        ("2018年利润15亿元，上年同期为5亿元。", "5亿元", "2017-01-01/2017-12-31"),
        ("2018年利润15亿元，上年同期为5亿元，同比增长200%。", "200%", "2018-01-01/2018-12-31"),
        ("2018年融资6亿元，同比2017年7亿元下滑14%。", "7亿元", "2017-01-01/2017-12-31"),
        ("2018年融资6亿元，同比2017年7亿元下滑14%。", "14%", "2018-01-01/2018-12-31"),
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


def test_what_grew_since_the_beginning_of_a_year_is_compared_with_its_first_day():
    found = read("2018年12月，贷款余额5亿元，较年初增长30%。")
    assert found["30%"][2:] == ("2018-01-01", "2018-01-01")


def test_a_time_is_a_beginning_behind_the_name_of_what_was_signed():
    found = read("自2014年7月签署《共同建设某某协同发展示范区框架协议》以来，落户项目30个。")
    assert found["30个"][:2] == ("2014-07-01", None)


def test_multiples_and_growth_are_not_of_the_time_they_are_measured_from():
    found = read("2018年罚款5亿元，是2014年的4.8倍，在2007年的基础上增长30%。")
    assert found["4.8倍"][:2] == found["30%"][:2] == ("2018-01-01", "2018-12-31")
    assert found["30%"][2:] == ("2007-01-01", "2007-12-31")


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


def test_the_aims_for_a_year_are_told_in_the_next_sentence_too():
    found = read("根据规划，到2035年，功能区将全面建成。力争森林覆盖率达到55%；湿地率达到6%。")
    assert found["55%"][:2] == found["6%"][:2] == ("2035-01-01", "2035-12-31")


def test_shares_are_not_told_of_the_month_of_the_figures_before():
    before = "1月份出口477亿元，同比增长5%。"
    assert read(before + "科技股盘前普涨，甲股上涨30%。")["30%"][:2] == (None, None)
    assert read(before + "进口上涨30%。")["30%"][:2] == JANUARY


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


def test_basis_points_go_on_with_the_figures_before():
    assert read("1月份利率为5.66%。甲市利率仅下调2BP。")["2BP"][:2] == JANUARY


def test_that_month_is_the_one_just_named():
    found = read("2018年1月至11月，企业新增5家。12月当月，企业新增30家。")
    assert found["30家"][:2] == ("2018-12-01", "2018-12-31")
