"""Every kind of damage is found and named; a good release has no fault.

Damages that do not hide each other share a release, each in another file or table of it.
"""

import json
import shutil
from functools import cache

import duckdb
import polars as pl
import pytest
from releases import rewrite, sign

from etl.errors import ReleaseError
from etl.load.verify import verify
from etl.load.views import VIEWS

DATABASE = "jingjinji.duckdb"


def flip_bit(path, at):
    def change(release):
        data = bytearray((release / path).read_bytes())
        data[at % len(data)] ^= 1
        (release / path).write_bytes(data)

    return change


def replace(path, old, new):
    def change(release):
        text = (release / path).read_text("utf-8")
        assert old in text
        (release / path).write_text(text.replace(old, new), "utf-8")

    return change


def edit(table, change):
    return lambda release: rewrite(release, table, change)


def forget_words(release):
    rewrite(release, "units", lambda rows: rows, words=False)


def add_link(release):
    (release / "more").symlink_to(release.parent)


def query(sql):
    def change(release):
        with duckdb.connect(release / DATABASE) as con:
            con.execute(sql)

    return change


def set_all(column, value):
    return lambda rows: rows.with_columns(pl.lit(value).alias(column))


FILES = {
    "flipped bit": (
        flip_bit("parquet/metrics.parquet", 100),
        "parquet/metrics.parquet is not the file its checksum",
    ),
    "flipped bit in the database": (
        flip_bit(DATABASE, -100_000),
        f"{DATABASE} is not the file its checksum",
    ),
    "stray file": (
        lambda release: (release / "quality" / "notes.txt").write_text("mine"),
        "quality/notes.txt is no part of a release.",
        "quality/notes.txt has no checksum.",
    ),
    "link in the place of a folder": (add_link, "more is no part of a release."),
    "checksum left out": (
        replace("SHA256SUMS", "  index.html", "  indexed.html"),
        "index.html has no checksum.",
        "indexed.html has a checksum and is missing.",
    ),
}

ROWS = {
    "dropped row": (
        edit("metrics", lambda rows: rows[1:]),
        "metric_regions.metric_id: ",
        "articles.metric_count: 1 of 2 rows fail",
        "metrics: 0 rows stand only in the Parquet file, 1 only in",
    ),
    "value that breaks a rule": (
        edit("images", set_all("url", " ")),
        "parquet/images.parquet: url breaks str_contains",
        "images.url.not_blank: 2 of 2 rows fail",
    ),
    "surface that is not its span": (
        edit("places", set_all("surface", "天津市")),
        "places.surface: 2 of 2 rows fail",
    ),
    "reference to nothing": (
        edit("metric_regions", set_all("region_code", "999999")),
        "metric_regions.region_code: 2 of 2 rows fail",
    ),
    "key given twice": (
        edit("labels", lambda rows: pl.concat([rows, rows[:1]])),
        "labels.article_id+position: 1 of 3 rows fail",
    ),
    "article without its source": (
        edit("sources", lambda rows: rows[1:]),
        "articles.source_path: 1 of 2 rows fail",
    ),
    "rows out of order": (
        edit("paragraphs", lambda rows: rows.reverse()),
        "paragraphs: 3 rows are not in the order of the key",
    ),
    "another type": (
        edit("findings", lambda rows: rows.with_columns(pl.col("position").cast(pl.Int64))),
        "parquet/findings.parquet has other columns or types",
    ),
    "file that describes itself wrongly": (
        forget_words,
        "parquet/units.parquet describes itself otherwise",
    ),
}

TEXTS = {
    "page with other figures": (
        replace("index.html", "3000", "4000"),
        "index.html does not show the metrics that the tables hold.",
    ),
    **{
        f"wrong {name}": (
            replace(name, "区间的下限", "区间的上限"),
            f"{name} does not say what the models",
        )
        for name in ("dictionary/metrics.md", "dictionary/dictionary.json", "dictionary/index.html")
    },
    **{
        f"wrong {name}": (replace(name, "metrics", "metrix"), f"{name} does not say what the")
        for name in ("datapackage.json", "croissant.json", "README.md")
    },
}

QUERIES = {view.name: view.sql for view in VIEWS}

