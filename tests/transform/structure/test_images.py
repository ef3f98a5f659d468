from datetime import date

import pytest

from etl.records import Block, Paragraph
from etl.transform.structure.images import find_images

PUBLISHED = date(2021, 10, 19)
URL = "http://a.cn/1.jpg"


def image(**values):
    return Block("image", values.pop("text", ""), url=values.pop("url", URL), **values)


def read(*blocks, published=PUBLISHED):
    """Images of blocks; a block of text is a pair of kind and text."""
    paragraphs = [
        Paragraph(i, *pair) for i, pair in enumerate((b for b in blocks if isinstance(b, tuple)), 1)
    ]
    return find_images(
        [Block("paragraph", b[1]) if isinstance(b, tuple) else b for b in blocks],
        paragraphs,
        published,
    )


def test_an_image_follows_a_paragraph_and_takes_the_caption_below():
    (first, second), findings = read(
        image(width=650, height=1156),
        ("body", "三地携手。"),
        image(),
        ("caption", "这是雄安站（7月1日摄）。新华社记者 牟宇 摄"),
    )
    assert (first.index, first.paragraph_index, first.width, first.height) == (1, None, 650, 1156)
    assert (first.caption, first.credit, first.taken_on) == (None, None, None)
    assert (second.index, second.paragraph_index) == (2, 1)
    assert (second.caption, second.credit) == ("这是雄安站（7月1日摄）。", "新华社记者 牟宇 摄")
    assert second.taken_on == date(2021, 7, 1)
    assert findings == ()


@pytest.mark.parametrize(
    ("caption", "published", "day"),
    [
        ("工人在工作（3月3日摄）。", PUBLISHED, date(2021, 3, 3)),
        ("工人在工作（12月28日摄）。", PUBLISHED, date(2020, 12, 28)),
        ("这是6月6日在遵化市境内拍摄的工地（无人机照片）。", PUBLISHED, date(2021, 6, 6)),
        ("员工在调试设备（2020年12月28日摄）。", None, date(2020, 12, 28)),
        ("工人在工作（3月3日摄）。", None, None),
        ("工人在工作（2021年2月30日摄）。", PUBLISHED, None),
        ("3月3日，工人在工作（资料照片）。", PUBLISHED, None),
    ],
)
def test_the_day_of_the_photo_is_read_from_its_caption(caption, published, day):
    (found,), _ = read(image(), ("caption", caption), published=published)
    assert found.taken_on == day


def test_a_caption_inside_the_image_is_used_unless_one_follows():
    (found,), _ = read(image(text="雄安站外景"))
    assert found.caption == "雄安站外景"
    (found,), _ = read(image(text="IMG_2031.jpg"), ("body", "三地携手。"))
    assert found.caption is None


@pytest.mark.parametrize(
    "icon",
    [
        image(url="http://p2.example/204c433878d5cf9size1_w16_h16.png"),
        image(width=1, height=1),
        image(url="http://a.cn/img/icon/share.png"),
    ],
    ids=["size in the name", "size in the markup", "icon folder"],
)
def test_an_icon_is_left_out_with_a_finding(icon):
    images, findings = read(("body", "三地携手。"), icon)
    assert images == ()
    assert [(f.code, f.detail) for f in findings] == [("image_left_out", icon.url)]
