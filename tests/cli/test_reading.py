"""The commands that read a document or a release: explain, verify, describe, query."""

import json
import shutil
from pathlib import Path

import pytest
from commands import assert_refused, etl

ONE_SEED = Path(__file__).parents[2] / "seeds/000_b90c594497928e87.txt"


def test_explain_reads_a_document_aloud(tmp_path):
    result = etl("explain", ONE_SEED, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    for words in (
        "京津冀协同发展彰显城市治理中国智慧  ← front matter “title”",
        "front matter “Thu, 11 Nov 2021 00:07:41 GMT”",
        "杨慧  ← paragraph 2 (byline)",
        "近3000家 = nearly 3,000 家",
        "‾‾‾‾‾‾",
    ):
        assert words in result.stdout


def test_explain_reads_standard_input(tmp_path):
    result = etl("explain", "-", cwd=tmp_path, input="2020年，北京疏解企业3000家。\n")
    assert "3000家" in result.stdout


def test_a_hostile_text_cannot_command_the_terminal(tmp_path):
    (tmp_path / "a.md").write_text('---\ntitle: "x\\e[31m"\n---\n[bold]正文\x1b]0;x\x07\n', "utf-8")
    result = etl("explain", "a.md", cwd=tmp_path)
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout


def test_verify_finds_a_fresh_release_sound(tmp_path, seeds_release):
    result = etl("verify", seeds_release, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_verify_names_what_is_wrong(tmp_path, seeds_release):
    shutil.copytree(seeds_release, tmp_path / "broken")
    (tmp_path / "broken/parquet/metrics.parquet").unlink()
    result = etl("verify", "broken", cwd=tmp_path)
    assert result.returncode == 1
    assert "metrics.parquet" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_query_answers_in_four_formats(tmp_path, seeds_release):
    sql = "SELECT title, metric_count FROM articles ORDER BY source_path LIMIT 1"
    where = ("--release", seeds_release)
    title = "京津冀协同发展彰显城市治理中国智慧"
    assert title in etl("query", sql, *where, cwd=tmp_path).stdout
    csv = etl("query", sql, *where, "--format", "csv", cwd=tmp_path).stdout
    assert csv.splitlines()[0] == "title,metric_count"
    rows = json.loads(etl("query", sql, *where, "--format", "json", cwd=tmp_path).stdout)
    assert rows[0]["title"] == title
    etl("query", sql, *where, "--format", "parquet", "--output", "a.parquet", cwd=tmp_path)
    assert (tmp_path / "a.parquet").read_bytes()[:4] == b"PAR1"


def test_query_cannot_write(tmp_path, seeds_release):
    before = (seeds_release / "jingjinji.duckdb").read_bytes()
    result = etl("query", "DROP TABLE metrics", "--release", seeds_release, cwd=tmp_path)
    assert_refused(result, 2)
    assert (seeds_release / "jingjinji.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    "sql", ["SELEKT 1", "SELECT * FROM nonsense", "SELECT nonsense FROM metrics", ""]
)
def test_wrong_sql_is_told_in_a_sentence(sql, tmp_path, seeds_release):
    assert_refused(etl("query", sql, "--release", seeds_release, cwd=tmp_path), 2)


def test_describe_shows_a_table_and_code_to_read_it(tmp_path):
    assert "approximation" in etl("describe", "metrics", cwd=tmp_path).stdout
    assert "read_parquet" in etl("describe", "metrics", "--example", "polars", cwd=tmp_path).stdout
