from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.records import Block, Document
from etl.transform.articles import to_article, to_texts

TEXT = "2020年，雄安新区开工20个项目，投资83.1亿元。"
OTHER = "京津冀三地携手，共建共享。"


def document(*blocks, layout="markdown", **front_matter):
    return Document(
        "a.md",
        "0123456789abcdef" * 4,
        100,
        "utf-8",
        layout,
        front_matter,
        tuple(b if isinstance(b, Block) else Block("paragraph", b) for b in blocks),
    )


@pytest.fixture(scope="module")
def article():
    return to_article(
        document(
            "原标题：雄安的春天",
            Block("image", "", url="http://a.cn/1.jpg", width=650, height=400),
            "这是雄安站（9月1日摄）。新华社记者 牟宇 摄",
            TEXT,
            OTHER,
            "[责任编辑：刘亚楠]",
            Block("paragraph", "另一篇文章说，天津投资12亿元。", gap=2),
            title="评论：雄安的春天_河北频道",
            author="wetech",
            date="2021-10-19",
            categories=("新媒体", "ZAKER"),
            headimg="https://cors.example/?http://a.cn/1.jpg",
            mood="sunny",
        )
    )


def test_the_head_comes_from_front_matter_and_body(article):
    assert (article.title, article.kicker, article.subtitle) == ("雄安的春天", "评论", None)
    assert article.publication.on == date(2021, 10, 19)
    assert [(label.kind, label.label) for label in article.labels] == [
        ("category", "新媒体"),
        ("category", "ZAKER"),
    ]
    assert article.thumbnail_url == "http://a.cn/1.jpg"


def test_each_block_of_text_is_one_paragraph(article):
    assert [paragraph.kind for paragraph in article.paragraphs] == [
        "headline",
        "caption",
        "body",
        "body",
        "editor",
        "boilerplate",
    ]


def test_the_image_has_its_caption_and_its_day(article):
    (image,) = article.images
    assert (image.paragraph_index, image.caption, image.credit, image.taken_on) == (
        1,
        "这是雄安站（9月1日摄）。",
        "新华社记者 牟宇 摄",
        date(2021, 9, 1),
    )


def test_facts_are_read_from_the_article_and_not_from_teasers(article):
    assert {metric.surface for metric in article.metrics} == {"20个", "83.1亿元"}
    assert "雄安新区" in {place.surface for place in article.places}


def test_nothing_is_dropped_without_a_finding(article):
    found = {finding.code: finding.detail for finding in article.findings}
    assert found["title_cleaned"] == "评论：雄安的春天_河北频道"
    assert found["front_matter_unknown_key"] == "mood: sunny"


def test_a_fact_points_at_its_words(article):
    text = {paragraph.index: paragraph.text for paragraph in article.paragraphs}
    for fact in (*article.metrics, *article.places, *article.dates):
        assert text[fact.paragraph_index][fact.start : fact.end] == fact.surface


SHAPES = (
    "原标题：",
    "【时评】",
    "——",
    "_",
    "（组图）",
    "新华社记者 牟宇 摄",
    "9月31日摄",
    "标签：",
    "。",
    "20个",
)
STRANGE = st.lists(st.sampled_from(SHAPES) | st.text(max_size=8), max_size=6).map("".join)
BLOCKS = st.builds(
    Block,
    st.sampled_from(("paragraph", "heading", "image", "table", "code", "list_item")),
    STRANGE,
    url=st.none() | STRANGE,
    gap=st.integers(0, 3),
)


@given(st.lists(BLOCKS, max_size=8), STRANGE, st.sampled_from(("html", "markdown", "text")))
def test_no_document_is_too_strange(blocks, title, layout):
    article = to_article(document(*blocks, layout=layout, title=title, date="2021-10-19"))
    assert len(article.paragraphs) == sum(b.kind != "image" and b.text != "" for b in blocks)


def test_program_code_states_no_facts():
    code = Block("code", "版本 3.11，耗时20分钟，共83.1亿元")
    assert to_article(document(OTHER, code, title="题")).metrics == ()


def test_a_document_without_text_is_an_article_without_paragraphs():
    article = to_article(document())
    assert (article.title, article.paragraphs) == ("", ())
    assert {"title_missing", "date_missing"} <= {finding.code for finding in article.findings}


def test_blank_lines_around_an_image_stand_before_the_next_text():
    blocks = (
        Block("paragraph", TEXT),
        Block("image", "", url="u", gap=1),
        Block("paragraph", OTHER, gap=1),
    )
    assert [block.gap for block in to_texts(blocks)] == [0, 2]
