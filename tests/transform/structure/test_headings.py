import pytest

from etl.records import Block
from etl.transform.structure.headings import find_headings

TEXT = "雄安新区今年开工二十个项目，交通先行，生态向好。"
OTHER = "京津冀三地携手，共建共享。"


def kinds(*texts, is_page=False):
    """The kinds that `find_headings` makes of body blocks."""
    blocks = [text if isinstance(text, Block) else Block("paragraph", text) for text in texts]
    headings = set(find_headings(blocks, ["body"] * len(blocks), is_page=is_page))
    return ["heading" if i in headings else "body" for i in range(len(blocks))]


@pytest.mark.parametrize(
    "line",
    [
        '重点领域"三大突破"深化"协同效应"',
        "凤凰展翅：轨道联网京津冀",
        "主动转，“转”出企业新天地——",
        "“讲出中国人民的创造力”",
        "1949年",
        "一、健全中医药服务体系",
        "感受巨变 情系家国",
    ],
)
def test_a_short_open_line_above_text_is_a_heading(line):
    assert kinds(TEXT, line, OTHER) == ["body", "heading", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "京津冀协同发展，习近平总书记深谋远虑。",
        "——一体化交通网络“连起来”，“1小时交通圈”越变越大。",
        "如今，重点领域“三大突破”已结出累累硕果：",
        "“师傅您好，请问这是汽车站吗？”",
        "——习近平",
        "5悬挂流苏",
        "■气候干旱尤其是高温天气持续对水电供应能力产生影响",
        "90%",
        "628个",
        "1632.6亿",
        "（上接第一版）",
        "，加强各重点功能区与新机场的联系",
        "去年9月底获批的《南沙",
        "个股方面，今日涨停股票不足20只，其中",
    ],
)
def test_a_short_paragraph_of_the_text_is_body(line):
    assert kinds(TEXT, line, OTHER) == ["body", "body", "body"]


def test_two_open_lines_are_headings_and_three_are_a_list():
    assert kinds(TEXT, "莫斯科", "联欢贺新年", OTHER)[1:3] == ["heading", "heading"]
    assert kinds(TEXT, "雄安容东片区", "雄安容西片区", "雄安启动区", OTHER)[1:4] == ["body"] * 3


def test_a_line_that_a_blank_line_parts_from_the_text_is_a_summary():
    parted = Block("paragraph", OTHER, gap=1)
    assert kinds("报国为民，久久为功", parted) == ["body", "body"]
    assert kinds("报国为民，久久为功", parted, is_page=True) == ["heading", "body"]


def test_the_last_line_is_no_heading():
    assert kinds(TEXT, "雄安容东片区") == ["body", "body"]


def test_on_a_page_a_line_broken_at_a_link_is_no_heading():
    broken = (TEXT, "此次出让的地块为奉贤区", "43-01区域地块，位于")
    assert kinds(*broken, is_page=True) == ["body"] * 3
    assert kinds(TEXT[:-1] * 2, "板块新房不多", OTHER, is_page=True) == ["body"] * 3


def test_a_fixed_heading_is_one_even_in_a_list():
    lines = ("核心阅读", "珠峰生态脆弱敏感", "自然保护区受人类活动干扰", TEXT)
    assert kinds(*lines) == ["heading", "body", "body", "body"]


def test_a_line_that_introduces_its_text_stands_alone():
    lines = ("互联互通", "深化“心相通”", "伶仃洋上，又将见大桥飞架——", TEXT)
    assert kinds(*lines) == ["heading", "heading", "heading", "body"]
