import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.attribution.bylines import find_people, parse_byline, parse_people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("本报记者 王小明", "author 王小明"),
        ("新华社记者王小明、李然、陈晓东", "author 王小明 author 李然 author 陈晓东"),
        ("（综合本报记者王小明、李然报道）", "author 王小明 author 李然"),
        ("（本报记者 王 明采访整理）", "author 王明"),
        ("文/本报记者 王小明 李然", "author 王小明 author 李然"),
        ("文/王小明", "author 王小明"),
        ("作者：王小明", "author 王小明"),
        ("□记者王小明李然陈晓东", "author 王小明 author 李然 author 陈晓东"),
        ("●江海日报记者王小明 通讯员 李然", "author 王小明 author 李然"),
        ("据江海日报客户端丨记者王小明 通讯员李然", "author 王小明 author 李然"),
        ("首席记者 王小明 实习生 李然", "author 王小明 author 李然"),
        ("文、图/王小明", "author 王小明 photographer 王小明"),
        ("□文/摄王小明记者李然", "author 王小明 photographer 王小明 author 李然"),
        ("（参与记者：王小明、李然）", "participant 王小明 participant 李然"),
        ("（实习记者王小明对本文亦有贡献）", "participant 王小明"),
        ("王小明/文 李然/摄", "author 王小明 photographer 李然"),
        ("撰文 | 王小明", "author 王小明"),
        ("全媒体记者王小明 通讯员穗教资宣", "author 王小明"),
        ("记者：王小明 编辑：李然 校对：陈晓东", "author 王小明 editor 李然"),
    ],
)
def test_a_byline_is_read_whole(text, people):
    found = parse_byline(text)
    assert " ".join(" ".join(person) for person in found.people) == people


@pytest.mark.parametrize(
    ("text", "medium", "place"),
    [
        ("江海晚报记者 王小明", "江海晚报", None),
        ("《中国某某周刊》记者王小明｜北京报道", "中国某某周刊", "北京"),
        ("闪电新闻记者 王小明 济南报道", "闪电新闻", "济南"),
        ("本报记者 王小明长沙报道", None, "长沙"),
        ("本报记者 王小明石家庄报道", None, "石家庄"),
        ("新江海·江海日报记者 王小明", "江海日报", None),
        ("本报记者 王小明报道", None, None),
    ],
)
def test_medium_and_place_are_kept_apart_from_the_name(text, medium, place):
    found = parse_byline(text)
    assert found.people == (("author", "王小明"),)
    assert (found.medium, found.place) == (medium, place)


@pytest.mark.parametrize(
    "text",
    [
        "记者手记",
        "记者调查",
        "记者从会上获悉，项目已开工。",
        "记者走访、调查",
        "记者：谢谢您接受采访",
        "本报记者在现场看到",
        "新华社记者 王小明摄",
        "评论员文章",
        "作者单位：某大学",
        "王小明",
        "",
    ],
)
def test_what_is_no_byline_is_left_alone(text):
    assert parse_byline(text) is None


def test_a_bracket_behind_a_dateline_needs_no_label():
    assert parse_people("王小明、李然").people == (("author", "王小明"), ("author", "李然"))
    assert parse_people("以下简称《纲要》") is None
    assert parse_people("") is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("来源：新华社 作者：王小明 编辑：李然", [("author", "王小明"), ("editor", "李然")]),
        ("作者丨王小明 编辑丨李然", [("author", "王小明"), ("editor", "李然")]),
        ("记者 | 王小明 编辑 | 李 然", [("author", "王小明"), ("editor", "李然")]),
        ("责任编辑：王小明 PB012", [("editor", "王小明")]),
        ("监制：王小明 编审：李然 编辑：陈晓东", [("editor", "陈晓东")]),
        ("数据来源：某某市统计局", []),
    ],
)
def test_labelled_people_are_found_in_any_credit_line(text, people):
    assert list(find_people(text)) == people


def test_the_view_of_the_paper_itself_is_a_byline_without_a_name():
    assert parse_byline("本报评论员").people == ()
    assert parse_byline("新华社评论员").medium == "新华社"


@given(
    st.text(
        alphabet="记者通讯员本报新华社王小明李然、， （）摄报道文/图：参与采写北京", max_size=700
    )
)
def test_no_line_is_too_strange(text):
    for parse in (parse_byline, parse_people):
        found = parse(text)
        assert found is None or all(name for _, name in found.people)
    assert all(name for _, name in find_people(text))
