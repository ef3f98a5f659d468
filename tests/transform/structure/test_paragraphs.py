import pytest

from etl.records import Block
from etl.transform.structure.paragraphs import to_paragraphs

TEXT = "雄安新区今年开工二十个项目，交通先行，生态向好。"
OTHER = "京津冀三地携手，共建共享。"


def read(*texts, head=None, is_page=False):
    blocks = [text if isinstance(text, Block) else Block("paragraph", text) for text in texts]
    return to_paragraphs(blocks, head or {}, is_page=is_page)


def kinds(*texts, **options):
    return [paragraph.kind for paragraph in read(*texts, **options)]


def test_paragraphs_are_numbered_and_stand_under_their_heading():
    found = read("雄安的春天", TEXT, "功能疏解：牵住“牛鼻子”", OTHER, head={0: "headline"})
    assert [(p.index, p.kind, p.section) for p in found] == [
        (1, "headline", None),
        (2, "body", None),
        (3, "heading", None),
        (4, "body", "功能疏解：牵住“牛鼻子”"),
    ]


def test_a_text_that_stood_before_is_a_repeat():
    assert [p.is_repeat for p in read(TEXT, OTHER, TEXT)] == [False, False, True]


def test_marked_up_headings_leave_other_lines_alone():
    marked = Block("heading", "交通", level=2)
    assert kinds(marked, TEXT, "感受巨变", OTHER) == ["heading", "body", "body", "body"]


def test_teasers_behind_the_article_are_boilerplate():
    teaser = Block("paragraph", OTHER, gap=2)
    assert kinds(TEXT, TEXT + OTHER, teaser, is_page=True)[2] == "boilerplate"
    assert kinds(TEXT, TEXT + OTHER, teaser)[2] == "body"


def test_lines_of_the_site_are_boilerplate():
    assert kinds(TEXT, "更多视频评论请扫描二维码", "标签：") == [
        "body",
        "boilerplate",
        "boilerplate",
    ]


def test_titles_of_others_among_the_lines_of_the_site_are_boilerplate():
    tail = ("[责任编辑：李某]", "风太大！多架飞机强行起飞", "播放数：1133929")
    assert kinds(TEXT, *tail, is_page=True)[2] == "boilerplate"
    assert kinds(TEXT, *tail[:2], is_page=True)[2] == "boilerplate"
    assert kinds(TEXT, tail[1], is_page=True)[1] == "body"


def test_bare_names_between_the_summary_and_the_article_are_a_byline():
    assert kinds(TEXT, "林小昭", TEXT, OTHER) == ["body", "byline", "body", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "这是雄安站（无人机照片）。新华社记者 牟宇 摄",
        "图为10月12日，研发分析人员在南开大学绿色化工研究院分析测试中心紧张有序地开展工作。",
        "新华社记者 姜克红摄",
    ],
)
def test_a_caption_is_a_caption_before_it_is_a_credit_or_text(text):
    assert kinds(TEXT, text) == ["body", "caption"]


def test_lists_tables_and_code_are_text():
    blocks = [Block(kind, "雄安站") for kind in ("list_item", "table", "code")]
    assert kinds(*blocks, TEXT) == ["body"] * 4


def test_nothing_has_no_paragraphs():
    assert read() == ()
