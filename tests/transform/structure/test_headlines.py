import pytest

from etl.records import Block
from etl.transform.structure.headlines import find_headlines

BODY = "雄安新区今年开工二十个项目，交通先行，生态向好。"


def blocks(*texts):
    """Blocks of text lines, each with the blank lines above it: "" is a blank line."""
    found, gap = [], 0
    for text in texts:
        if text:
            found.append(Block("paragraph", text, gap=gap))
        gap = 0 if text else gap + 1
    return found


def titled(title, *texts):
    return find_headlines({"title": title}, blocks(*texts))


@pytest.mark.parametrize(
    ("raw", "title", "kicker"),
    [
        ("唐山加快建设新型工业化基地_河北频道", "唐山加快建设新型工业化基地", None),
        ("会展业收入200亿元_海南频道_凤凰网", "会展业收入200亿元", None),
        ("想落户得先买房？积分落户有门道——房产济南", "想落户得先买房？积分落户有门道", None),
        ("评论：全力推动协同发展_河北频道", "全力推动协同发展", "评论"),
        ("港股复盘6张图丨恒指小幅收高", "恒指小幅收高", "港股复盘6张图"),
        ("【同心筑梦】唐山：聚京津资源_河北频道", "唐山：聚京津资源", "同心筑梦"),
        ("发改委：雄安转向实质性开工建设", "发改委：雄安转向实质性开工建设", None),
        ("坚定信心——在年会上致辞", "坚定信心——在年会上致辞", None),
        ("扁舟难泛海——泛海控股背后的渴", "扁舟难泛海——泛海控股背后的渴", None),
        ("原标题：今年长沙新增公车", "今年长沙新增公车", None),
        ("治理城市&#123;一&#125;", "治理城市{一}", None),
    ],
)
def test_a_title_is_freed_from_what_the_site_added(raw, title, kicker):
    found = titled(raw, BODY)
    assert (found.title, found.kicker) == (title, kicker)


def test_a_changed_title_leaves_its_raw_form_in_a_finding():
    found = titled("唐山建设新基地_河北频道", BODY)
    assert [(f.code, f.detail) for f in found.findings] == [
        ("title_cleaned", "唐山建设新基地_河北频道")
    ]
    assert titled("唐山建设新基地", BODY).findings == ()


def test_quotes_that_became_underscores_are_read_back_from_the_body():
    found = titled("_瓣瓣同心_向阳开——谱写新篇章", '今天推出《"瓣瓣同心"向阳开——谱写新篇章》。')
    assert found.title == '"瓣瓣同心"向阳开——谱写新篇章'
    assert [f.code for f in found.findings] == ["title_restored"]


def test_underscores_stay_where_the_body_does_not_have_the_title():
    assert titled("_瓣瓣同心_向阳开", BODY).title == "_瓣瓣同心_向阳开"


def test_the_title_repeated_in_the_body_is_a_headline():
    found = titled("唐山建设新基地", "原标题：唐山建设新基地", BODY, "唐山建设新基地")
    assert found.kinds == {0: "headline", 2: "headline"}


def test_a_headline_behind_a_dateline_is_a_headline():
    found = titled("唐山建设新基地", "新华社北京10月19日电 题：唐山建设新基地", BODY)
    assert found.kinds == {0: "headline"}


def test_another_original_title_above_the_headline_is_the_kicker():
    found = titled("去调转", "原标题：我省加快建设试验区", "去调转", "“三区一基地”建设巡礼②", BODY)
    assert found.kinds == {0: "kicker", 1: "headline", 2: "subtitle"}
    assert (found.kicker, found.subtitle) == ("我省加快建设试验区", "“三区一基地”建设巡礼②")


def test_another_original_title_alone_is_a_headline_with_a_finding():
    found = titled("湖北推出15条举措", "原标题：为民营经济撑起艳阳天", BODY)
    assert found.kinds == {0: "headline"}
    assert found.findings[0].code == "title_differs"


def test_the_first_line_may_say_the_title_in_other_words():
    line = "江西21个典型入选“五个200”名单，有你熟悉的吗？"
    found = titled("全国“五个200”名单江西21个典型入选", line + BODY, line, BODY)
    assert found.kinds == {1: "headline"}


def test_a_section_heading_like_the_title_is_no_headline():
    found = titled("一线城市去化压力犹存房企回归二线城市", BODY, "一线城市去化压力仍在", BODY)
    assert found.kinds == {}


