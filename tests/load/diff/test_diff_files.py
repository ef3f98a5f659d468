"""All differences as Parquet, in a folder that must be free."""

import polars as pl
import pytest
from differences import EDITED
from releases import rewrite

from etl.errors import UsageError
from etl.load.diff import diff


def test_all_differences_are_written_as_parquet(seeds_release, edited_release, tmp_path):
    difference = diff(seeds_release, edited_release, limit=0, output=tmp_path / "a" / "out")

    written = {file.stem: pl.read_parquet(file) for file in (tmp_path / "a/out").iterdir()}
    for table in difference.tables:
        assert len(written.get(f"{table.table}_added", ())) == table.added
        assert len(written.get(f"{table.table}_removed", ())) == table.removed
    assert written["sources_changed"].rows()[0][:2] == (EDITED, "article_id")
    assert written["sources_changed"].columns == ["source_path", "column", "old", "new"]
    assert written["articles_edited"].columns == ["source_path", "column", "old", "new"]
    schema = pl.read_parquet_schema(seeds_release / "parquet/metrics.parquet")
    assert written["metrics_removed"].columns == list(schema)
    assert written["metrics_removed"].equals(written["metrics_removed"].sort("metric_id"))
    assert "schema_changed" not in written
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["out"]


def test_changes_of_the_schema_are_written_too(old, new, tmp_path):
    rewrite(new, "units", lambda rows: rows.drop("ucum"))
    diff(old, new, output=tmp_path / "out")

    written = pl.read_parquet(tmp_path / "out/schema_changed.parquet")
    assert written.rows() == [("column", "units.ucum", "removed", None, None)]
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_releases_that_are_the_same_leave_an_empty_folder(old, tmp_path):
    (tmp_path / "out").mkdir()
    diff(old, old, output=tmp_path / "out")

    assert list((tmp_path / "out").iterdir()) == []


def test_the_folder_for_the_differences_must_be_free(old, new, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")

    for taken in (tmp_path / "full", tmp_path / "file"):
        with pytest.raises(UsageError, match="is not empty: name a new folder"):
            diff(old, new, output=taken)
    with pytest.raises(UsageError, match="is part of the release"):
        diff(old, new, output=new / "differences")
    with pytest.raises(UsageError, match="cannot be written"):
        diff(old, new, output=tmp_path / "file" / "below")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full", "new"]


def test_a_comparison_that_fails_leaves_no_folder(old, new, tmp_path):
    (new / "parquet/metrics.parquet").write_bytes(b"damaged")

    with pytest.raises(UsageError):
        diff(old, new, output=tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["new"]
