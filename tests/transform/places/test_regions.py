"""Places in running text: which are found, where they end, and which region they mean."""

import re

import pytest

from etl.transform.places.gazetteer import MEMBERS, REGIONS
from etl.transform.places.place_names import BOUNDARIES
from etl.transform.places.regions import find_places, find_places_together, join_chains

_MARKED = re.compile(r"\[([^\]]*)\]")


def surfaces(text):
    return [place.surface for place in find_places(text)]


def codes(text):
    return [place.region_code for place in find_places(text)]


@pytest.mark.parametrize("rule", BOUNDARIES, ids=lambda rule: rule.name)
def test_each_boundary_rule_reads_its_examples(rule):
    for example in rule.examples:
        assert surfaces(_MARKED.sub(r"\1", example)) == _MARKED.findall(example)
    for counterexample in rule.counterexamples:
        assert surfaces(counterexample) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("河北省张家口市张北县", ["130000", "130700", "130722"]),
        ("河南省郑州市管城回族区", ["410000", "410100", "410104"]),
        ("甘肃省陇南市武都区", ["620000", "621200", "621202"]),
        ("京津冀协同发展", ["jing_jin_ji"]),
        ("雄安新区建设提速，雄安不变", ["xiongan", "xiongan"]),
        ("官厅水库和白洋淀", ["guanting_reservoir", "baiyang_lake"]),
        ("美国、日本与撒哈拉以南非洲", ["US", "JP", "sub_saharan_africa"]),
        (
            "2018年杭州市江干区和青岛胶南市",
            ["330100", "hangzhou_jianggan", "370200", "qingdao_jiaonan"],
        ),
        ("港珠澳大桥和蛇口", ["hzm_bridge", "shenzhen_shekou"]),
        ("1992年密云县撤县建区之前", ["110118"]),
        ("延边州的大米", ["222400"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_names_carry_the_code_of_their_region(text, found):
    assert codes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "京剧进校园",
        "津津有味",
        "隆重庆祝建党百年",
        "维护世界和平",
        "大兴调查研究之风",
        "大连接时代",
        "全国各地",
        "我省和该市",
        "记者东方摄",
    ],
)
def test_words_that_hold_a_name_are_no_places(text):
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北京朝阳一小区", ["110000", "110105"]),
        ("长春朝阳一小区", ["220100", "220104"]),
        ("东城、西城、朝阳、海淀四区", ["110101", "110102", "110105", "110108"]),
        ("江苏南通的通州", ["320000", "320600", "320612"]),
        ("通州率先完成", ["110112"]),
        ("承德避暑山庄", ["130800"]),
        ("石家庄与张家口：桥西、长安两区", ["130100", "130700"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_namesakes_are_told_apart_by_the_places_around_them(text, found):
    assert codes(text) == found


def test_a_common_word_is_a_place_where_its_full_name_is_told_too():
    assert codes("江门的开平市办展，开平均价上涨") == ["440700", "440783", "440783"]
    assert codes("江门办展，开平均价上涨") == ["440700"]
    assert surfaces("安徽明光市明光街道") == ["安徽", "明光市", "明光街道"]


def test_regions_named_elsewhere_in_the_document_decide_between_namesakes():
    assert codes("鼓楼区新建三所学校") == []
    _, (district,) = find_places_together(["南京市公布规划", "鼓楼区新建三所学校"])
    assert district.region_code == "320106"


def test_what_named_itself_behind_a_place_is_known_by_its_own_name_everywhere():
    texts = ["青禾工业园扩建", "泉州青禾工业园与张北县和安镇结对", "工业园", "和安镇有5家"]
    found = [[p.surface for p in places] for places in find_places_together(texts)]
    assert found == [["青禾工业园"], ["泉州", "青禾工业园", "张北县", "和安镇"], [], ["和安镇"]]
    assert all(
        text[p.start : p.end] == p.surface
        for text, places in zip(texts, find_places_together(texts), strict=True)
        for p in places
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("沪苏浙皖四地", ["沪苏浙皖"]),
        ("沪苏浙赣四地", ["沪", "苏", "浙", "赣"]),
        ("豫皖两省交界处", ["豫", "皖"]),
        ("在京企业", ["京"]),
        ("京、沪、穗与北、上、广、深", ["京", "沪", "穗", "北", "上", "广", "深"]),
        ("京、沪、广东", ["广东"]),
        ("北、上两个方向", []),
        ("京雄城际和京张、京沈等高铁", []),
        ("江苏浙江", ["江苏", "浙江"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_character_names_are_places_only_in_company(text, found):
    assert surfaces(text) == found


@pytest.mark.parametrize(
    ("text", "surface", "code"),
    [
        ("建设天津经济技术开发区", "天津经济技术开发区", "tianjin_teda"),
        ("桦南县明义乡三合村", "三合村", "230822"),
        ("陕西延川县文安驿镇", "文安驿镇", "610622"),
        ("雄安新区中关村科技园", "中关村科技园", "zhongguancun"),
        ("沿浏阳河的村庄", "浏阳河", "430181"),
        ("湖南湘江新区", "湘江新区", "430000"),
        ("在廊坊高新技术产业开发区", "廊坊高新技术产业开发区", "131000"),
        ("漳州市台商投资区", "台商投资区", "350600"),
        ("雄安新区昝岗片区", "昝岗片区", "xiongan"),
        ("张北县郝家营乡", "郝家营乡", "130722"),
        ("燕山—太行山水源涵养区", "燕山—太行山水源涵养区", "CN"),
        ("京津廊生态过渡带", "京津廊生态过渡带", "jing_jin_ji"),
        ("泉州青禾工业园", "青禾工业园", "350500"),
        ("沽源县和安镇", "和安镇", "130724"),
        ("沧州北原管理区", "北原管理区", "130900"),
        ("青海横县", "青海", "630000"),
        ("广西横县", "横县", "450181"),
        ("南通的海门市", "海门市", "320614"),
    ],
)
def test_areas_name_themselves_and_carry_the_region_that_contains_them(text, surface, code):
    place = [*find_places(text)][-1]
    assert (place.surface, place.region_code) == (surface, code)


@pytest.mark.parametrize(
    "text",
    [
        "通州区乡村振兴",
        "张北县各乡镇",
        "张北县和小镇",
        "张北县和乡镇",
        "北京天津滨海新区",
        "国家级示范区",
        "一个新的商务区",
    ],
)
def test_common_nouns_with_such_endings_name_nothing(text):
    assert all(place.is_exact for place in find_places(text))


def test_a_chain_becomes_one_place_of_the_smallest_region():
    (chain,) = join_chains(find_places("河北省张北县郝家营乡西高庙村"))
    assert (chain.start, chain.end, chain.region_code) == (0, 14, "130722")
    assert [p.surface for p in join_chains(find_places("河北廊坊、天津河北"))] == [
        "河北廊坊",
        "天津",
        "河北",
    ]


def test_every_place_is_the_slice_it_says():
    text = "新华社石家庄10月19日电 河北廊坊北三县、天津滨海新区与沧州渤海新区"
    places = [*find_places(text)]
    assert len(places) == 8
    assert all(text[p.start : p.end] == p.surface and p.region_code in REGIONS for p in places)


def test_parents_and_members_are_regions_themselves():
    assert {r.parent_code for r in REGIONS.values() if r.parent_code} <= REGIONS.keys()
    assert {code for members in MEMBERS.values() for code in members} <= REGIONS.keys()
    assert MEMBERS.keys() <= REGIONS.keys()


def test_division_codes_lie_in_their_parents():
    divisions = [r for r in REGIONS.values() if r.adcode]
    assert len(divisions) > 3200
    for region in divisions:
        if region.level != "province":
            assert region.region_code[:2] == region.parent_code[:2]


@pytest.mark.parametrize(
    "piece", ["自由贸易", "京津、", "北京", "北京市的", "燕山—", "张北县某", "和平、"], ids=str
)
def test_hostile_repetition_takes_no_longer_than_its_length(piece):
    text = "天津" + piece * 5_000
    assert next(iter(find_places(text))).surface == "天津"


def test_a_place_named_twice_in_a_row_is_no_chain():
    assert [p.surface for p in join_chains(find_places("石家庄石家庄加快建设"))] == ["石家庄"] * 2


@pytest.mark.parametrize("text", ["亿元以上海洋项目", "防控非洲猪瘟", "皇家马德里队"])
def test_a_word_that_only_holds_the_characters_of_a_place_is_none(text):
    assert codes(text) == []
