import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.records import Paragraph
from etl.transform.attribution.credits import RULES, credit_kind, find_credits


@pytest.mark.parametrize(
    ("kind", "example"), [(rule.kind, example) for rule in RULES for example in rule.examples]
)
def test_each_example_is_of_its_rule_s_kind(kind, example):
    assert credit_kind(example) == kind


@pytest.mark.parametrize(
    ("kind", "text"), [(rule.kind, text) for rule in RULES for text in rule.counterexamples]
)
def test_no_counterexample_is(kind, text):
    assert credit_kind(text) != kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("新华社记者王小明、李然、陈晓东", "byline"),
        ("王小明 江海大学城市研究院特约研究员", "byline"),
        ("王小明", "byline"),
        ("（本报记者 王 明采访整理）", "byline"),
        ("据江海日报客户端丨记者王小明 通讯员李然", "byline"),
        ("（新华社北京10月15日电 王小明参与采写）", "dateline"),
        ("第一财经", "source"),
        ("发布时间：2019-02-22 07:31 来源：新华网", "source"),
        ("2019-02-22 07:31 来源：新华网", "source"),
        ("2019年2月22日", None),
        ("□ 王小明", "byline"),
        ("记者：王小明 编辑：李然", "byline"),
        ("编辑：李然 记者：王小明", "editor"),
        ("本报评论员", "byline"),
        ("新华社记者 王小明 摄", None),
        ("记者手记", None),
        ("建好算力中心平台", None),
        ("核心阅读", None),
        ("编辑部设在北京。", None),
        ("一", None),
        ("", None),
    ],
)
def test_a_block_that_only_credits_is_told_from_the_rest(text, kind):
    assert credit_kind(text) == kind


def people(role, front_matter, *paragraphs):
    numbered = [Paragraph(n, kind, text) for n, (kind, text) in enumerate(paragraphs, 1)]
    found = find_credits(front_matter, numbered)
    return [person.name for person in found.contributors if person.role == role]


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        ("byline", "本报记者 王小明", ["王小明"]),
        ("byline", "王小明", ["王小明"]),
        ("byline", "（基金观察 王小明）", ["王小明"]),
        ("body", "本报讯（记者王小明）雄安新区近日开工。", ["王小明"]),
        ("body", "本报北京2月25日电（王小明、李然）近日", ["王小明", "李然"]),
        ("body", "本报江海讯（新江海·江海日报记者 王小明 通讯员 李然）近日", ["王小明", "李然"]),
        ("body", "（记者王小明）18日晚，颁奖典礼举行。", ["王小明"]),
        ("body", "必将开创新辉煌。（本报记者 王小明）", ["王小明"]),
        ("body", "（参与记者：王小明、李然）", ["王小明", "李然"]),
        ("dateline", "（新华社北京10月15日电 王小明、李然参与采写）", ["王小明", "李然"]),
        ("body", "记者从会上获悉，项目已开工。", []),
        ("body", "《纲要》（以下简称《规划》）", []),
        ("boilerplate", "本报记者 王小明", []),
    ],
)
def test_authors_are_found_wherever_papers_name_them(kind, text, names):
    assert people("author", {}, (kind, text)) == names


def test_who_took_part_is_no_author_where_others_are_named():
    lines = (("byline", "新华社记者王小明"), ("body", "新辉煌。（参与记者：李然、陈晓东）"))
    assert people("author", {}, *lines) == ["王小明"]


def test_a_bare_name_far_down_is_no_byline():
    lines = [("body", "正文")] * 20
    assert people("author", {}, *lines, ("byline", "王小明 江海日报社主任")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[责编：王小明]", ["王小明"]),
        ("[责任编辑：王小明、李然]", ["王小明", "李然"]),
        ("责编：王小明（实习生）", ["王小明"]),
        ("编辑：王小明 校对：李然", ["王小明"]),
        ("编辑/王小明", ["王小明"]),
        ("[责任编辑：苪晓东]", ["苪晓东"]),
        ("版式设计：王小明", []),
        ("制图：王 明", []),
    ],
)
def test_editors_are_those_who_edited(text, names):
    assert people("editor", {}, ("editor", text)) == names


def test_one_line_may_credit_everybody():
    line = ("editor", "编辑：李然 记者：王小明 摄影：陈晓东 校对：张伟")
    assert [people(role, {}, line) for role in ("author", "editor", "photographer")] == [
        ["王小明"],
        ["李然"],
        ["陈晓东"],
    ]


def test_photographers_stand_in_captions_and_bylines():
    lines = (("caption", "雄安站（7月1日摄）。新华社记者 王 明 摄"), ("byline", "文、图/李然"))
    assert people("photographer", {}, *lines) == ["李然", "王明"]


def test_the_front_matter_names_authors_and_editors():
    front_matter = {"author": ("王小明", "None"), "责编": "李然"}
    assert people("author", front_matter) == ["王小明"]
    assert people("editor", front_matter) == ["李然"]


@pytest.mark.parametrize("author", ["None", "admin", "ZAKER", "新华社", "佚名", ""])
def test_nobody_sites_and_media_are_no_people(author):
    assert people("author", {"author": author}) == []


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("headline", "新华社北京10月19日电 题：新篇章", "北京"),
        ("byline", "本报记者 王小明长沙报道", "长沙"),
        ("dateline", "（本报约翰内斯堡2月19日电）", "约翰内斯堡"),
        ("body", "新华社电（记者王小明）在陕西", None),
    ],
)
def test_the_place_is_where_the_article_was_written(kind, text, place):
    assert find_credits({}, [Paragraph(1, kind, text)]).dateline_place == place


@pytest.mark.parametrize(("kind", "text"), [("byline", "最相关"), ("editor", "责任编辑：NF012")])
def test_an_unread_credit_is_a_finding(kind, text):
    findings = find_credits({}, [Paragraph(1, kind, text)]).findings
    assert [(finding.code, finding.detail) for finding in findings] == [("credit_unparsed", text)]


def test_a_source_without_a_letter_is_no_publisher():
    assert find_credits({"source": "·"}, []).publisher is None


KINDS = ("headline", "body", "byline", "editor", "source", "dateline", "caption", "boilerplate")


@given(
    st.dictionaries(st.sampled_from(("author", "source", "editor", "site")), st.text(max_size=50)),
    st.lists(st.tuples(st.sampled_from(KINDS), st.text(max_size=300)), max_size=6),
)
def test_no_article_is_too_strange(front_matter, lines):
    paragraphs = [Paragraph(n, kind, text) for n, (kind, text) in enumerate(lines, 1)]
    found = find_credits(front_matter, paragraphs)
    assert all(person.name.strip() for person in found.contributors)
    assert found.publisher != ""
