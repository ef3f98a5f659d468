"""Documents from bytes: layout, blocks in order, image addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.extract.bodies import find_layout
from etl.extract.document import to_documents
from etl.records import Block, Source

SEEDS = Path(__file__).parents[2] / "seeds"


def documents(data: bytes, path: str = "a.md"):
    return list(to_documents(Source(path, data)))


@pytest.mark.parametrize(
    ("seed", "layout", "paragraphs", "images"),
    [
        ("000", "html", 11, 0),
        ("001", "markdown", 11, 1),
        ("002", "text", 56, 0),
        ("003", "html", 63, 14),
    ],
)
def test_seeds_come_out_block_by_block(seed, layout, paragraphs, images):
    (path,) = SEEDS.glob(f"{seed}_*")
    (document,) = documents(path.read_bytes())
    kinds = [block.kind for block in document.blocks]
    assert (document.layout, kinds.count("image")) == (layout, images)
    assert len(kinds) - images == paragraphs


def test_text_after_an_image_is_its_own_block():
    image = '<img data-original="http://a.cn/1.jpg" src="p.gif">'
    body = f"<p></p><div>{image}</div>这是车站。张三 摄<p></p>"
    (document,) = documents(body.encode())
    assert document.blocks == (
        Block("image", "", url="http://a.cn/1.jpg"),
        Block("paragraph", "这是车站。张三 摄"),
    )


def test_each_line_of_a_scraped_post_is_a_paragraph():
    head = "---\ntitle: 题\n---\n"
    body = head + "第一段。\n<!-- more -->\n<img src='a.png' />\n第二段。\n\n\n第三段。\n"
    (document,) = documents(body.encode())
    assert [(b.kind, b.text or b.url, b.gap) for b in document.blocks] == [
        ("paragraph", "第一段。", 0),
        ("image", "a.png", 0),
        ("paragraph", "第二段。", 0),
        ("paragraph", "第三段。", 2),
    ]


@pytest.mark.parametrize(
    ("body", "layout"),
    [
        ("<div><p>正文</p></div>", "html"),
        ("第一段<br>第二段<br/>第三段", "html"),
        ("## 标题\n\n正文", "markdown"),
        ("正文\n<!-- more -->\n正文", "markdown"),
        ("正文见[这里](http://a.cn)", "markdown"),
        ("　　正文\n　　3<5", "text"),
    ],
)
def test_layout_is_told_by_content(body, layout):
    assert find_layout(body) == layout


def test_the_article_is_named_after_its_bytes_not_its_file():
    one, other = documents("正文".encode(), "a.md"), documents("正文".encode(), "b.html")
    assert one[0].article_id == other[0].article_id
    assert one[0].blocks == other[0].blocks
