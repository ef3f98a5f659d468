"""HTML, Markdown and plain text become the same kind of blocks."""

from __future__ import annotations

import pytest

from etl.extract.bodies import read_body
from etl.extract.html import read_html
from etl.extract.images import parse_address, to_image
from etl.extract.markdown import read_markdown
from etl.extract.markup import read_tokens
from etl.extract.plain import is_wrapped, read_plain


def told(blocks):
    return [(block.kind, block.text or block.url) for block in blocks]


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>京津<b>冀</b>&nbsp;协同</p>", ["京津冀 协同"]),
        ("前<div>中</div>后", ["前", "中", "后"]),
        ("一<br>二<br/><br>三", ["一", "二", "三"]),
        ("<P CLASS=a>一</P\n>二", ["一", "二"]),
        ("<p>一<!-- 二 --><script>三</script><style>四</style>五</p>", ["一五"]),
        ("<p>一<script>二", ["一二"]),
        ("<p>3 < 5 且 5 > 3</p>", ["3 < 5且5 > 3"]),
        ("<p>&lt;雄安&gt; &amp;quot;新区&amp;quot;</p>", ['<雄安> "新区"']),
        ("<p>一\n二</p>", ["一二"]),
        ("<p title='a>b'>一</p>", ["一"]),
        ("<p>一<", ["一<"]),
        ("<p>一</p", ["一"]),
        ("<![CDATA[<p>一</p>]]>", ["一", "]]>"]),
    ],
)
def test_html_gives_the_text_a_reader_sees(markup, texts):
    assert [block.text for block in read_html(markup)] == texts


def test_html_tells_headings_lists_tables_and_code():
    markup = (
        "<h2>标题</h2><ul><li>甲</li><li>乙</li></ul>"
        "<table><tr><th>地区</th><th>人口</th></tr><tr><td>北京</td><td>2189万</td></tr></table>"
        "<pre>x = 1\ny</pre><h3>没有关<p>正文"
    )
    assert told(read_html(markup)) == [
        ("heading", "标题"),
        ("list_item", "甲"),
        ("list_item", "乙"),
        ("table", "地区|人口"),
        ("table", "北京|2189万"),
        ("code", "x = 1 y"),
        ("heading", "没有关"),
        ("paragraph", "正文"),
    ]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>一。<img src=a>二</p>", [("paragraph", "一。"), ("image", "a"), ("paragraph", "二")]),
        ("<p>一<img src=a>二</p>", [("paragraph", "一二"), ("image", "a")]),
        ("<p><img src=a>一</p>", [("image", "a"), ("paragraph", "一")]),
        ("<p>&nbsp;<img src=a></p>", [("image", "a")]),
        ("<img src=a><img src=b>", [("image", "a"), ("image", "b")]),
        (
            "<figure><img src=a><figcaption>图</figcaption></figure>",
            [("image", "a"), ("paragraph", "图")],
        ),
    ],
)
def test_an_image_stands_where_it_stands_but_parts_no_sentence(markup, blocks):
    assert told(read_html(markup)) == blocks


@pytest.mark.parametrize(
    ("attributes", "url", "size"),
    [
        ({"src": "a.jpg", "width": "600", "height": "400"}, "a.jpg", (600, 400)),
        ({"src": "wait.gif", "data-original": "a.jpg"}, "a.jpg", (None, None)),
        ({"src": "data:image/gif;base64,R0", "data-src": "a.jpg"}, "a.jpg", (None, None)),
        ({"src": "a.jpg", "data-width": "600px", "data-height": "12.5"}, "a.jpg", (600, 12)),
        ({"src": "a.jpg", "style": "width: 600px; max-height:9px"}, "a.jpg", (600, None)),
        ({"src": "a.jpg", "width": "100%", "height": "0"}, "a.jpg", (None, None)),
        ({"src": "a/size1_w16_h16.png"}, "a/size1_w16_h16.png", (16, 16)),
        ({"src": "data:image/gif;base64,R0"}, None, (None, None)),
        ({"alt": "图"}, None, (None, None)),
    ],
)
def test_an_image_has_its_real_address_and_stated_size(attributes, url, size):
    image = to_image(attributes)
    assert (image.url, (image.width, image.height)) == (url, size)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://proxy.example/?http://a.cn/1.jpg?x=1", "http://a.cn/1.jpg?x=1"),
        ("https://proxy.example/?https://two.example/?http://a.cn/1.jpg", "http://a.cn/1.jpg"),
        ("https://i.example/get?url=https%3A%2F%2Fa.cn%2F1.jpg", "https://a.cn/1.jpg"),
        ("http://a.cn/1.jpg?from=http", "http://a.cn/1.jpg?from=http"),
        ("//a.cn/1.jpg", "https://a.cn/1.jpg"),
        ("/1.jpg", "/1.jpg"),
        ("", None),
        ("javascript:void(0)", None),
        ("x" * 5_000, None),
    ],
)
def test_a_proxy_is_taken_off_an_address(raw, address):
    assert parse_address(raw) == address


