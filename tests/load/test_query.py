import csv
import io
import json

import polars as pl
import pytest

from etl.errors import ReleaseError, UsageError
from etl.load.query import query, write_query


def ask(release, sql, form):
    return "".join(query(release, sql, form))


def test_a_table_shows_names_and_rows(published):
    shown = ask(published, "SELECT surface, unit FROM metrics ORDER BY value", "table")

    assert "近3000家" in shown
    assert "unit" in shown


def test_csv_tells_null_from_an_empty_text(published):
    sql = "SELECT NULL AS gap, unit, label_zh FROM units ORDER BY unit LIMIT 1"

    assert ask(published, sql, "csv") == 'gap,unit,label_zh\n,"",无\n'


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@home", 'a"b', "a,b", "line\nline", "北京"])
def test_csv_holds_text_as_it_is(published, text):
    literal = text.replace("'", "''")

    rows = list(csv.reader(io.StringIO(ask(published, f"SELECT '{literal}' AS t", "csv"))))

    assert rows == [["t"], [text]]


def test_csv_writes_days_and_instants_in_utc(published):
    sql = "SELECT published_on, published_at FROM articles ORDER BY 1 LIMIT 1"

    assert ask(published, sql, "csv").splitlines()[1] == "2019-02-22,2019-02-22 01:00:00+00"


def test_json_is_an_array_of_objects(published):
    sql = "SELECT value, value_low, is_cumulative FROM metrics ORDER BY value LIMIT 1"

    assert json.loads(ask(published, sql, "json")) == [
        {"value": 3000.0, "value_low": None, "is_cumulative": False}
    ]
    assert json.loads(ask(published, "FROM metrics WHERE false", "json")) == []


def test_parquet_goes_to_a_file(published, tmp_path):
    sql = "SELECT metric_id, value, period_end FROM metrics ORDER BY metric_id; -- all of them"

    write_query(published, sql, "parquet", tmp_path / "answer.parquet")

    frame = pl.read_parquet(tmp_path / "answer.parquet")
    assert frame.schema == {"metric_id": pl.String, "value": pl.Float64, "period_end": pl.Date}
    assert frame.height == 4
    assert [path.name for path in tmp_path.iterdir()] == ["answer.parquet"]


def test_text_forms_go_to_a_file_too(published, tmp_path):
    write_query(published, "SELECT 1 AS one", "csv", tmp_path / "answer.csv")

    assert (tmp_path / "answer.csv").read_text() == "one\n1\n"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 -- the end",
        "SELECT 1; -- the end",
        "SELECT 1 /* ; */ ;",
        "SELECT 1;;",
        "WITH a AS (SELECT 1) FROM a",
        "SELECT 1 AS \"a;b\", ';--' AS c",
        "DESCRIBE metrics",
        "SUMMARIZE units",
        "SHOW TABLES",
        "FROM dictionary.codes",
        "FROM quality.skipped",
    ],
)
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_whatever_reads_is_answered(published, sql, form):
    assert ask(published, sql, form)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM metrix", 'Did you mean "metrics"'),
        ("SELECT nothing FROM metrics", "nothing"),
        ("SELECT 1/'a'", "Could not convert"),
        ("", "One query is needed, not 0"),
        ("SELECT 1; SELECT 2", "One query is needed, not 2"),
        ("DELETE FROM metrics", "Only a query that reads"),
        ("COPY metrics TO 'x.csv'", "Only a query that reads"),
        ("ATTACH 'x.db'", "Only a query that reads"),
        ("SET threads = 1", "Only a query that reads"),
        ("INSTALL httpfs", "Only a query that reads"),
        ("WITH a AS (SELECT 1) INSERT INTO units FROM units", "Only a query that reads"),
        ("SELECT * FROM read_text('/etc/hostname')", "disabled"),
        ("FROM '/etc/hostname'", "does not exist"),
        ("FROM 'https://example.org/a.parquet'", "disabled"),
        ("SELECT 1) TO 'x.csv' (FORMAT csv); --", "syntax error"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_whatever_else_is_refused_in_one_sentence(published, tmp_path, sql, words, form):
    with pytest.raises(UsageError) as refused:
        write_query(published, sql, form, tmp_path / "answer")

    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_reported(published, tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        write_query(published, "SELECT 1", "parquet", tmp_path / "none" / "answer.parquet")


def test_parquet_needs_a_file(published):
    with pytest.raises(UsageError, match="needs a file"):
        ask(published, "SELECT 1", "parquet")


def test_a_release_without_database_is_reported(tmp_path):
    with pytest.raises(ReleaseError, match="no release"):
        ask(tmp_path, "SELECT 1", "csv")
    (tmp_path / "jingjinji.duckdb").write_text("no database")
    with pytest.raises(ReleaseError, match="cannot be read"):
        ask(tmp_path, "SELECT 1", "csv")


def test_asking_leaves_the_release_as_it_was(published):
    before = sorted(path.name for path in published.iterdir())
    ask(published, "SELECT count(*) FROM paragraphs, range(100000)", "csv")

    assert sorted(path.name for path in published.iterdir()) == before
