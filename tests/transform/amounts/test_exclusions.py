"""What looks like a quantity and states none; the rules themselves are tested in tests/grammar."""

from __future__ import annotations

import pytest

from etl.transform.amounts.exclusions import find_idioms
from etl.transform.amounts.quantities import find_quantities


def reasons(text):
    return [quantity.reason for quantity in find_quantities(text)]


def metrics(text):
    return [text[q.start : q.end] for q in find_quantities(text) if q.reason is None]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("第一家企业", "ordinal"),
        ("二次创业", "ordinal"),
        ("一个重大战略", "article"),
        ("一朵花", "article"),
        ("零距离", "compound_word"),
        ("“五个圈层”建设", "quoted_name"),
        ("《九个故事》", "quoted_name"),
        ("‘四个结合’", "quoted_name"),
        ("2018年", "year"),
        ("PM2.5浓度", "particles"),
        ("4K电视", "latin_suffix"),
        ("十八大以来", "congress"),
        ("近三年", "recent"),
        ("7年多来", "time_frame_after"),
        ("数百家企业", "vague"),
        ("十分紧缺", "compound_word"),
        ("改革开放40年", "time_frame_before"),
        ("某省科创20条提出", "policy_items"),
        ("这两项可能引发风险", "pronoun"),
        ("打出“新春到，5天不打烊”的口号", "slogan"),
        ("百亿工程", "magnitude"),
        ("2018", "no_unit"),
    ],
)
def test_it_is_left_out_with_its_reason(text, reason):
    assert reasons(text)[0] == reason


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三十一人", ["三十一人"]),
        ("相距不到一公里", ["不到一公里"]),
        ("耽误近一个小时", ["近一个小时"]),
        ("十一个省", ["十一个"]),
        ("一万一千家", ["一万一千家"]),
        ("五十一岁", ["五十一岁"]),
        ("三家企业", ["三家"]),
        ("增长一倍", ["一倍"]),
        ("每亩一吨", ["一吨"]),
        ("一年半时间", ["一年半"]),
        ("3个股东", ["3个"]),
        ("地上三层", ["三层"]),
        ("5cm长", ["5cm"]),
        ("10KM", ["10KM"]),
        ("2万年轻人", ["2万"]),
        ("发布“科创”等5项", ["5项"]),
        ("十家企业", ["十家"]),
        ("GDP6.1%的增速", ["6.1%"]),
        ("甲、B两个赛道", ["两个"]),
        ("去化周期达到近19个月", ["近19个月"]),
        ("只用一周时间就办完", ["一周"]),
        ("历时近两个月时间", ["近两个月"]),
        ("经过4个多小时", ["4个多小时"]),
        ("治理滞后5年", ["5年"]),
        ("做一分钟的试验", ["一分钟"]),
    ],
)
def test_what_really_counts_is_kept(text, found):
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全国一盘棋，四通八达", ["一盘棋", "四通八达"]),
        ("五台山和六盘水", ["五台山", "六盘水"]),
        ("二十一线城市", []),
        ("万一千家", []),
        ("统一部署", ["统一"]),
        ("五个中心", []),
        ("", []),
    ],
)
def test_idioms_are_found_whole_and_not_inside_numbers(text, found):
    assert [span.of(text) for span in find_idioms(text)] == found
