import pytest

from etl.grammar import load
from etl.records import Block
from etl.transform.structure.boilerplate import find_end, is_boilerplate
from etl.transform.structure.shapes import Shape

COUNTEREXAMPLES = [text for shape in load("boilerplate", Shape) for text in shape.counterexamples]


@pytest.mark.parametrize("text", COUNTEREXAMPLES)
def test_what_one_shape_leaves_to_the_article_no_other_takes(text):
    assert not is_boilerplate(text)


def page(*lines):
    """Blocks from texts; a number before a text is the blank lines above it."""
    return [Block("paragraph", text, gap=gap) for gap, text in lines]


BODY = [(0, "雄安新区今年开工二十个项目。"), (0, "交通先行。"), (0, "生态向好。")]
TEASERS = [(2, "到2035年，人口控制在一百万以内。"), (0, "另一篇文章的导语。")]


def test_teasers_begin_behind_blank_lines():
    assert find_end(page(*BODY, *TEASERS)) == 3


def test_a_page_without_blank_lines_has_no_tail():
    assert find_end(page(*BODY)) == 3


def test_blank_lines_between_all_paragraphs_end_nothing():
    spaced = [(2, text) for _, text in BODY + TEASERS]
    assert find_end(page(*spaced)) == len(spaced)


def test_blank_lines_behind_the_summary_do_not_end_the_article():
    summary = [BODY[0], (5, BODY[0][1]), *BODY[1:]]
    assert find_end(page(*summary)) == 4
    assert find_end(page(*summary, *TEASERS)) == 4


def test_nothing_has_no_end():
    assert find_end([]) == 0
