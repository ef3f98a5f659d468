"""Words with their parts of speech."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.grammar import read_table
from etl.transform.phrases.words import find_words


def test_a_short_quotation_is_one_noun():
    words = find_words("推进“千年秀林”建设")
    assert [(w.text, w.is_quotation) for w in words] == [
        ("推进", False),
        ("“千年秀林”", True),
        ("建设", False),
    ]


def test_a_long_quotation_is_words():
    text = "“京津冀协同发展是一个重大国家战略啊”"
    assert len(find_words(text)) > 3


@given(st.text(max_size=60))
def test_words_together_are_the_text(text):
    assert "".join(word.text for word in find_words(text)) == text


def test_nouns_of_our_own_are_cut_whole_in_their_examples():
    (rule,) = read_table("words")["rule"]
    words = [word for text in rule["examples"] for word in find_words(text)]
    assert {word.text for word in words if word.tag == "nz"} >= set(rule["words"])