def test_embedded_images_are_counted():
    body = read_body("<p>正文<img src='data:image/png;base64,iVBO'></p>")
    assert told(body.blocks) == [("paragraph", "正文")]
    assert [finding.code for finding in body.findings] == ["image_without_address"]


def test_markdown_goes_through_its_parser():
    text = (
        '# 标题\n\n**正文**见[这里](http://a.cn "题")，`x*y`。\n\n1. 甲\n2. 乙\n\n'
        "![图说](a.jpg)\n\n| 地区 | 人口 |\n|---|---|\n| 北京 | 2189万 |\n\n"
        "```py\nprint(1)\n```\n\n> 引文\n\n小标题\n---\n[1]: http://a.cn\n"
    )
    assert told(read_markdown(text)) == [
        ("heading", "标题"),
        ("paragraph", "正文见这里，x*y。"),
        ("list_item", "甲"),
        ("list_item", "乙"),
        ("image", "图说"),
        ("table", "地区|人口"),
        ("table", "北京|2189万"),
        ("code", "print(1)"),
        ("paragraph", "引文"),
        ("heading", "小标题"),
    ]


def test_prose_that_is_indented_is_no_code():
    text = "**要闻**\n\n        第一段。\n        第二段。\n\n---\n\n    x = 1\n"
    assert told(read_markdown(text)) == [
        ("paragraph", "要闻"),
        ("paragraph", "第一段。"),
        ("paragraph", "第二段。"),
        ("code", "x = 1"),
    ]


@pytest.mark.parametrize(
    "text", ["第一段。\n\n\n第二段。\n第三段。", "*第一段。*\n\n\n第二段。\n第三段。"]
)
@pytest.mark.parametrize("read", [read_markdown, read_plain])
def test_blank_lines_are_counted(read, text):
    assert [block.gap for block in read(text)] == [0, 2, 0]


WRAPPED = (
    "京津冀协同发展战略实施以来，三地产业协作不断深化，生态环境持续\n"
    "改善，公共服务加快共建共享，人民群众的获得感、幸福感、安全感不断\n"
    "增强。\n　　记者近日在河北雄安新区采访时看到，一批重点项目正在加快建设，塔吊林\n"
    "立，车辆穿梭，一派繁忙景象。\n"
)


@pytest.mark.parametrize("read", [read_markdown, read_plain])
def test_lines_wrapped_at_a_width_are_joined(read):
    first, *_ = read(WRAPPED)
    assert "持续改善，公共" in first.text
    assert is_wrapped(WRAPPED)


@pytest.mark.parametrize(
    "text",
    [
        "第一段话说完了。\n第二段话也说完了，而且要长得多。\n第三段。\n",
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n",
        "".join(f"第{n}条别的新闻的摘要在第三十个字的地方被截断了所以没有句\n" for n in range(9)),
        "一行\n",
    ],
    ids=["段落", "诗", "截断的摘要", "一行"],
)
def test_lines_that_are_paragraphs_are_not_joined(text):
    assert not is_wrapped(text)


def test_a_tag_cut_off_at_the_end_is_no_text():
    assert [*read_tokens("前<a href='<'>中</a><b class=")][::2] == ["前", "中"]


def test_a_paragraph_without_end_is_parted_at_its_sentences(monkeypatch):
    monkeypatch.setattr("etl.extract.bodies.LONGEST_BLOCK", 10)
    body = read_body("京津冀协同。一体化发展。没有句号的长长长长长长长长。\n短段。")
    assert [block.text for block in body.blocks] == [
        "京津冀协同。",
        "一体化发展。",
        "没有句号的长长长长长",
        "长长长。",
        "短段。",
    ]
    assert [finding.code for finding in body.findings] == ["paragraph_split"]


def test_a_document_without_end_is_cut_and_told(monkeypatch):
    monkeypatch.setattr("etl.extract.bodies.MOST_BLOCKS", 3)
    body = read_body("段。\n" * 9)
    assert (len(body.blocks), body.findings[0].code) == (3, "document_cut")
