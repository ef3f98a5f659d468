import pytest

from etl.transform.attribution.agencies import (
    could_be_medium,
    is_medium,
    is_nobody,
    is_organisation,
    is_site,
    plain_name,
)


@pytest.mark.parametrize(
    "text", ["新华社", "西部晚报", "第一财经", "江海电视台", "新甘肃·甘肃日报"]
)
def test_a_medium_is_known_by_its_name_or_its_ending(text):
    assert is_medium(text)


@pytest.mark.parametrize(
    "text", ["ZAKER", "凤凰网", "好人好报", "超算中心平台", "今日要闻", "贺明", ""]
)
def test_other_lines_are_no_media(text):
    assert not is_medium(text)


@pytest.mark.parametrize("text", ["中安在线", "某某新闻", "龙视新闻联播", "千龙网", "ABC网"])
def test_where_a_medium_is_expected_less_is_enough(text):
    assert could_be_medium(text)


def test_sites_organisations_and_nobody_are_told_apart():
    assert is_site("zaker")
    assert is_organisation("某某县人民法院")
    assert not is_organisation("李部")
    assert all(is_nobody(text) for text in ("None", "admin", "佚名", "--", " "))
    assert plain_name("《光明日报》") == "光明日报"
