import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.attribution.names import is_name, parse_names


@pytest.mark.parametrize(
    "text", ["王小明", "李然", "欧阳洁", "后歆然", "胡婳然", "王 明", "诸葛明亮"]
)
def test_a_name_alone_is_known_by_surname_and_given_name(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "安全",
        "银行",
        "高科技",
        "房地产",
        "莫斯科",
        "马拉松",
        "相关资讯",
        "时间表",
        "于是乎",
        "王",
        "None",
        "王a",
        "",
    ],
)
def test_a_word_alone_is_no_name(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王小明", ("王小明",)),
        ("王小明、李然", ("王小明", "李然")),
        ("王小明 李然", ("王小明", "李然")),
        ("王 明 李小然", ("王明", "李小然")),
        ("周琳远  张  晗".replace("  ", " "), ("周琳远", "张晗")),
        ("王小明李然陈晓东", ("王小明", "李然", "陈晓东")),
        ("张恒程胜宗王平", ("张恒", "程胜宗", "王平")),
        ("欧阳洁司马南", ("欧阳洁", "司马南")),
        ("扎西央金、王小明", ("扎西央金", "王小明")),
        ("阿依古丽·买买提", ("阿依古丽·买买提",)),
        ("特雷莎·梅", ("特雷莎·梅",)),
        ("John Smith", ("John Smith",)),
        ("王小明，王小明", ("王小明",)),
    ],
)
def test_a_list_of_names_is_read_whole(text, names):
    assert parse_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "手记",
        "调查组",
        "湖北日报",
        "甘肃日报记者",
        "北京市教育委员会",
        "王小明从会上获悉",
        "新甘肃·甘肃日报记者",
        "None",
        "",
        "、",
    ],
)
def test_a_list_with_anything_else_in_it_names_nobody(text):
    assert parse_names(text) == ()


def test_a_rare_surname_is_believed_behind_a_label_or_in_a_list():
    assert parse_names("苪晓东") == ()
    assert parse_names("苪晓东", is_labelled=True) == ("苪晓东",)


@given(st.text(max_size=350))
def test_no_text_is_too_strange(text):
    assert all(name.strip() for name in parse_names(text))
    assert is_name(text) in (True, False)
