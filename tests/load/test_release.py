import json
import shutil
from hashlib import sha256

import duckdb
import polars as pl
import pytest
from releases import digests

from etl.errors import ValidationError
from etl.load.release import publish
from schemas import QUALITY, TABLES, polars_schema

PARQUET = {f"parquet/{t}.parquet" for t in TABLES} | {f"quality/{t}.parquet" for t in QUALITY}


def rows(release, table, *columns):
    frame = pl.read_parquet(release / "parquet" / f"{table}.parquet", glob=False)
    return frame.select(columns).rows()


def change(parts, table, part, **columns):
    """Overwrite columns of one part, past validation."""
    file = parts / table / f"{part}.parquet"
    frame = pl.read_parquet(file)
    literals = (pl.lit(v).cast(frame.schema[n]).alias(n) for n, v in columns.items())
    frame.with_columns(literals).write_parquet(file)


def test_every_table_is_published_in_its_types_and_the_order_of_its_key(published):
    for table, model in TABLES.items():
        frame = pl.read_parquet(published / "parquet" / f"{table}.parquet")
        assert frame.schema == polars_schema(model)
        assert frame.equals(frame.sort(model.to_schema().unique))


def test_the_summary_counts_what_was_published_and_progress_is_told(parts, tmp_path):
    told = []
    summary = publish(parts, tmp_path / "release", progress=lambda *step: told.append(step))

    assert summary.rows["articles"] == 2
    assert summary.rows["metrics"] == 4
    assert summary.statuses == {"published": 2, "duplicate": 1, "rejected": 1}
    assert summary.findings == {"date_conflict": 2}
    assert summary.skipped == {"date": 2}
    files = [path for path in (tmp_path / "release").rglob("*") if path.is_file()]
    assert summary.files == len(files)
    assert summary.bytes == sum(path.stat().st_size for path in files)
    assert [number for _, number, _ in told] == list(range(1, 9))
    assert {of for _, _, of in told} == {8}


def test_the_same_bytes_in_two_batches_are_published_once_under_the_first_path(published):
    assert rows(published, "sources", "source_path", "status", "reason") == [
        ("a.md", "published", None),
        ("b.md", "duplicate", "same_bytes"),
        ("c.md", "published", None),
        ("lost.md", "rejected", "binary"),
    ]
    assert {path for (path,) in rows(published, "articles", "source_path")} == {"a.md", "c.md"}
    assert {path for (path,) in rows(published, "findings", "source_path")} == {"a.md", "c.md"}


def test_the_earliest_article_of_the_same_text_is_the_original(published):
    by_path = {
        path: (key, original)
        for path, key, original in rows(
            published, "articles", "source_path", "article_id", "duplicate_of"
        )
    }
    assert by_path["c.md"][1] is None
    assert by_path["a.md"][1] == by_path["c.md"][0]


def test_an_undated_article_is_no_original_of_a_dated_one(parts, tmp_path):
    blank = {"published_on": None, "published_at": None, "published_precision": None}
    file = parts / "articles" / "000001.parquet"
    frame = pl.read_parquet(file)
    undated = (pl.lit(None).cast(frame.schema[name]).alias(name) for name in blank)
    origin = pl.lit("none").cast(frame.schema["published_from"]).alias("published_from")
    frame.with_columns(*undated, origin).write_parquet(file)

    publish(parts, tmp_path / "release")

    originals = dict(rows(tmp_path / "release", "articles", "source_path", "duplicate_of"))
    assert originals["a.md"] is None
    assert originals["c.md"] is not None


def test_articles_without_text_are_no_duplicates_of_each_other(parts, tmp_path):
    for part in ("000000", "000001"):
        change(parts, "articles", part, char_count=0)

    publish(parts, tmp_path / "release")

    assert rows(tmp_path / "release", "articles", "duplicate_of") == [(None,), (None,)]


def test_two_runs_give_the_same_bytes(parts, published, tmp_path):
    publish(parts, tmp_path / "release")

    assert digests(tmp_path / "release") == digests(published)
    assert digests(published).keys() >= PARQUET


def test_how_documents_are_cut_into_batches_leaves_no_trace(parts, published, tmp_path):
    key = sha256(b"two").hexdigest()[:16]
    for file in sorted(parts.glob("*/000001.parquet")):
        frame = pl.read_parquet(file)
        name = "metric_id" if "metric_id" in frame.columns else "article_id"
        of_c = pl.col(name).str.starts_with(key)
        frame.filter(of_c).write_parquet(file.with_stem("000002"))
        frame.filter(~of_c).write_parquet(file)

    publish(parts, tmp_path / "release")

    assert digests(tmp_path / "release") == digests(published)


