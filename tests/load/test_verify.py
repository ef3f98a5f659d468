"""Every kind of damage is found and named; a good release has no fault."""

import json
import shutil

import duckdb
import polars as pl
import pytest

from etl.errors import ReleaseError
from etl.load import checksums
from etl.load.verify import verify

DATABASE = "jingjinji.duckdb"


@pytest.fixture
def release(published, tmp_path):
    return shutil.copytree(published, tmp_path / "release")


def sign(release):
    """Make the checksums fit again, as somebody would who hides a change."""
    (release / "SHA256SUMS").unlink()
    checksums.write_checksums(release)


def flip_bit(file, at):
    data = bytearray(file.read_bytes())
    data[at % len(data)] ^= 1
    file.write_bytes(data)


def rewrite(file, change):
    """Change the rows of a Parquet file and keep everything it says of itself."""
    words = pl.read_parquet_metadata(file)
    words.pop("ARROW:schema")
    change(pl.read_parquet(file)).write_parquet(file, metadata=words)


def change_database(release, sql):
    with duckdb.connect(release / DATABASE) as con:
        con.execute(sql)


def find_failures(release):
    return "\n".join(verify(release).failures)


def test_a_good_release_has_no_fault(published):
    verification = verify(published)

    assert verification.failures == ()
    assert all(check.examined for check in verification.checks)
    assert len(verification.checks) == 12


def test_every_rule_that_examined_nothing_is_told_with_its_reason(published):
    idle = verify(published).idle

    assert idle.keys() == {"no row of this release has what the check speaks of"}
    (rules,) = idle.values()
    assert "metrics.range_is_ordered" in rules
    assert "metrics.value_or_range" not in rules


def test_a_flipped_bit_is_found(release):
    flip_bit(release / "parquet" / "metrics.parquet", 100)

    assert "parquet/metrics.parquet is not the file its checksum" in find_failures(release)


def test_a_flipped_bit_in_the_database_is_found(release):
    flip_bit(release / DATABASE, -100_000)

    assert f"{DATABASE} is not the file its checksum" in find_failures(release)


def test_a_dropped_row_is_found(release):
    rewrite(release / "parquet" / "metrics.parquet", lambda rows: rows[1:])
    sign(release)

    found = find_failures(release)

    assert "metric_regions.metric_id: " in found
    assert "articles.metric_count: 1 of 2 rows fail" in found
    assert "metrics: 0 rows stand only in the Parquet file, 1 only in" in found


def test_a_value_changed_in_the_database_is_found(release):
    change_database(release, "UPDATE metrics SET value = value + 1 WHERE unit = '家'")
    sign(release)

    assert "metrics: 2 rows stand only in the Parquet file, 2 only in" in find_failures(release)


def test_a_row_given_twice_in_the_database_is_found(release):
    change_database(release, "INSERT INTO images FROM images LIMIT 1")
    sign(release)

    assert "images: 0 rows stand only in the Parquet file, 1 only in" in find_failures(release)


def test_a_missing_table_is_found(release):
    (release / "parquet" / "images.parquet").unlink()
    sign(release)

    found = find_failures(release)

    assert "parquet/images.parquet is missing." in found


def test_a_table_missing_in_the_database_is_found(release):
    change_database(release, "DROP TABLE dates CASCADE")
    sign(release)

    assert "Table with name dates does not exist" in find_failures(release)


@pytest.mark.parametrize("page", ["metrics.md", "dictionary.json", "index.html"])
def test_a_wrong_dictionary_is_found(release, page):
    file = release / "dictionary" / page
    file.write_text(file.read_text("utf-8").replace("区间的下限", "区间的上限"), "utf-8")
    sign(release)

    assert f"dictionary/{page} does not say what the models" in find_failures(release)


def test_a_stray_file_is_found(release):
    (release / "quality" / "notes.txt").write_text("mine")

    found = find_failures(release)

    assert "quality/notes.txt is no part of a release." in found
    assert "quality/notes.txt has no checksum." in found


def test_a_link_in_the_place_of_a_folder_is_found(release, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (release / "more").symlink_to(tmp_path / "elsewhere")

    assert "more is no part of a release." in find_failures(release)


def test_a_list_of_checksums_that_lacks_a_file_is_found(release):
    listed = (release / "SHA256SUMS").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in listed if "index.html" not in line]
    (release / "SHA256SUMS").write_text("".join(kept), "utf-8")

    assert "index.html has no checksum." in find_failures(release)


def test_a_page_that_shows_other_figures_is_found(release):
    file = release / "index.html"
    file.write_text(file.read_text("utf-8").replace("3000", "4000"), "utf-8")
    sign(release)

    assert "index.html does not show the metrics" in find_failures(release)


def test_a_truncated_file_is_found(release):
    file = release / "parquet" / "paragraphs.parquet"
    file.write_bytes(file.read_bytes()[:-40])
    sign(release)

    assert "cannot be examined" in find_failures(release)


def test_a_database_that_is_none_is_found(release):
    (release / DATABASE).write_text("no database")
    sign(release)

    assert "The database cannot be examined" in find_failures(release)


