import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.attribution.signatures import (
    find_embedded,
    find_photographers,
    parse_author_line,
)


@pytest.mark.parametrize(
    "text",
    [
        "王小明",
        "□ 王小明",
        "（王小明）",
        "王小明 江海大学城市研究院特约研究员",
        "王 明 某某市社会科学院副院长",
    ],
)
def test_a_line_may_be_a_name_with_its_affiliation(text):
    assert parse_author_line(text)


@pytest.mark.parametrize(
    "text",
    ["安全", "沈阳", "吕梁", "王小明江海大学理事长", "江海大学 研究员", "王小明说，他是研究员"],
)
def test_other_lines_name_no_author(text):
    assert parse_author_line(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("公园的景色（9月1日摄，无人机照片）。新华社记者 王小明 摄", ("王小明",)),
        ("本报记者 王 明摄", ("王明",)),
        ("王小明 李 然摄影报道", ("王小明", "李然")),
        ("王小明摄（影像中国）", ("王小明",)),
        ("新华社记者 普布次仁摄", ("普布次仁",)),
        ("车站一景（2020年12月22日摄）", ()),
        ("这是7月1日拍摄", ()),
        ("", ()),
    ],
)
def test_photographers_stand_before_the_last_word(text, names):
    assert find_photographers(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（记者王小明）18日晚，颁奖典礼举行。", ["王小明"]),
        ("必将开创新辉煌。（本报记者 王小明、李然）", ["王小明", "李然"]),
        ("让患者过个好年。记者 王小明", ["王小明"]),
        ("仍高于平均水平。江海晨报/爱江海记者 王小明", ["王小明"]),
        ("(作者：王小明，本文转载自微信公众号“江海楼市”，本站已获授权)", ["王小明"]),
        ("他把消息告诉了记者。", []),
        ("“这么方便？”记者问。", []),
        ("（讲话全文见第三版）", []),
        ("", []),
    ],
)
def test_bylines_stand_at_the_edges_of_a_paragraph(text, names):
    assert [name for byline in find_embedded(text) for _, name in byline.people] == names


@given(st.text(alphabet="记者通讯员作者本报王小明李然、， （）。“”摄报道文/图：□ ", max_size=700))
def test_no_text_is_too_strange(text):
    assert all(name for byline in find_embedded(text) for _, name in byline.people)
    assert all(find_photographers(text))
    assert parse_author_line(text) is None or parse_author_line(text).people