def test_parts_in_another_order_give_the_same_bytes(parts, published, tmp_path):
    for folder in parts.iterdir():
        for file in sorted(folder.glob("0*.parquet")):
            file.rename(file.with_stem(f"part-{1 - int(file.stem)}"))

    publish(parts, tmp_path / "release")

    assert digests(tmp_path / "release") == digests(published)


def test_a_folder_name_with_pattern_characters_is_a_name(parts, tmp_path):
    odd = tmp_path / "a[b]*c 'd'"
    odd.mkdir()
    parts.rename(odd / "parts")

    publish(odd / "parts", odd / "release")

    assert rows(odd / "release", "units", "unit") == [("",), ("人",), ("家",)]


def test_tables_without_a_row_are_published_empty(parts, tmp_path):
    for table in ("images", "labels", "dates"):
        for file in (parts / table).iterdir():
            file.unlink()
    for part in ("000000", "000001"):
        change(parts, "articles", part, image_count=0)

    summary = publish(parts, tmp_path / "release")

    assert summary.rows["images"] == 0
    empty = pl.read_parquet(tmp_path / "release" / "parquet" / "images.parquet")
    assert empty.schema == polars_schema(TABLES["images"])


FAULTS = {
    "metrics.unit: ": ("metrics", {"unit": "光年"}),
    "places.article_id+paragraph_index: ": ("places", {"paragraph_index": 9}),
    "places.surface: ": ("places", {"surface": "天津市"}),
    "articles.image_count: ": ("articles", {"image_count": 7}),
}


@pytest.mark.parametrize(("words", "fault"), FAULTS.items(), ids=FAULTS)
def test_rows_that_do_not_fit_together_are_refused_with_table_column_and_row(
    parts, tmp_path, words, fault
):
    table, columns = fault
    change(parts, table, "000000", **columns)

    with pytest.raises(ValidationError) as refused:
        publish(parts, tmp_path / "release")

    assert words in str(refused.value)
    assert "7692c3ad3540bb80" in str(refused.value)
    assert not (tmp_path / "release").exists()


def test_a_key_given_twice_is_refused(parts, tmp_path):
    file = parts / "labels" / "000000.parquet"
    frame = pl.read_parquet(file)
    pl.concat([frame, frame]).write_parquet(file)

    with pytest.raises(ValidationError, match=r"labels\.article_id\+position: 1 of"):
        publish(parts, tmp_path / "release")


def test_a_row_that_breaks_its_own_rules_is_refused(parts, tmp_path):
    change(parts, "images", "000000", image_index=0)

    with pytest.raises(ValidationError, match="images breaks its own rules"):
        publish(parts, tmp_path / "release")


def test_a_failed_run_leaves_the_old_release_and_nothing_else(parts, published, tmp_path):
    target = shutil.copytree(published, tmp_path / "out" / "release")
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    change(parts, "places", "000000", surface="天津市")

    with pytest.raises(ValidationError):
        publish(parts, target)

    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert list((tmp_path / "out").iterdir()) == [target]


def test_a_new_release_replaces_the_old_one_whole(parts, published, tmp_path):
    target = shutil.copytree(published, tmp_path / "out" / "release")
    with duckdb.connect(target / "jingjinji.duckdb", read_only=True) as reader:
        for table in ("images", "labels"):
            for file in (parts / table).iterdir():
                file.unlink()
        for part in ("000000", "000001"):
            change(parts, "articles", part, image_count=0)
        publish(parts, target)

        (still,) = reader.execute("SELECT count(*) FROM images").fetchone()
    assert still == 2
    assert rows(target, "images", "image_index") == []
    assert list((tmp_path / "out").iterdir()) == [target]


def test_every_file_has_its_checksum(published):
    lines = (published / "SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}

    assert digests(published).items() <= listed.items()
    assert listed.keys() - digests(published).keys() == {"jingjinji.duckdb"}


def test_no_file_knows_the_machine_it_was_made_on(published, tmp_path):
    names = [str(tmp_path.parent), "pytest"]
    for path in published.rglob("*"):
        if path.is_file():
            assert not any(name.encode() in path.read_bytes() for name in names), path
    json.loads((published / "datapackage.json").read_text("utf-8"))
