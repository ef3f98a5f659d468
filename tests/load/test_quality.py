import json
from html.parser import HTMLParser

import duckdb
import polars as pl
import pytest

from etl.load.catalog import list_proven, list_report
from etl.load.quality_html import render_html
from etl.load.release import publish


@pytest.fixture
def report(published):
    return json.loads((published / "quality" / "quality.json").read_text("utf-8"))


def test_every_check_of_every_model_is_counted(report):
    counted = {(r["table_name"], r["check_name"]) for r in report["checks"] if r["kind"] == "rule"}

    assert counted == {(t.name, check.label) for _, _, t in list_proven() for check in t.checks}


def test_a_rule_that_examined_nothing_says_why(published, report):
    idle = {
        (row["table_name"], row["check_name"]): row["idle_reason"]
        for row in report["checks"]
        if not row["rows_examined"]
    }

    assert idle["metrics", "range_is_ordered"] == "no_such_row"
    assert idle["articles", "subtitle.not_blank"] == "no_value"
    assert ("metrics", "value_or_range") not in idle
    assert None not in idle.values()
    page = (published / "quality" / "index.html").read_text("utf-8")
    listed = "".join(text.partition("</p>")[0] for text in page.split('<p class="idle">')[1:])
    assert "Without a row to examine (the column holds no value in this release):" in listed
    assert all(f"<code>{table}.{name}</code>" in listed for table, name in idle)


def test_the_rules_of_an_empty_table_say_so(parts, tmp_path):
    for file in (parts / "labels").iterdir():
        file.unlink()
    publish(parts, tmp_path / "release")

    checks = pl.read_parquet(tmp_path / "release" / "quality" / "checks.parquet")

    reasons = checks.filter(table_name="labels")["idle_reason"]
    assert set(reasons) == {"empty_table"}


def test_documents_findings_and_skips_are_counted_by_code(report):
    counts = {(row["topic"], row["code"]): row["row_count"] for row in report["counts"]}

    assert counts == {
        ("document", "published"): 2,
        ("document", "duplicate.same_bytes"): 1,
        ("document", "rejected.binary"): 1,
        ("finding", "date_conflict"): 2,
        ("skip", "date"): 2,
    }


def test_a_skip_is_shown_within_its_words(report):
    samples = [row["sample"] for row in report["samples"] if row["topic"] == "skip"]

    assert samples == ["【2020】年，北京市新增企业近30"] * 2


def test_missing_values_and_ranges_are_counted_for_every_column(report):
    by_column = {(row["table_name"], row["column_name"]): row for row in report["statistics"]}

    assert by_column["metrics", "value"]["minimum"] == "3000.0"
    assert by_column["metrics", "value"]["maximum"] == "30000.0"
    assert by_column["metrics", "value_low"]["null_share"] == 1.0
    assert by_column["articles", "published_on"]["minimum"] == "2019-02-22"
    assert len(by_column) == sum(len(table.columns) for _, _, table in list_proven())


def test_values_range_by_unit_and_measure(report):
    assert report["ranges"] == [
        {"unit": unit, "measure": "level", "row_count": 2, "lowest": value, "highest": value}
        for unit, value in (("人", 30000.0), ("家", 3000.0))
    ]


def test_the_same_stands_in_parquet(published, report):
    assert {table.name for _, _, table in list_report()} == report.keys()
    for name in report:
        frame = pl.read_parquet(published / "quality" / f"{name}.parquet")
        assert frame.to_dicts() == report[name]


def test_the_same_stands_in_the_database(published, report):
    with duckdb.connect(published / "jingjinji.duckdb", read_only=True) as con:
        for name, rows in report.items():
            found = con.execute(f"FROM quality.{name}").fetchall()
            assert found == [tuple(row.values()) for row in rows]
        statistics = con.execute("FROM dictionary.statistics").fetchall()
    assert statistics == [tuple(row.values()) for row in report["statistics"]]


def test_text_of_the_articles_does_not_break_the_page(published):
    page = (published / "quality" / "index.html").read_text("utf-8")

    assert "x|y" in page
    assert not {"a", "b", "img", "script"} & find_tags(page)


def test_a_hostile_text_is_shown_as_it_is():
    script = "</li><script>alert(1)</script>"
    rows = {
        "checks": [],
        "counts": [{"topic": "skip", "code": script, "row_count": 1}],
        "samples": [
            {
                "topic": "skip",
                "code": script,
                "source_path": script,
                "position": 1,
                "sample": script,
            }
        ],
        "ranges": [],
        "statistics": [],
    }

    page = render_html(rows)

    assert "script" not in find_tags(page)
    assert page.count("&lt;/li&gt;&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def find_tags(page):
    found = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _attributes: found.add(tag)
    parser.feed(page)
    return found
