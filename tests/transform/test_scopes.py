"""A paragraph cut into sentences and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.amounts.quantities import find_quantities
from etl.transform.scopes import Frame


def frame(text):
    return Frame(text, (), (), [q for q in find_quantities(text) if q.reason is None])


@pytest.mark.parametrize(
    ("text", "position", "clause", "sentence"),
    [
        ("去年增长5%，达9家。完", 8, "达9家", "去年增长5%，达9家。"),
        ("去年增长5%，达9家。完", 11, "完", "完"),
        ("增长1,234家,减少5家", 2, "增长1,234家", "增长1,234家,减少5家"),
        ("增长1,234家,减少5家", 11, "减少5家", "增长1,234家,减少5家"),
        ("甲；乙：丙！", 2, "乙", "甲；乙：丙！"),
        ("", 0, "", ""),
    ],
)
def test_the_clause_and_sentence_around_a_position(text, position, clause, sentence):
    cut = frame(text)
    assert cut.clause(position).of(text) == clause
    assert cut.sentence(position).of(text) == sentence


def test_a_free_clause_ends_at_the_metrics_beside_it():
    text = "新设95家企业和6个园区共7亿元，完"
    cut = frame(text)
    assert [cut.free_clause(q).of(text) for q in cut.metrics.items] == [
        "新设95家企业和",
        "企业和6个园区共",
        "园区共7亿元",
    ]


@pytest.mark.parametrize("piece", ["新增5家，", "5家", "甲"])
def test_endless_sentences_are_cut_where_metrics_are_whole(piece):
    text = piece * 3_000
    cut = frame(text)
    for metric in (*cut.metrics.items[:3], *cut.metrics.items[-3:]):
        sentence, clause = cut.sentence(metric.start), cut.clause(metric.start)
        assert sentence.start <= clause.start <= metric.start
        assert metric.end <= clause.end <= sentence.end
        assert sentence.end - sentence.start < 1_100


@given(st.text(alphabet="甲乙，。；！？,;1 \n…”", max_size=40), st.integers(0, 40))
def test_every_position_lies_in_one_clause_of_one_sentence(text, position):
    position = min(position, len(text))
    cut = frame(text)
    clause, sentence = cut.clause(position), cut.sentence(position)
    assert clause.start <= position <= clause.end <= len(text)
    assert sentence.start <= position <= max(sentence.end, len(text))
