"""Which places a text points at, and which it only has in a name."""

from __future__ import annotations

import pytest
from statements import regions_of

from etl.records import Paragraph
from etl.transform.places.regions import find_places
from etl.transform.statements.metrics import find_metrics
from etl.transform.statements.spots import Seen, find_spots


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["张家口市举办展会。", "该市投资增长5%。"], [["张家口市"]]),
        (["张家口市举办展会，共5家参加。", "该市投资增长5%。"], [["张家口市"], ["张家口市"]]),
        (["张家口市办展。", "承德市办会。", "该市投资增长5%。"], [["承德市"]]),
        (["该市投资增长5%。", "张家口市举办展会。"], [[]]),
        (["河北省举办展会。", "该市投资增长5%。", "全省增长6%。"], [[], ["河北省"]]),
        (["唐山市开会。", "唐山港扩建。", "全市增长6%。"], [["唐山市"]]),
        (["杭州市开会。", "江干区开会。", "该区投资增长6%。"], [["江干区"]]),
    ],
    ids=lambda value: "/".join(value) if isinstance(value[0], str) else None,
)
def test_a_pointer_means_the_last_place_of_its_level_named_before(texts, expected):
    assert regions_of(*texts) == expected


def test_a_village_goes_by_its_own_name_after_its_full_one():
    text = "张北县郝家营乡西高庙村和沽源县小厂镇大石砬村相邻，西高庙村有5户，大石砬村有6户。"
    spots = find_spots(text, list(find_places(text)), Seen()).items
    assert all(text[spot.start : spot.end] == spot.surface for spot in spots)
    assert regions_of(text) == [["西高庙村"], ["大石砬村"]]


def test_a_place_in_which_something_is_founded_counts_without_its_founder():
    text = "中国在法国开设17所学院，法国在中国设立15所学校。北京在津冀技术合同成交额超1600亿元。"
    assert regions_of(text) == [["法国"], ["中国"], ["北京", "津冀"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东亚银行已建成76所学校。", []),
        ("长城电工等5家公司涨停。", []),
        ("山东儿童医院有5名医生。", ["山东"]),
        ("来自农村的王西安教了5名徒弟。", []),
        ("家属告诉北京青年报记者，路上耽误一个小时。", []),
        ("中国中医科学院说，医院每年有5名医生。", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_nothing_is_told_of_the_place_in_the_name_of_a_company_or_person(text, expected):
    assert regions_of(text) == [expected]


def test_a_place_in_a_quoted_name_tells_of_no_place():
    assert regions_of("“三亚天域酒店资产支持计划”规模20亿元。") == [[]]
    assert regions_of("“三亚新增5家酒店。”") == [["三亚"]]


def test_provinces_are_listed_by_their_sides_in_a_forecast():
    text = "江淮大部、云南西部和南部、新疆东部等地气温偏高2℃。"
    assert regions_of(text) == [["江淮", "云南", "新疆"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2家厂入选全国百强，新增企业5家。", []),
        ("园区跻身国内领先水平，新增企业5家。", []),
        ("我国作为全球面板业的最大产地，产量占全球的50%。", ["我国"]),
        ("全国小汽车首次突破2亿辆。", ["全国"]),
        ("当前中国人口密度为5%。", ["中国"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_award_or_a_rank_among_all_tells_nothing_of_all(text, expected):
    assert regions_of(text)[-1] == expected


def test_all_of_the_city_is_the_city_of_the_headline_and_that_city_the_last_named():
    paragraphs = [Paragraph(1, "body", "北京市来访。"), Paragraph(2, "body", "全市5家，该市6家。")]
    metrics, _ = find_metrics(paragraphs, None, "天津推进改革")
    assert [[r.surface for r in m.regions] for m in metrics] == [["天津"], ["北京市"]]


def test_a_pointer_means_a_place_that_only_names_an_office_too():
    assert regions_of("据安徽省发改委公告，该省关闭煤矿30处。") == [["安徽省"]]


def test_a_pointer_to_nowhere_takes_no_other_place():
    assert regions_of("北京466万人口。全省新增商标24件。") == [["北京"], []]
    assert regions_of("北京466万人口。全市新增商标24件。") == [["北京"], ["北京"]]


def test_a_pointer_means_a_place_of_its_own_kind():
    text = ["杭州市西湖区和长治市沁源县开展活动。", "该区发文5件，该县6件，该市7件。"]
    assert regions_of(*text) == [["杭州市西湖区"], ["长治市沁源县"], []]


def test_a_title_of_the_whole_country_is_no_place():
    assert regions_of("贵州共有39个全国重点村、48家农家乐。") == [["贵州"]] * 2
    assert regions_of("贵州编制全国首个目录，两次修订目录。") == [["贵州"]]


def test_a_national_title_is_no_count_of_countries():
    assert regions_of("无锡全市聚集着4000多家国家高新技术企业。") == [["无锡"]]
