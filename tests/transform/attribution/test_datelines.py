import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.grammar import read_table
from etl.records import Paragraph
from etl.transform.attribution.datelines import find_dateline, is_dateline, parse_dateline

TABLE = read_table("datelines")


@pytest.mark.parametrize("text", TABLE["examples"])
def test_each_example_is_a_dateline(text):
    assert parse_dateline(text) is not None


@pytest.mark.parametrize("text", TABLE["counterexamples"])
def test_no_counterexample_is_one(text):
    assert parse_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "agency", "place", "day"),
    [
        ("新华社北京10月19日电 题：新篇章", "新华社", "北京", (None, 10, 19)),
        ("本报烟台10月19日电（记者王小明）近日", "本报", "烟台", (None, 10, 19)),
        ("新华社泰国清迈2月16日电（记者王小明）", "新华社", "泰国清迈", (None, 2, 16)),
        ("新华社北京2019年2月22日电 近日", "新华社", "北京", (2019, 2, 22)),
        ("（本报约翰内斯堡2月19日电）", "本报", "约翰内斯堡", (None, 2, 19)),
        ("中新网10月19日电 近日", "中新网", None, (None, 10, 19)),
        ("江海网江海头条客户端讯（记者王小明）近日", "江海网", None, (None, None, None)),
        ("江海晚报、江海融媒讯(记者王小明)近日", "江海晚报", None, (None, None, None)),
        ("……人民群众。（新华社北京2月20日电）", "新华社", "北京", (None, 2, 20)),
    ],
)
def test_agency_place_and_day_are_read(text, agency, place, day):
    found = parse_dateline(text)
    assert (found.agency, found.place) == (agency, place)
    assert (found.year, found.month, found.day) == day


def test_only_what_stands_alone_is_a_paragraph_of_that_kind():
    assert is_dateline("（新华社北京10月15日电 王小明、李然参与采写）")
    assert not is_dateline("新华社北京10月19日电 题：新篇章")
    assert not is_dateline("（据新华社北京2月20日电）")


def test_the_first_dateline_of_the_article_counts_and_boilerplate_has_none():
    paragraphs = [
        Paragraph(1, "boilerplate", "江海网1月1日电 推荐"),
        Paragraph(2, "body", "本报北京2月25日电（记者王小明）近日"),
        Paragraph(3, "body", "新华社上海2月24日电 此前"),
    ]
    assert find_dateline(paragraphs).place == "北京"


@given(st.text(alphabet="新华社本报北京上海网讯电0123456789年月日（）【】、据记者 ", max_size=800))
def test_no_text_is_too_strange(text):
    found = parse_dateline(text)
    assert found is None or found.agency
