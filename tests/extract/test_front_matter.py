"""Heads of documents: every notation, every way to break one, and what may not be run."""

from __future__ import annotations

import pytest

from etl.extract.front_matter import split_front_matter
from etl.extract.stacked import split_stacked


def head(block: str, fence: str = "---"):
    return split_front_matter(f"{fence}\n{block}\n{fence}\n正文\n")


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 题\ndate: 2019-02-30\ntags: [a, b]\n---\n正文",
        "\n \n---\ntitle: 题\ndate: 2019-02-30\ntags:\n- a\n- b\n...\n正文",
        "+++\ntitle = '题'\ndate = '2019-02-30'\ntags = ['a', 'b']\n+++\n正文",
        '{\n"title": "题", "date": "2019-02-30", "tags": ["a", "b"]}\n正文',
        ';;;\n{"title": "题", "date": "2019-02-30", "tags": ["a", "b"]}\n;;;\n正文',
    ],
    ids=["yaml", "blank-before", "toml", "json", "hexo-json"],
)
def test_every_notation_says_the_same(text):
    found = split_front_matter(text)
    assert found.values == {"title": "题", "date": "2019-02-30", "tags": ("a", "b")}
    assert (found.body, found.findings) == ("正文", ())


@pytest.mark.parametrize("end", ["\n", "---\n"])
def test_a_bare_head_ends_at_a_blank_line_or_a_fence(end):
    found = split_front_matter(f"Title: 题\nDate: 2014-01-22 22:35\nTags: a, b\n{end}正文")
    assert found.values == {"title": "题", "date": "2014-01-22 22:35", "tags": "a, b"}
    assert found.body == "正文"


@pytest.mark.parametrize(
    "text",
    [
        "标题：雄安新区\n来源：某某日报\n时间：2019-02-22\n\n正文",
        "---\n标题: 雄安新区\n来源: 某某日报\n时间: 2019-02-22\n---\n正文",
        '{"标题": "雄安新区", "来源": "某某日报", "时间": "2019-02-22", "正文": "正文"}',
    ],
    ids=["bare", "yaml", "json"],
)
def test_keys_may_be_chinese(text):
    found = split_front_matter(text)
    assert found.values == {"title": "雄安新区", "来源": "某某日报", "时间": "2019-02-22"}
    assert found.body == "正文"


@pytest.mark.parametrize(
    "text",
    [
        "标题：雄安\n　　正文\n",
        "正文",
        "---\n正文\n---\n正文",
        "Note: 正文\n\n正文",
        "---\n",
        "+++",
        "{",
        "{}\n正文",
        "[1]\n正文",
    ],
)
def test_what_is_no_head_stays_text(text):
    assert split_front_matter(text) == ({}, text, ())


@pytest.mark.parametrize(
    "value", ["2019-02-30", "None", "yes", "1.10", "0o17", "12:30:45", "~", "1e3"]
)
def test_values_keep_their_characters(value):
    assert head(f"title: {value}").values == {"title": value}


@pytest.mark.parametrize(
    "title",
    [
        "*瓣瓣同心*向阳开",
        "@所有人 雄安来了",
        "[组图] 雄安新区",
        "[组图]",
        "{雄安}",
        "&雄安",
        "!雄安 新区",
        "#雄安# 新区",
        "雄安 #1",
        "%雄安",
        "`雄安`",
        "雄安: 未来之城",
        "雄安：未来之城",
        "- 雄安",
        "? 雄安",
        "|雄安",
        "> 雄安",
        "雄安\t新区",
        '"雄安"新区',
    ],
)
def test_titles_keep_the_characters_that_yaml_would_take(title):
    found = head(f"title: {title}\nauthor: 张三")
    assert found.values == {"title": title, "author": "张三"}


def test_a_broken_field_does_not_cost_the_others():
    found = head(
        "title: '雄安新区'\nauthor: None\ndate: 楼盘价格 : \ntags:\n  - a\n  - b\ncategories: "
    )
    assert found.values == {
        "title": "雄安新区",
        "author": "None",
        "date": "楼盘价格 :",
        "tags": ("a", "b"),
        "categories": "",
    }
    assert codes(found) == ["front_matter_salvaged"]
    assert "line 3" in found.findings[0].detail


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: 题\ndate: 2019\n\n正文", "---\ntitle: 题\n---\ndate: 2019\ntitle: 题\n\n正文"],
    ids=["never-closed", "written-twice"],
)
def test_a_head_that_is_not_fenced_rightly_is_still_one(text):
    found = split_front_matter(text)
    assert (found.values, found.body) == ({"title": "题", "date": "2019"}, "正文")
    assert codes(found) == ["front_matter_salvaged"]


def test_nested_values_are_flat_and_keys_in_lower_case():
    found = head("Title: 题\nSEO:\n  Title: 别题\nauthors:\n- name: 张三\n- name: 李四")
    assert found.values == {
        "title": "题",
        "seo.title": "别题",
        "authors.name": ("张三", "李四"),
    }


def test_toml_dates_stay_as_written():
    found = head("title = '题'\ndate = 2019-02-22T07:31:00+08:00\ndraft = false\nn = 1_000", "+++")
    assert found.values == {
        "title": "题",
        "date": "2019-02-22T07:31:00+08:00",
        "draft": "false",
        "n": "1_000",
    }


def test_a_yaml_bomb_stays_as_small_as_it_is_written():
    bomb = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))
    found = head(f"title: 题\na0: &a0 [x]\n{bomb}")
    assert found.values["title"] == "题"
    assert sum(len(value) for value in found.values.values()) < 1_000
    assert codes(found)


def test_a_tag_runs_nothing(tmp_path):
    found = head(f"title: 题\nx: !!python/object/apply:os.mkdir ['{tmp_path}/made']")
    assert found.values == {"title": "题", "x": (f"{tmp_path}/made",)}
    assert codes(found) == ["front_matter_limited"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("block", ["x: " + "[" * 5_000, "x: " + "{a: " * 5_000, "? " * 50 + "x"])
def test_nesting_costs_nothing(block):
    found = head(f"title: 题\n{block}")
    assert found.values["title"] == "题"
    assert codes(found)


@pytest.mark.parametrize("text", ['{"a":' * 50_000, "[" * 50_000, '{"a": "\\ud800"}\n正文'])
def test_json_of_any_shape_is_read_or_left(text):
    found = split_front_matter(text)
    assert all(value.encode() == b"" for value in found.values.values())


def test_each_document_of_a_stack_begins_with_its_head():
    one, two = "---\ntitle: a\n---\n一\n---\n二\n", "---\ndate: 1\ntitle: b\n---\n三\n"
    assert split_stacked(f"\n{one}{two}{one}") == [f"\n{one}", two, one]


@pytest.mark.parametrize(
    "text",
    [
        "正文\n---\ntitle: a\n---\n正文",
        "---\ntitle: a\n---\n正文\n```\n---\ntitle: b\n---\n```\n正文",
        "---\ntitle: a\n---\n正文\n---\nNote: b\n---\n正文",
        "",
    ],
    ids=["head-in-the-middle", "example-in-code", "no-title", "nothing"],
)
def test_what_is_no_stack_stays_whole(text):
    assert split_stacked(text) == [text]
