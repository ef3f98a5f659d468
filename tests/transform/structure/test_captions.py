import pytest

from etl.grammar import load
from etl.transform.structure.captions import is_caption, split_credit
from etl.transform.structure.shapes import Shape, load_shapes

DESCRIBED = [
    text
    for shape in load("captions", Shape)
    if shape.part in ("caption", "credit")
    for text in shape.examples
]


@pytest.mark.parametrize("text", DESCRIBED)
def test_every_caption_and_credit_holds_a_sign_of_one(text):
    assert load_shapes("captions")["sign"].search(text)


@pytest.mark.parametrize(
    "text",
    [
        "这是雄安新区悦容公园内的景色（9月1日摄，无人机照片）。新华社记者 牟宇 摄",
        "工人在生产线上工作( 2020年8月17日摄）。新华社记者 杨世尧 摄",
        "图为日前志愿者帮助果农采摘、挑选、装运苹果。",
        "袁 云摄（人民视觉）",
        "新华社发（王一 摄）",
        "图片来源：每经记者 包晶晶 摄",
    ],
)
def test_a_caption_describes_or_credits_a_photo(text):
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "津石高速通车，天津和石家庄之间结束“折线跑”历史。",
        "活动设摄影、供图两个环节，共有50人参加。",
        "他说，照片拍得很好。",
        "新华社北京10月19日电（记者李凤双）三地携手。",
        "",
    ],
)
def test_a_sentence_of_the_article_is_no_caption(text):
    assert not is_caption(text)


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        (
            "这是雄安站（无人机照片）。新华社记者 牟宇 摄",
            "这是雄安站（无人机照片）。",
            "新华社记者 牟宇 摄",
        ),
        ("工人在工作。新华社发（王一 摄）", "工人在工作。", "新华社发（王一 摄）"),
        ("袁 云摄（人民视觉）", None, "袁 云摄（人民视觉）"),
        ("工人在工作。", "工人在工作。", None),
        ("", None, None),
    ],
)
def test_the_credit_is_split_from_the_caption(text, caption, credit):
    assert split_credit(text) == (caption, credit)
