import re

import duckdb
import pytest

from etl.load.catalog import describe_codes, describe_labels, describe_tables, list_homes

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def con(published):
    with duckdb.connect(published / "jingjinji.duckdb", read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        yield con


COMMENTS = """
SELECT table_name, comment FROM duckdb_tables()
UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT table_name || '.' || column_name, comment FROM duckdb_columns()
    WHERE NOT internal
"""


def test_everything_has_a_comment_in_both_languages(con):
    comments = con.execute(COMMENTS).fetchall()

    assert len(comments) > 200
    for subject, comment in comments:
        assert comment, subject
        assert HAN.search(comment), subject
        assert re.search(r"[a-z]{2,}", comment), subject


def test_closed_lists_are_types_with_a_comment(con):
    types = dict(
        con.execute("SELECT type_name, comment FROM duckdb_types() WHERE comment IS NOT NULL")
        .fetchall()
    )  # fmt: skip
    assert types.keys() == {codes.name for codes in describe_codes()}
    assert "正文 running text" in types["paragraph_kind"]


def test_a_required_column_is_not_null(con):
    nullable = con.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() "
        "WHERE NOT internal AND is_nullable AND schema_name = 'main' "
        "AND table_name IN (SELECT table_name FROM duckdb_tables())"
    ).fetchall()

    assert {name for (name,) in nullable} == {
        f"{table.name}.{column.name}"
        for table in describe_tables().values()
        for column in table.columns
        if column.nullable
    }


def test_every_check_of_the_models_guards_the_database(con):
    counts = con.execute(
        "SELECT table_name, count(*) FROM duckdb_constraints() "
        "WHERE constraint_type = 'CHECK' AND schema_name <> 'dictionary' GROUP BY ALL"
    ).fetchall()

    assert dict(counts) == {t.name: len(t.checks) for _, _, t in list_homes() if t.checks}


def test_metrics_in_context_has_every_metric_once_with_its_article_and_regions(con):
    rows = con.execute(
        "SELECT surface, title, unit_zh, regions FROM metrics_in_context "
        "WHERE source_path = 'a.md' ORDER BY start_char"
    ).fetchall()

    assert rows == [
        ("近3000家", "标题|一<b>", "家", "北京市"),
        ("约3万人", "标题|一<b>", "人", None),
    ]


def test_metrics_by_region_knows_the_regions_names_and_the_year(con):
    row = con.execute(
        "SELECT region_zh, period_year, value FROM metrics_by_region LIMIT 1"
    ).fetchone()

    assert row == ("北京市", 2020, 3000.0)


def test_articles_in_full_joins_names_and_text(con):
    authors, text = con.execute(
        "SELECT authors, full_text FROM articles_in_full WHERE source_path = 'a.md'"
    ).fetchone()

    assert authors == "杨慧"
    assert text.startswith("标题|一<b>\n2020年")


def test_views_work_when_the_file_is_attached_under_another_name(published):
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{published / 'jingjinji.duckdb'}' AS other (READ_ONLY)")
        assert con.execute("SELECT count(*) FROM other.metrics_in_context").fetchone() == (4,)


def test_the_dictionary_can_be_queried(con):
    rows = con.execute(
        "SELECT c.title, k.columns FROM dictionary.columns c "
        "JOIN dictionary.keys k USING (table_name) "
        "WHERE c.column_name = 'value' AND k.kind = 'primary'"
    ).fetchall()
    (codes,) = con.execute("SELECT count(*) FROM dictionary.codes").fetchone()

    assert rows == [("数值", "metric_id")]
    assert codes == sum(len(code_list.codes) for code_list in describe_labels())
    for table in ("tables", "columns", "keys", "checks"):
        assert con.execute("FROM dictionary." + table).fetchall()


def test_the_file_is_in_the_format_of_duckdb_1_2(con):
    (tags,) = con.execute(
        "SELECT tags FROM duckdb_databases() WHERE database_name = 'jingjinji'"
    ).fetchone()

    assert tags["storage_version"].startswith("v1.2.0")
