"""What a quantity measures, in the words of the text."""

from __future__ import annotations

import pytest

from etl.records import Paragraph
from etl.transform.statements.metrics import find_metrics


def indicators_of(text):
    metrics, _ = find_metrics([Paragraph(1, "body", text)], None)
    return [metric.indicator for metric in metrics]


def is_text(value):
    return value if isinstance(value, str) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近3000家一般制造业企业向外疏解。", ["一般制造业企业"]),
        ("设立5个民族文字版发表小说。", ["民族文字版"]),
        ("决定就30项商事登记事项实施通办。", ["商事登记事项"]),
        ("已有77个疫区按规定解除封锁。", ["疫区"]),
        ("建成86所含电脑、书库在内的乐园。", ["乐园"]),
        ("建造1所乡镇卫生院。", ["乡镇卫生院"]),
        ("契约设定了23个目标。", ["目标"]),
        ("涉及两省的6个县。", ["县"]),
        ("收购5家公司的股权。", ["公司"]),
        ("装进10个白色的大筐。", ["白色的大筐"]),
        ("调出3项督查激励措施。", ["督查激励措施"]),
        ("新建5个社区养老服务网点。", ["社区养老服务网点"]),
        ("办好8个国家级和省级开发区。", ["国家级和省级开发区"]),
        ("关停5家规模以上造纸企业。", ["规模以上造纸企业"]),
        ("发布5项更加简便的服务措施。", ["更加简便的服务措施"]),
        ("关注5个公众号。", ["公众号"]),
        ("那里有两块绿洲——草木茂盛。", ["绿洲"]),
        ("堆放在5个白色的仓库里。", ["白色的仓库"]),
        ("涉及江西5个乡、湖北4个乡。", ["乡", "乡"]),
        ("54岁的陈先生住进北京。", ["陈先生"]),
    ],
    ids=is_text,
)
def test_a_count_is_of_the_noun_behind_it(text, expected):
    assert indicators_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有97个城市出现重度污染，", ["城市出现重度污染"]),
        ("6位作家荣获文学奖。", ["作家荣获文学奖"]),
        ("9个乡镇没有卫生院的问题。", ["乡镇没有卫生院"]),
        ("9个行业的库存指数低于临界点。", ["行业的库存指数低于临界点"]),
        ("当天有5家商场停业。", ["商场停业"]),
        ("促成5个项目动工，", ["项目动工"]),
        ("当天有5家商场可以停车。", ["商场"]),
        ("5家商场停业，", ["商场"]),
    ],
    ids=is_text,
)
def test_those_of_whom_a_state_is_told_are_counted_with_it(text, expected):
    assert indicators_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("供应面积略低，共8万平方米。", ["供应面积"]),
        ("贫困发生率在下降，今年以来，从21%降至19%。", ["贫困发生率", "贫困发生率"]),
    ],
    ids=is_text,
)
def test_a_value_without_a_noun_is_of_the_subject_before_it(text, expected):
    assert indicators_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "他搬走的时候，产量为5万吨。",
        "包括设备的改进、人员的培训，产量为5万吨。",
        "努力推动旅游业发展，产量为5万吨。",
    ],
    ids=is_text,
)
def test_a_circumstance_is_no_subject(text):
    assert indicators_of(text) == ["产量"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公路通车里程为5万公里，其中山区3万公里。", ["公路通车里程", "山区里程"]),
        (
            "公路客流量5万人次、增长3%，其中大巴2万人次。",
            ["公路客流量", "公路客流量", "大巴客流量"],
        ),
        ("公路客流量同比增加5万人次、增长3%。", ["公路客流量", "公路客流量"]),
        ("盐场产量为5万吨，库存面积3万亩。", ["盐场产量", "库存面积"]),
        ("甲厂涨幅为5%，乙厂跌幅为3%。", ["甲厂涨幅", "乙厂跌幅"]),
    ],
    ids=is_text,
)
def test_a_part_is_measured_as_the_whole_before_it(text, expected):
    assert indicators_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一名六岁女童痊愈。", ["女童"]),
        ("47岁的罗小民因病住院。", ["罗小民"]),
        ("杨鼎新，年少成名，12岁入段。", ["杨鼎新"]),
        ("选出30位年龄在45岁以下的青年画家。", ["青年画家", "年龄"]),
        ("35岁的湖南司机李海涛停下车。", ["李海涛"]),
        ("26岁的“修车大王”李海涛停下车。", ["李海涛"]),
        ("乘客赵某（女，31岁）报了警。", ["赵某"]),
        ("赵某明（19岁，本地人）报了警。", ["赵某明"]),
    ],
    ids=is_text,
)
def test_an_age_is_of_a_person(text, expected):
    assert indicators_of(text)[-len(expected) :] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出口指数和进口指数分别为46%和45%，", ["出口指数", "进口指数"]),
        ("中、小型企业PMI为48%和49%。", ["中型企业PMI", "小型企业PMI"]),
        ("甲厂和乙厂共有工人500人。", ["工人"]),
        (
            "进口指数和出口指数分别为46%和45%，环比下降4和1个百分点。",
            ["进口指数", "出口指数", "进口指数", "出口指数"],
        ),
    ],
    ids=is_text,
)
def test_each_of_the_things_named_together_has_its_value(text, expected):
    assert indicators_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公路固定资产投资完成80亿元。", "公路固定资产投资"),
        ("会员数量首次突破5万人。", "会员数量"),
        ("订单数量同比翻升5%。", "订单数量"),
        ("就业率回升至53%。", "就业率"),
        ("租金目前约40元。", "租金"),
        ("《总则》共分为5章。", "《总则》"),
        ("甲港完成集装箱吞吐量5万吨。", "甲港集装箱吞吐量"),
        ("公告显示茶叶总产量为5万吨。", "茶叶总产量"),
        ("这意味着茶叶总产量达5万吨。", "茶叶总产量"),
        ("全年减少耕地占用面积20亩。", "耕地占用面积"),
        ("共建立村级服务站260个。", "村级服务站"),
        ("仓库面积现在有50平方米。", "仓库面积"),
        ("茶厂股价自2018年3月5日以来上涨8%。", "茶厂股价"),
        ("同期一般公共预算支出80亿元。", "一般公共预算支出"),
        ("该年份收购目标为5万吨。", "收购目标"),
    ],
    ids=is_text,
)
def test_words_that_link_a_thing_to_its_value_are_left_out(text, expected):
    assert indicators_of(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对巴西大豆出口量为12万吨。", "对巴西大豆出口量"),
        ("甲厂与乙厂产值差距为5万元。", "甲厂与乙厂产值差距"),
        ("玉米在粮食产量中占比达到40%。", "玉米在粮食产量中占比"),
        ("从家里到学校步行需要5分钟。", "从家里到学校步行"),
        ("国家重点实验室达到8家。", "国家重点实验室"),
        ("其他短期借款80亿元。", "其他短期借款"),
    ],
    ids=is_text,
)
def test_words_that_belong_to_the_name_are_kept(text, expected):
    assert indicators_of(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36个城市二手车成交量有所回升，同比增长9%。", ["城市", "二手车成交量"]),
        ("第2位产品为液晶面板，出口值为41亿元。", ["液晶面板出口值"]),
        ("新订单指数为56%，连续三个月位于50%以上的高位区间。", ["新订单指数", "新订单指数"]),
        ("约3个小时就能炼出铁水。", ["炼出铁水"]),
        ("从家里出发8分钟就可以走到海边了。", ["走到海边"]),
        ("骑车20分钟也能走到海边。", ["走到海边"]),
        ("试用期为5天，就目前看来够了。", ["试用期"]),
        ("亚洲项目21个，占比43%。", ["亚洲项目", "亚洲项目占比"]),
        ("安塞共有剪纸艺人300余人。", ["剪纸艺人"]),
        ("影片累计票房超过32亿元。", ["影片票房"]),
        ("收了13名正式徒弟。", ["正式徒弟"]),
        ("收到442.7万元的捐款。", ["捐款"]),
        ("生产了全国55%的钢铁、40%的水泥。", ["钢铁", "水泥"]),
        ("他们抬着三条20多米长的“彩带”。", ["“彩带”", "“彩带”"]),
        ("货物通关时间缩短到2小时。", ["货物通关时间"]),
        ("公司营业收入为50亿元，净利润为13亿元。", ["公司营业收入", "公司净利润"]),
        ("338个地级及以上城市达标。", ["地级及以上城市"]),
        ("资产负债率为64%。2015年末，这一数字只有58%。", ["资产负债率", "资产负债率"]),
        ("在北京23家、天津62家试点医疗机构结算。", ["试点医疗机构", "试点医疗机构"]),
        ("帮助28个县（市、区）受益。", ["县（市、区）"]),
        ("科技、文化等高精尖产业占比为40%。", ["高精尖产业占比"]),
        ("“三区三州”学生人数减少至2万人。", ["“三区三州”学生人数"]),
        ("推出了三款iPhone：新的和旧的。", ["iPhone"]),
        ("非标投资总额下滑20%。", ["非标投资总额"]),
        ("公司称，拟投资不低于人民币120亿元。", ["投资"]),
        ("有28人因拒不接受安检，被处罚。", ["因拒不接受安检"]),
    ],
    ids=is_text,
)
def test_only_what_is_measured_is_named(text, expected):
    assert indicators_of(text)[-len(expected) :] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海洋试点基金（OTP）总额度为5亿元。", ["海洋试点基金总额度"]),
        ("村（社区）活动中心有5个。", ["村活动中心"]),
        ("某日报成都电（记者王小明）茶叶总产量为5万吨。", ["茶叶总产量"]),
        ("《总则》修订稿（草案）章节总数为5章。", ["《总则》修订稿章节总数"]),
    ],
    ids=is_text,
)
def test_what_only_explains_in_brackets_is_no_part_of_the_name(text, expected):
    assert indicators_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("矿山（产能5万吨）停产。", ["矿山产能"]),
        ("收回了所发的贷款（约5亿元）。", ["所发的贷款"]),
        ("确立了“新增贷款中2/3投向农户”的目标。", ["新增贷款"]),
        (
            "大豆总产量为7万吨（进口总量6万吨），增长4万吨。",
            ["大豆总产量", "进口总量", "大豆总产量"],
        ),
    ],
    ids=is_text,
)
def test_brackets_end_what_is_said_in_them(text, expected):
    assert indicators_of(text) == expected


def test_a_share_listed_for_each_place_is_named_once_and_no_place_is_its_name():
    text = "公司装机总量896万吨，其中长三角区域占比44%、环渤海区域3%、京津冀区域占比2%。"
    assert indicators_of(text) == ["公司装机总量", *3 * ["公司装机总量占比"]]
    assert indicators_of("长三角占比44%、环渤海占比3%。") == ["占比", "占比"]