def test_a_value_that_breaks_a_rule_is_found(release):
    blank = pl.lit(" ").alias("url")
    rewrite(release / "parquet" / "images.parquet", lambda rows: rows.with_columns(blank))
    sign(release)

    found = find_failures(release)

    assert "parquet/images.parquet: url breaks str_contains" in found
    assert "images.url.not_blank: 2 of 2 rows fail" in found


def test_a_surface_that_is_not_its_span_is_found(release):
    other = pl.lit("天津市").alias("surface")
    rewrite(release / "parquet" / "places.parquet", lambda rows: rows.with_columns(other))
    sign(release)

    assert "places.surface: 2 of 2 rows fail" in find_failures(release)


def test_a_reference_to_nothing_is_found(release):
    nowhere = pl.lit("999999").alias("region_code")
    rewrite(release / "parquet" / "places.parquet", lambda rows: rows.with_columns(nowhere))
    sign(release)

    assert "places.region_code: 2 of 2 rows fail" in find_failures(release)


def test_a_key_given_twice_is_found(release):
    rewrite(release / "parquet" / "labels.parquet", lambda rows: pl.concat([rows, rows[:1]]))
    sign(release)

    assert "labels.article_id+position: 1 of 3 rows fail" in find_failures(release)


def test_an_article_without_its_source_is_found(release):
    rewrite(release / "parquet" / "sources.parquet", lambda rows: rows[1:])
    sign(release)

    assert "articles.source_path: " in find_failures(release)


def test_rows_out_of_order_are_found(release):
    rewrite(release / "parquet" / "paragraphs.parquet", lambda rows: rows.reverse())
    sign(release)

    assert "paragraphs: 3 rows are not in the order of the key" in find_failures(release)


def test_another_type_is_found(release):
    wide = pl.col("position").cast(pl.Int64)
    rewrite(release / "parquet" / "labels.parquet", lambda rows: rows.with_columns(wide))
    sign(release)

    assert "parquet/labels.parquet has other columns or types" in find_failures(release)


def test_a_file_that_describes_itself_wrongly_is_found(release):
    file = release / "parquet" / "labels.parquet"
    pl.read_parquet(file).write_parquet(file)
    sign(release)

    assert "parquet/labels.parquet describes itself otherwise" in find_failures(release)


@pytest.mark.parametrize("name", ["datapackage.json", "croissant.json", "README.md"])
def test_a_descriptor_out_of_step_is_found(release, name):
    file = release / name
    file.write_text(file.read_text("utf-8").replace("metrics", "metrix"), "utf-8")
    sign(release)

    assert f"{name} does not say what the models and tables say." in find_failures(release)


def test_a_descriptor_that_is_no_json_is_found(release):
    (release / "datapackage.json").write_text("{")
    sign(release)

    assert "The descriptors cannot be examined" in find_failures(release)


def test_a_wrong_quality_report_is_found(release):
    file = release / "quality" / "quality.json"
    rows = json.loads(file.read_text("utf-8"))
    rows["checks"][0]["rows_examined"] += 1
    file.write_text(json.dumps(rows), "utf-8")
    counts = release / "quality" / "counts.parquet"
    pl.read_parquet(counts)[1:].write_parquet(counts)
    sign(release)

    found = find_failures(release)

    assert "quality/quality.json does not say" in found
    assert "quality/counts.parquet does not count" in found


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("COMMENT ON TABLE metrics IS 'x'", "the comment on table metrics"),
        ("COMMENT ON COLUMN places.surface IS NULL", 'the comment on column places."surface"'),
        ("COMMENT ON VIEW metrics_by_region IS ''", "the comment on view metrics_by_region"),
        ("COMMENT ON TYPE measure IS 'x'", "the comment on type measure"),
        ("DELETE FROM dictionary.codes WHERE position = 1", "dictionary.codes is not what"),
        ("UPDATE dictionary.columns SET title = 'x'", "dictionary.columns is not what"),
        ("ALTER TABLE images ALTER taken_on TYPE VARCHAR", "images has other columns or types"),
        ("ALTER TABLE images ALTER url DROP NOT NULL", "images has other columns or types"),
        ("CREATE TABLE mine AS SELECT 1", "main.mine is no part of a release"),
        ("CREATE VIEW quality.mine AS SELECT 1", "quality.mine is no part of a release"),
        ("DELETE FROM dictionary.statistics", "dictionary.statistics is not what"),
        ("COMMENT ON COLUMN dictionary.codes.code IS 'x'", 'column dictionary.codes."code"'),
        ("DELETE FROM quality.counts", "quality.counts: 5 rows stand only in the Parquet file"),
        (
            "CREATE OR REPLACE VIEW changes AS SELECT 1 AS basis",
            "the view changes gives other rows",
        ),
    ],
)
def test_a_database_that_says_something_else_is_found(release, sql, words):
    change_database(release, sql)
    sign(release)

    assert words in find_failures(release)


def test_missing_checksums_are_found(release):
    (release / "SHA256SUMS").unlink()

    assert "SHA256SUMS is missing." in find_failures(release)


def test_what_is_no_release_at_all_is_refused(tmp_path):
    with pytest.raises(ReleaseError, match="There is no release"):
        verify(tmp_path / "nothing")
    with pytest.raises(ReleaseError, match="is no release"):
        verify(tmp_path)
