"""The difference in words: every count, the cells that matter, texts kept as data."""

import json

import pytest

from etl.load.diff import Difference
from etl.load.diff_edits import Cell, Edit, Edits
from etl.load.diff_report import describe_difference, to_json
from etl.load.diff_rows import TableDifference
from etl.load.diff_schema import SchemaChange

SAME = TableDifference("units", ("unit",), 3, 3)
METRICS = TableDifference("metrics", ("metric_id",), 5, 4, added=1, removed=2, changed=1)
ID = "b90c594497928e87"
LONG = "目前，已实现20多所市属学校向京郊转移，近{}家一般制造业企业向外疏解，多个项目正加快建设。"


def make(tables=(SAME,), schema=(), **more):
    return Difference(
        "old", "new", tuple(schema), tuple(tables), more.pop("edits", Edits()), **more
    )


def lines(difference, heading):
    for section in describe_difference(difference):
        if section.title.startswith(heading):
            assert all(len(row) == len(section.columns) for row in section.rows)
            return list(section.rows)
    return None


def test_nothing_is_said_of_releases_that_hold_the_same():
    assert make().same
    assert list(describe_difference(make())) == []
    assert json.loads(to_json(make()))["tables"][0]["sample"] == {}


def test_every_table_is_counted_with_its_rows_of_edited_articles():
    edits = Edits(1, (), {"metrics": (2, 1)})

    assert lines(make([SAME, METRICS], edits=edits), "Rows") == [
        ("units", 3, 3, 0, 0, 0, ""),
        ("metrics", 5, 4, 1, 2, 1, "+1 −2"),
    ]


def test_a_table_that_is_missing_has_no_rows():
    gone = TableDifference("labels", (), 2, None, removed=2)
    change = SchemaChange("table", "labels", "removed")

    assert lines(make([gone], [change]), "Rows") == [("labels", 2, 0, 0, 2, 0, "")]
    assert lines(make([gone], [change]), "Schema changes: 1") == [
        ("table", "labels", "removed", "")
    ]


def test_a_schema_with_many_changes_is_shown_in_part_and_told_whole():
    many = [SchemaChange("code", f"unit.{n}", "en", "a", None) for n in range(99)]

    assert len(lines(make(schema=many), "Schema changes: 99, the first 50")) == 50
    assert len(json.loads(to_json(make(schema=many)))["schema"]) == 99
    assert lines(make(schema=many), "Schema")[0][-1] == "− a"


def test_rows_are_shown_with_their_article_and_their_telling_values():
    row = {"metric_id": f"{ID}:2:15", "article_id": ID, "start_char": 15, "value": 3000.0}
    row |= {"sentence": LONG.format("3000"), "surface": "近3000家", "period_end": None}
    changed = {"metric_id": f"{ID}:2:15", "column": "sentence"}
    changed |= {"old": LONG.format("3000"), "new": LONG.format("3200")}
    samples = {"metrics": {"added": [row], "changed": [changed]}}
    titles = {ID: "京津冀协同发展彰显城市治理中国智慧"}

    added, cell = lines(make([METRICS], samples=samples, titles=titles), "metrics: 1 added, 2 rem")

    assert added[:2] == ("+", f"{ID}:2:15")
    assert added[2].startswith(
        "《京津冀协同发展彰显城市治…》 surface=近3000家 value=3000.0 sentence=目前"
    )
    change = "…向京郊转移，近3000家一般制造业… → …向京郊转移，近3200家一般制造业…"
    assert cell[2] == f"《京津冀协同发展彰显城市治…》 sentence: {change}"


def test_rows_without_a_key_or_an_article_are_shown_as_they_are():
    table = TableDifference("labels", (), 1, 0, removed=1)
    samples = {"labels": {"removed": [{"kind": "tag", "label": "京津冀"}]}}

    assert lines(make([table], samples=samples), "labels") == [("−", "", "kind=tag label=京津冀")]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([("title", None, "新标题")], [("  title", "+ 新标题")]),
        (
            [("metrics.surface", "近3000家", None), ("metrics.surface", None, "近3200家")],
            [("  metrics.surface", "近3000家 → 近3200家")],
        ),
        (
            [("metrics.surface", "近3000家", None), ("metrics.surface", None, "83亿元")],
            [("  metrics.surface", "− 近3000家"), ("  metrics.surface", "+ 83亿元")],
        ),
        (
            [("paragraphs.text", "第一段", None), ("metrics.surface", None, "第一段")],
            [("  paragraphs.text", "− 第一段"), ("  metrics.surface", "+ 第一段")],
        ),
        (
            [
                (c, o, n)
                for c in ("paragraphs.text",)
                for o, n in (("甲乙丙", None), ("甲乙丁", None))
            ]
            + [("paragraphs.text", None, "甲乙戊")],
            [("  paragraphs.text", "甲乙丙 → 甲乙戊"), ("  paragraphs.text", "− 甲乙丁")],
        ),
    ],
    ids=["filled in", "a figure corrected", "another figure", "another column", "one of two"],
)
def test_an_edited_text_stands_beside_what_it_was(cells, shown):
    edit = Edit("a.md", "1" * 16, "2" * 16, tuple(Cell(*cell) for cell in cells))
    difference = make([METRICS], edits=Edits(1, (edit,)), titles={"2" * 16: "标题"})

    assert lines(difference, "Edited articles: 1 ") == [("a.md", "《标题》"), *shown]


def test_json_holds_texts_as_data():
    hostile = '"</script>\x1b]0;x\x07\u202e\u2028\n'
    edit = Edit(hostile, "1" * 16, "2" * 16, (Cell("title", hostile, None),))
    samples = {"metrics": {"removed": [{"surface": hostile}]}}
    difference = make([METRICS], edits=Edits(1, (edit,)), samples=samples, titles={ID: hostile})

    text = to_json(difference)

    assert not set(text) & set("\x1b\x07")
    told = json.loads(text)
    assert told["titles"][ID] == hostile
    assert told["edited_articles"]["sample"][0]["cells"][0]["old"] == hostile
    assert told["tables"][0]["sample"]["removed"] == [{"surface": hostile}]
