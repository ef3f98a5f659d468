from etl.transform.front_matter import (
    find_labels,
    find_thumbnail,
    find_title,
    find_unknown_keys,
    find_url,
)


def test_a_title_of_several_lines_is_one():
    assert find_title({"title": ("功在千秋", "利在当代")}) == "功在千秋 利在当代"
    assert find_title({"title": "无标题"}) is None


def test_labels_come_from_lists_and_from_separated_text():
    found = find_labels({"categories": ("新媒体", "ZAKER"), "tags": "雄安，交通; 雄安"})
    assert [(label.kind, label.label) for label in found] == [
        ("category", "新媒体"),
        ("category", "ZAKER"),
        ("tag", "雄安"),
        ("tag", "交通"),
    ]


def test_placeholders_are_no_labels():
    assert list(find_labels({"categories": ("None", ""), "tags": "null"})) == []


def test_the_first_stated_address_counts():
    assert find_url({"url": "None", "link": "http://a.cn/1"}) == "http://a.cn/1"
    assert find_thumbnail({"headimg": "http://a.cn/1.jpg", "thumbnail": ""}) == "http://a.cn/1.jpg"


def test_a_list_under_an_unknown_key_is_kept_whole():
    assert [f.detail for f in find_unknown_keys({"mood": ("a", "b")})] == ["mood: a, b"]


def test_keys_of_dates_and_credits_are_known():
    assert (
        list(find_unknown_keys({"pubdate": "2019", "source": "新华社", "comments": "false"})) == []
    )
