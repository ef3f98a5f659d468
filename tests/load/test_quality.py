import json

import polars as pl
import pytest

from etl.load.catalog import describe_quality, describe_tables


@pytest.fixture
def report(published):
    return json.loads((published / "quality" / "quality.json").read_text("utf-8"))


def test_every_check_of_every_model_is_counted(report):
    counted = {(r["table_name"], r["check_name"]) for r in report["checks"] if r["kind"] == "rule"}

    tables = describe_tables() | describe_quality()
    assert counted == {(t.name, check.label) for t in tables.values() for check in t.checks}


def test_a_rule_that_examined_nothing_is_counted_as_such(published, report):
    idle = {(r["table_name"], r["check_name"]) for r in report["checks"] if not r["rows_examined"]}

    assert ("metrics", "range_is_ordered") in idle
    assert ("metrics", "value_or_range") not in idle
    page = (published / "quality" / "README.md").read_text("utf-8")
    assert f"{len(idle)} had no row to examine" in page


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
    by_column = {(row["table_name"], row["column_name"]): row for row in report["columns"]}

    assert by_column["metrics", "value"]["minimum"] == "3000.0"
    assert by_column["metrics", "value"]["maximum"] == "30000.0"
    assert by_column["metrics", "value_low"]["null_share"] == 1.0
    assert by_column["articles", "published_on"]["minimum"] == "2019-02-22"
    assert len(by_column) == sum(len(table.columns) for table in describe_tables().values())


def test_the_same_stands_in_parquet(published, report):
    for name in ("checks", "counts", "samples", "columns"):
        frame = pl.read_parquet(published / "quality" / f"{name}.parquet")
        assert frame.to_dicts() == report[name]


def test_text_of_the_articles_does_not_break_the_page(published):
    page = (published / "quality" / "README.md").read_text("utf-8")

    assert "x\\|y" in page
    assert "<" not in page.replace("\\<", "").replace("`", "")
