"""Every claim about whole tables can fail, and says what failed."""

import pytest

from etl.load.catalog import list_homes
from etl.load.connection import connect
from etl.load.proof import prove

FAULTS = [
    ("UPDATE metrics SET value = 'inf'", "rule", "metrics", "numbers_are_finite"),
    ("UPDATE images SET url = '　'", "rule", "images", "url.not_blank"),
    ("INSERT INTO units FROM units", "unique_key", "units", "unit"),
    ("INSERT INTO labels FROM labels", "unique_key", "labels", "article_id+position"),
    ("DELETE FROM units WHERE unit = '家'", "reference", "metrics", "unit"),
    ("DELETE FROM metrics", "reference", "metric_regions", "metric_id"),
    ("DELETE FROM paragraphs", "reference", "quality.skipped", "article_id+paragraph_index"),
    ("UPDATE regions SET parent_code = 'nowhere'", "reference", "regions", "parent_code"),
    ("UPDATE metrics SET start_char = start_char - 1", "span", "metrics", "surface"),
    ("UPDATE paragraphs SET text = replace(text, '2020年', '二〇年')", "span", "dates", "surface"),
    ("UPDATE places SET surface = '北京̂市'", "span", "places", "surface"),
    ("UPDATE quality.skipped SET surface = '2021'", "span", "quality.skipped", "surface"),
    ("UPDATE metrics SET sentence = surface || '！'", "span", "metrics", "sentence"),
    ("UPDATE metrics SET sentence = '2020年'", "span", "metrics", "sentence"),
    ("UPDATE articles SET paragraph_count = 3", "count", "articles", "paragraph_count"),
    ("DELETE FROM metrics", "count", "articles", "metric_count"),
    ("DELETE FROM images", "count", "articles", "image_count"),
    ("DELETE FROM articles WHERE source_path = 'a.md'", "account", "sources", "status"),
    ("UPDATE sources SET status = 'rejected'", "account", "articles", "source_path"),
]  # fmt: skip


@pytest.fixture
def con(published):
    with connect() as con:
        con.execute("CREATE SCHEMA quality")
        for relation, path, _ in list_homes():
            rows = con.read_parquet(str(published / path))
            rows.create(relation)
        yield con


def test_a_good_release_has_no_fault(con):
    results = list(prove(con))

    assert [result for result in results if result.failed] == []
    assert {result.kind for result in results} == {
        "rule", "unique_key", "reference", "span", "count", "account",
    }  # fmt: skip


@pytest.mark.parametrize(("damage", "kind", "table", "name"), FAULTS)
def test_a_fault_is_found_and_named(con, damage, kind, table, name):
    con.execute(damage)

    found = {(r.kind, r.table, r.name): r for r in prove(con) if r.failed}

    result = found[kind, table.removeprefix("quality."), name]
    assert 0 < result.failed <= result.examined
    assert 0 < len(result.samples) <= 3
    assert result.samples[0] in str(result)


def test_a_rule_is_not_counted_for_rows_it_does_not_concern(con):
    results = {(r.kind, r.table, r.name): r for r in prove(con)}

    assert results["rule", "metrics", "range_is_ordered"].examined == 0
    assert results["reference", "regions", "parent_code"].examined == 0
    assert results["span", "metrics", "surface"].examined == 4