def test_a_long_part_of_the_title_above_the_text_is_a_headline():
    found = titled("厦门海沧海关截获废旧电池31.4吨", BODY, "海沧海关截获废旧电池31.4吨", BODY)
    assert found.kinds == {1: "headline"}


def test_the_line_above_a_headline_in_other_words_is_the_kicker():
    above, line = "蒋某在全省会议上强调", "守正创新 谱写宣传思想工作新篇章"
    found = titled("蒋某强调谱写宣传思想工作新篇章", above, above + line + BODY, above, line, BODY)
    assert (found.kicker, found.kinds) == (above, {0: "kicker", 2: "kicker", 3: "headline"})


def test_an_original_title_may_stand_on_the_next_line():
    found = titled("湖北推出15条举措", "原标题：", "为民营经济撑起艳阳天", BODY)
    assert found.kinds == {0: "headline", 1: "headline"}
    assert found.findings[0].detail == "为民营经济撑起艳阳天"


def test_a_summary_that_begins_with_the_original_title_is_none():
    original = "原标题：为民营经济撑起艳阳天"
    found = titled(
        "湖北推出15条举措", original + "本报讯雄安新区今年开工二十个项目", original, BODY
    )
    assert found.kinds == {1: "headline"}


def test_a_bracketed_column_above_the_text_is_the_kicker():
    found = titled("彰显治理智慧", "【光明时评】", "杨慧", BODY)
    assert (found.kicker, found.kinds) == ("光明时评", {0: "kicker"})


@pytest.mark.parametrize(
    ("lines", "title", "kicker", "subtitle", "kinds"),
    [
        (["", "垃圾分类进了村", "", BODY], "垃圾分类进了村", None, None, ["headline"]),
        (
            ["返乡有资助", "这个寒假很温暖", "", BODY],
            "这个寒假很温暖",
            "返乡有资助",
            None,
            ["kicker", "headline"],
        ),
        (
            ["", "为人民抒怀", "——各地举办文化活动", BODY],
            "为人民抒怀",
            None,
            "——各地举办文化活动",
            ["headline", "subtitle"],
        ),
        (
            ["在北京慰问干部群众", "祝祖国繁荣吉祥", "有关同志陪同", BODY],
            "祝祖国繁荣吉祥",
            "在北京慰问干部群众",
            "有关同志陪同",
            ["kicker", "headline", "subtitle"],
        ),
        (
            ["京津冀协同发展——", "创造新标杆（辉煌历程）", "", BODY],
            "京津冀协同发展——创造新标杆",
            "辉煌历程",
            None,
            ["headline", "headline"],
        ),
        (["", "优化条例（草案）", "", BODY], "优化条例（草案）", None, None, ["headline"]),
        (["垃圾分类进了村", "", "", BODY], "垃圾分类进了村", None, None, ["headline"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_blank_lines_tell_the_lines_of_a_newspaper_head_apart(
    lines, title, kicker, subtitle, kinds
):
    found = find_headlines({}, blocks(*lines))
    assert (found.title, found.kicker, found.subtitle) == (title, kicker, subtitle)
    assert list(found.kinds.values()) == kinds


def test_a_column_beside_a_kicker_is_kept_as_a_finding():
    found = find_headlines({}, blocks("我国基建水平领先", "飞虹跨山河（产经观察）", "", BODY))
    assert found.kicker == "我国基建水平领先"
    assert [(f.code, f.detail) for f in found.findings] == [("column_label", "产经观察")]


@pytest.mark.parametrize("missing", ["", "None", "null"])
def test_without_a_title_the_first_sentence_stands_in(missing):
    found = titled(missing, "雄安开工。生态向好。")
    assert (found.title, found.kinds) == ("雄安开工。", {})
    assert [f.code for f in found.findings] == ["title_from_body"]


def test_a_heading_of_the_first_level_is_the_title():
    marked = [Block("heading", "唐山建设新基地_河北频道", level=1), *blocks(BODY)]
    found = find_headlines({}, marked)
    assert (found.title, found.kinds) == ("唐山建设新基地", {0: "headline"})


def test_without_known_blank_lines_the_first_line_is_the_title():
    found = find_headlines({}, blocks("中国人寿守护美好生活", "中国人寿概览", BODY))
    assert (found.title, found.subtitle, found.kinds) == (
        "中国人寿守护美好生活",
        None,
        {0: "headline"},
    )
    found = find_headlines({}, blocks("为人民抒怀", "——各地举办文化活动", BODY))
    assert found.subtitle == "——各地举办文化活动"


def test_nothing_has_no_title():
    found = find_headlines({}, [])
    assert (found.title, found.findings[0].code) == ("", "title_missing")
