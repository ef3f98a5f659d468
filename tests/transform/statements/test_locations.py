"""Which places a quantity is about, within its paragraph and across paragraphs."""

from __future__ import annotations

import pytest
from statements import regions_of

from etl.records import Paragraph
from etl.transform.places.regions import find_places
from etl.transform.statements.metrics import find_metrics


def test_places_that_are_known_are_not_looked_for_again():
    paragraph = Paragraph(7, "body", "承德市共有5家企业。")
    places = {7: tuple(find_places(paragraph.text))}
    assert find_metrics([paragraph], None, "", places) == find_metrics([paragraph], None)
    bare, _ = find_metrics([paragraph], None, "", {7: ()})
    assert bare[0].regions == ()


def test_the_heading_of_a_chronicle_gives_its_place_to_what_names_none():
    kinds = {"2018年济南市——": "heading", "10.8万": "heading", "城市治理": "heading"}
    texts = ["2018年济南市——", "10.8万", "从业人员10.8万人。", "北京5家。", "城市治理", "共6家。"]
    paragraphs = [Paragraph(n, kinds.get(text, "body"), text) for n, text in enumerate(texts, 1)]
    regions = [
        (m.surface, [r.surface for r in m.regions]) for m in find_metrics(paragraphs, None)[0]
    ]
    assert regions[-3:] == [("10.8万人", ["济南市"]), ("5家", ["北京"]), ("6家", [])]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("今年长沙公车将用电动车", ["长沙"]),
        ("廊坊在京津冀协同发展中抓项目 为转型增添后劲", ["廊坊"]),
        ("发改委：河北投资增长", ["河北"]),
        ("“科幻之旅”青岛开启", []),
        ("论坛在杭州举行", []),
        ("天津、河北携手", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_headline_that_begins_with_a_place_is_about_it(headline, expected):
    metrics, _ = find_metrics([Paragraph(1, "body", "共有5家。")], None, headline)
    assert [r.surface for r in metrics[0].regions] == expected


def test_values_listed_for_places_are_shared_out_where_their_numbers_agree():
    shared = "上海、广州、深圳平均利率分别为5.09%、5.55%、5.57%。"
    assert regions_of(shared) == [["上海"], ["广州"], ["深圳"]]
    assert regions_of("上海、广州、深圳分别增加5家、6家。") == [["上海", "广州", "深圳"]] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海持平；31个二线城市由升转降，下降0.1%。", [[], []]),
        ("上海持平，三四线市场走弱，下降0.1%。", [[]]),
        ("苏南地区降雨5毫米，其他地区2毫米。", [["苏南地区"], []]),
        ("上海比二线城市好，增长5%。", [["上海"]]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_clause_that_turns_to_other_places_ends_what_was_told_of_the_last(text, expected):
    assert regions_of(text) == expected


@pytest.mark.parametrize(
    "text", ["她在厂里培训300人次。", "以骨科为例，手术占70%。", "“去年我攒下5万元。”"]
)
def test_what_a_person_did_and_what_holds_anywhere_is_of_no_place(text):
    assert regions_of("张女士在承德市工作。", text) == [[]]


def test_a_share_listed_for_each_place_is_of_that_place_and_of_no_whole():
    text = "长三角占比44%、环渤海3%、京津冀占比2%。"
    assert regions_of(text) == [["长三角"], ["环渤海"], ["京津冀"]]
    assert regions_of("广州增加5家，全国占比达到3%。") == [["广州"], ["广州"]]


def test_what_two_places_do_together_is_of_both():
    text = "唐山市已实施与京津合作项目392项，投资5亿元。"
    assert regions_of(text) == [["唐山市", "京津"]] * 2
    assert regions_of("唐山市与天津相邻，投资5亿元。") == [["唐山市", "天津"]]


def test_a_share_of_a_place_is_told_of_the_place():
    assert regions_of("服务家庭35万户，占济南市场的60%。")[-1] == ["济南"]
    assert regions_of("广州增加5家，约占西安的一半。") == [["广州"], ["广州", "西安"]]
    assert regions_of("广州增加5家，占广东的一半。") == [["广州"], ["广州"]]
    assert regions_of("杭州增长快，仅次于上海，增加5家。") == [["杭州"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("论坛由浙江省人民政府主办，来自19个国家的嘉宾参加。", []),
        ("中国高铁最高时速420公里。", ["中国"]),
        ("北京在天津投资5亿元。", ["北京", "天津"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_place_is_where_the_thing_is_and_not_who_does_it(text, expected):
    assert regions_of(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江西赣州加快建设粤港澳大湾区后花园，引进企业80家。", [["江西赣州"]]),
        ("江西企业在广东建厂，投资增长9%。", [["广东"]]),
        ("东北地区的锦州市领跌，跌幅为3.7%。", [["锦州市"]]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_goes_on_is_told_of_the_subject_of_the_clause_before(text, expected):
    assert regions_of(text) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("去年，承德市修订了目录。", ["承德市"]),
        ("记者来到位于承德市的工厂。", ["承德市"]),
        ("垃圾从张家口运至承德市倾倒。", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_topic_of_the_sentence_before_is_the_place_of_the_next(before, expected):
    assert regions_of(before + "企业有5家。") == [expected]


def test_figures_that_go_on_are_for_the_place_of_those_before():
    found = regions_of("天津市投资增长15%。", "制造业投资增长35%。", "企业有5家。")
    assert found == [["天津市"], ["天津市"], []]


def test_places_in_parentheses_count_only_beside_a_figure_of_their_own():
    assert regions_of("珠三角城市（惠州、江门、肇庆）累计充电31次。") == [["珠三角"]]
    assert regions_of("两地（佛山5家、东莞6家）共11家。")[:2] == [["佛山"], ["东莞"]]


def test_who_comes_from_many_countries_is_of_no_one_place():
    text = "论坛在浙江省举行，来自23个国家和地区的400名嘉宾出席，覆盖全球180多个国家。"
    assert regions_of(text) == [[], [], ["全球"]]


def test_kinds_of_cities_take_no_city_named_before():
    text = "深圳房价下降0.3%。31个二线城市环比上涨0.7%，涨幅回落0.1个百分点。"
    assert regions_of(text) == [["深圳"], [], [], []]
    assert regions_of("上海持平；31个二线城市下降0.1%。") == [[], []]


def test_the_label_of_a_figure_in_parentheses_is_its_place():
    text = "其中山东临朐（386毫米）和浙江宁波（383毫米）降水最多。"
    assert regions_of(text) == [["山东临朐"], ["浙江宁波"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("美国在全球进口了830万辆汽车。", [["美国"]]),
        ("大理、锦州房价领涨全国，分别上涨2%、1.8%。", [["大理"], ["锦州"]]),
        ("2016年湖南地区生产总值增长6.9%。", [["湖南"]]),
        ("世界水稻平均每公顷产4吨，世界上一半人口吃米。", [["世界"]] * 2),
        ("世界首座特高压工程有5家参与。", [[]]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_whole_gives_way_to_its_part(text, expected):
    assert regions_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("集团将投资46亿元，在江西省赣州市建设生产线。", [["江西省赣州市"]]),
        ("今年建造30所学校，涉及江西和贵州的6个县。", [["江西", "贵州"]] * 2),
        ("按照每年40万人计算，西安人口增长很快。", [["西安"]]),
        ("全长7公里的中轴线，是北京的脊梁。", [["北京"]]),
        ("投资46亿元，赣江两岸建起新城。", [[]]),
        ("共有42台剧目，上海原创8台。", [[], ["上海"]]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_next_clause_says_where_unless_it_has_figures_of_its_own(text, expected):
    assert regions_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广西对香港出口18亿元。", [["广西", "香港"]]),
        ("去年，云南外贸增长，对东盟进出口9亿元，增长6%。", [["云南", "东盟"]] * 2),
        ("对美国出口18亿元。", [["美国"]]),
        ("上海市发布报告，对全国的5家企业作出评价。", [["全国"]]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_trade_with_a_place_is_of_both(text, expected):
    assert regions_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("承德市距北京230公里，面积3.9万平方公里。", [["承德市", "北京"], ["承德市"]]),
        ("保定位于北京西南方向，人口900万。", [["保定"]]),
        ("从天津坐高铁到北京只需30分钟。", [["天津", "北京"]]),
        ("小区距离北京40公里。", [["北京"]]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_distance_is_of_both_ends_and_what_follows_of_the_first_alone(text, expected):
    assert regions_of(text) == expected


def test_a_river_has_no_figures_but_those_beside_it():
    assert regions_of("长江水质稳定，森林覆盖率达到55%。") == [[]]
    assert regions_of("长江全长6300公里。") == [["长江"]]
    assert regions_of("天津港提速，通关时间缩短到2小时。") == [["天津港"]]


def test_a_place_that_is_compared_with_has_its_own_figure():
    assert regions_of("中国约为22次，远低于韩国的229次。") == [["中国"], ["韩国"]]


def test_an_age_or_a_duration_takes_no_place_from_the_sentence_before():
    assert regions_of("论坛在杭州举行。他今年85岁。") == [[]]
    assert regions_of("法院在杭州开庭。他被判3年。") == [[]]
    assert regions_of("天津市空气好转。优良天数达200天。") == [["天津市"]]


def test_the_place_of_the_headline_is_written_as_the_text_writes_it():
    texts = ["滨海新区新增企业5家。", "共引进6个。"]
    paragraphs = [Paragraph(index, "body", text) for index, text in enumerate(texts, 1)]
    metrics, _ = find_metrics(paragraphs, None, "天津滨海新区推进协同发展")
    assert [[r.surface for r in m.regions] for m in metrics] == [["滨海新区"], ["滨海新区"]]


def test_what_a_person_pays_tells_nothing_of_the_place_of_the_headline():
    texts = ["看病花了6万元。", "人均收入6万元。", "房租每平方米60元/平方米。", "投资6亿元。"]
    paragraphs = [Paragraph(index, "body", text) for index, text in enumerate(texts, 1)]
    metrics, _ = find_metrics(paragraphs, None, "北京推进改革")
    assert [bool(m.regions) for m in metrics] == [False, True, True, True]