CONTENTS = {
    "UPDATE dates SET surface = '2021年'": "dates: 2 rows stand only in the Parquet file, 2 only",
    "INSERT INTO labels FROM labels LIMIT 1": "labels: 0 rows stand only in the Parquet file, 1",
    "DELETE FROM quality.counts": "quality.counts: 5 rows stand only in the Parquet file",
    "COMMENT ON TABLE metrics IS 'x'": "the comment on table metrics",
    "COMMENT ON COLUMN places.surface IS NULL": 'the comment on column places."surface"',
    "COMMENT ON VIEW metrics_by_region IS ''": "the comment on view metrics_by_region",
    "COMMENT ON TYPE measure IS 'x'": "the comment on type measure",
    "COMMENT ON COLUMN dictionary.codes.code IS 'x'": 'column dictionary.codes."code"',
    "DELETE FROM dictionary.codes WHERE position = 1": "dictionary.codes is not what",
    "UPDATE dictionary.columns SET title = 'x'": "dictionary.columns is not what",
    "DELETE FROM dictionary.statistics": "dictionary.statistics is not what",
    "ALTER TABLE images ALTER taken_on TYPE VARCHAR": "images has other columns or types",
    "ALTER TABLE contributors ALTER name DROP NOT NULL": "contributors has other columns or types",
    "CREATE TABLE mine AS SELECT 1": "main.mine is no part of a release",
    "CREATE VIEW quality.mine AS SELECT 1": "quality.mine is no part of a release",
    "CREATE OR REPLACE VIEW changes AS SELECT 1 AS basis": "the view changes gives other rows",
    f"CREATE OR REPLACE VIEW dates_in_context(day) AS {QUERIES['dates_in_context']}": (
        "the view dates_in_context gives other rows"
    ),
}

DAMAGES = {
    "files": FILES,
    "rows": ROWS,
    "texts": TEXTS,
    "database": {sql: (query(sql), words) for sql, words in CONTENTS.items()},
}


def find_failures(release):
    return "\n".join(verify(release).failures)


@pytest.fixture(scope="module")
def find(published, tmp_path_factory):
    """What is found in a release with all damages of a group."""

    @cache
    def find_in(group):
        release = shutil.copytree(published, tmp_path_factory.mktemp(group) / "release")
        for change, *_ in DAMAGES[group].values():
            change(release)
        if group != "files":
            sign(release)
        return find_failures(release)

    return find_in


@pytest.mark.parametrize(
    ("group", "damage"), [(group, damage) for group in DAMAGES for damage in DAMAGES[group]]
)
def test_a_damage_is_found_and_named(find, group, damage):
    for words in DAMAGES[group][damage][1:]:
        assert words in find(group)


def test_a_good_release_has_no_fault(published):
    verification = verify(published)

    assert verification.failures == ()
    assert verification.verdict == "is sound"
    assert all(check.examined for check in verification.checks)
    assert len(verification.checks) == 12


def test_every_rule_that_examined_nothing_is_told_with_its_reason(published):
    idle = verify(published).idle

    assert idle.keys() == {
        "the column holds no value in this release",
        "no row of this release has what the check speaks of",
    }
    of_columns, of_rows = idle.values()
    assert "articles.subtitle.not_blank" in of_columns
    assert "metrics.range_is_ordered" in of_rows
    assert "metrics.value_or_range" not in of_rows


def test_a_missing_table_is_found(release):
    (release / "parquet" / "images.parquet").unlink()
    sign(release)

    assert "parquet/images.parquet is missing." in find_failures(release)


def test_a_table_missing_in_the_database_is_found(release):
    query("DROP TABLE dates CASCADE")(release)
    sign(release)

    assert "Table with name dates does not exist" in find_failures(release)


def test_a_truncated_file_is_found(release):
    file = release / "parquet" / "paragraphs.parquet"
    file.write_bytes(file.read_bytes()[:-40])
    sign(release)

    assert "cannot be examined" in find_failures(release)


def test_a_database_and_a_descriptor_that_are_none_are_found(release):
    (release / DATABASE).write_text("no database")
    (release / "datapackage.json").write_text("{")
    sign(release)

    found = find_failures(release)

    assert "The database cannot be examined" in found
    assert "The descriptors cannot be examined" in found


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


def test_a_release_of_another_version_says_so_if_it_has_faults(release):
    version = verify(release).version
    replace("datapackage.json", f'"version": "{version}"', '"version": "0.0.1"')(release)

    verdict = verify(release).verdict

    assert verdict.startswith("is not as it should be; faults: ")
    assert verdict.endswith(f" (made by version 0.0.1, this is {version})")


def test_missing_checksums_are_found(release):
    (release / "SHA256SUMS").unlink()

    assert "SHA256SUMS is missing." in find_failures(release)


def test_what_is_no_release_at_all_is_refused(tmp_path):
    with pytest.raises(ReleaseError, match="There is no release"):
        verify(tmp_path / "nothing")
    with pytest.raises(ReleaseError, match="is no release"):
        verify(tmp_path)
