"""What kind of statement a quantity is."""

from __future__ import annotations

import pytest

from etl.records import Paragraph
from etl.transform.amounts.quantities import find_quantities
from etl.transform.phrases.measures import find_measure
from etl.transform.statements.metrics import find_metrics


@pytest.mark.parametrize(
    ("text", "measure", "direction"),
    [
        ("对美国（-3.5%）出口明显回落", "change", "decrease"),
        ("对东盟（4.3%）增速较为稳定", "change", "increase"),
        ("对东盟（4.3%）出口增速较为稳定", "change", "increase"),
        ("对东盟（4.3%）的贸易", "share", None),
        ("气温为-3℃", "level", None),
        ("人口增量高达729万", "change", "increase"),
        ("全省新增驰名商标24件", "change", "increase"),
        ("新增专利数量首次突破6万件", "level", None),
        ("超过466万人口增量", "change", "increase"),
        ("共减少贫困人口514万人", "change", "decrease"),
        ("央行下调准备金率1个百分点", "change", "decrease"),
        ("新增借款飙升到68亿元", "level", None),
        ("为减少污染的企业投入5亿元", "level", None),
        ("价格维持约3美元的降幅", "change", "decrease"),
        ("涨幅也只剩1%", "change", "increase"),
        ("较二季度下降均超过2.3百分点", "change", "decrease"),
        ("同比增运5亿吨", "change", "increase"),
        ("同比变动-5%至10%", "change", None),
        ("相当于基准利率1.1倍", "multiple", None),
        ("比去年多1项", "change", "increase"),
        ("较上个月同期少5家", "change", "decrease"),
        ("最多5家", "level", None),
        ("下雪的可能性为16%", "level", None),
        ("将水温调低3℃", "change", "decrease"),
    ],
)
def test_a_sign_or_a_noun_beside_it_tells_a_change(text, measure, direction):
    found = find_measure(text, next(find_quantities(text)), 0)
    assert (found.measure, found.direction) == (measure, direction)


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("新增企业65家，其中工业企业20家", ["change", "change"]),
        ("增长5%，其中线上占3%", ["change", "share"]),
        ("压减钢铁产能40吨、煤炭30吨、水泥5千瓦", ["change", "change", "change"]),
        ("占比达到50%，89家企业参加", ["share", "level"]),
        ("价格上涨5%，35个城市下降", ["change", "level"]),
        ("加价5%，500元以下的加价10%", ["share", "level", "share"]),
    ],
)
def test_what_is_told_of_one_value_is_told_of_its_like_only(text, measures):
    metrics, _ = find_metrics([Paragraph(1, "body", text)], None)
    assert [metric.measure for metric in metrics] == measures


@pytest.mark.parametrize(
    ("text", "is_cumulative"),
    [
        ("累计开行5列，运送3吨", [True, True]),
        ("累计20亿元，同比增长5%", [True, False]),
        ("累计增长5%", [True]),
        ("共计出让5幅，3幅位于甲区", [True, False]),
        ("各项政策合计减税5亿元", [True]),
        ("累计供应5宗，还需要3年时间", [True, False]),
        ("累计达37个小时", [True]),
    ],
)
def test_sums_and_rates_are_cumulative_in_their_own_clause_only(text, is_cumulative):
    metrics, _ = find_metrics([Paragraph(1, "body", text)], None)
    assert [metric.is_cumulative for metric in metrics] == is_cumulative


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("甲市房价涨幅最大为61%。", ["change"]),
        ("今年增速预计将放缓至2.5%。", ["change"]),
        ("占贷款增量的40%。", ["share"]),
        ("只有预期增速的一半。", ["share"]),
    ],
)
def test_what_is_measured_tells_a_change_but_its_part_is_a_share(text, measures):
    found, _ = find_metrics([Paragraph(1, "body", text)], None)
    assert [metric.measure for metric in found] == measures


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("每天跳绳300个、跑步15分钟、看书5页。", ["个/d", "min/d", "页/d"]),
        ("每天跳绳300个，跑步15分钟。", ["个/d", "min"]),
        ("每日派出3000名民警、800台警车。", ["名/d", "台/d"]),
        ("人均收入3万元、住房40平方米。", ["CNY/人", "m2"]),
        ("人均绿地由1985年的6.5平方米下降到了5.2平方米。", ["m2/人", "m2/人"]),
    ],
)
def test_what_is_listed_for_a_day_is_all_of_that_day(text, units):
    found, _ = find_metrics([Paragraph(1, "body", text)], None)
    assert [metric.unit for metric in found] == units
