"""A table of many rows is a folder of files: read as one, proven, described and compared."""

import json
import shutil
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise

import duckdb
import pandas as pd
import polars as pl
import pytest

from etl.errors import ReleaseError
from etl.load.catalog import list_proven
from etl.load.describe import example
from etl.load.diff import diff
from etl.load.loss import check_loss
from etl.load.parquet import find_files
from etl.load.release import publish
from etl.load.verify import verify

PROVEN = {table.name: (path, table) for _, path, table in list_proven()}


@pytest.fixture(scope="module")
def large(published, tmp_path_factory):
    """The same as `published`, from the same parts, with no file of more than three rows."""
    release = tmp_path_factory.mktemp("large") / "release"
    publish(published.with_name("parts"), release, rows_per_file=3)
    return release


@pytest.fixture
def copy(large, tmp_path):
    return shutil.copytree(large, tmp_path / "copy")


def list_faults(release):
    return " ".join(verify(release).failures)


@pytest.mark.parametrize("name", PROVEN)
def test_files_follow_each_other_in_the_order_of_the_key(name, large, published):
    path, table = PROVEN[name]
    files = find_files(large / path)
    whole = pl.read_parquet(published / path)
    assert (large / path).exists() == (whole.height <= 3)
    frames = [pl.read_parquet(file) for file in files]
    assert pl.concat(frames).equals(whole)
    assert [frame.height for frame in frames[:-1]] == [3] * (len(frames) - 1)
    keys = [frame.select(pl.col(table.primary_key).cast(pl.String)).rows() for frame in frames]
    for before, after in pairwise(keys):
        assert max(before) < min(after)


def test_every_tool_reads_them_as_one(large, published):
    folder = large / "parquet/metrics"
    pattern = f"{folder}/*.parquet"
    assert sorted(path.name for path in folder.iterdir()) == [
        "part-00000.parquet",
        "part-00001.parquet",
    ]
    whole = published / "parquet/metrics.parquet"
    assert pl.read_parquet(pattern).equals(pl.read_parquet(whole))
    assert pd.read_parquet(sorted(map(str, folder.glob("*.parquet")))).equals(
        pd.read_parquet(whole)
    )
    assert pd.read_parquet(folder).equals(pd.read_parquet(whole))
    rows = "SELECT * FROM read_parquet('{}')"
    assert duckdb.sql(rows.format(pattern)).fetchall() == duckdb.sql(rows.format(whole)).fetchall()


@pytest.mark.parametrize("tool", ["polars", "pandas", "duckdb"])
def test_the_example_reads_them_all(tool, large):
    code = example("paragraphs", tool, large)
    namespace = {}
    exec(code, namespace)  # noqa: S102  our own words
    if tool != "duckdb":
        assert len(namespace["paragraphs"]) == 4
    assert "open_dataset(" in example("paragraphs", "r", large)
    assert "read_parquet(" in example("region_members", "r", large)


def test_the_release_is_sound_and_the_same_as_one_of_whole_files(large, published):
    assert list_faults(large) == ""
    assert diff(published, large).same


def test_a_missing_part_is_found(copy):
    (copy / "parquet/metrics/part-00000.parquet").unlink()
    faults = list_faults(copy)
    assert "parquet/metrics/part-00000.parquet has a checksum and is missing" in faults
    assert "metrics: 0 rows stand only in the Parquet file, 3 only in" in faults


def test_parts_in_the_wrong_order_are_found(copy):
    folder = copy / "parquet/metrics"
    (folder / "part-00000.parquet").rename(folder / "part-00002.parquet")
    assert "rows are not in the order of the key" in list_faults(copy)


def test_a_whole_file_beside_the_parts_is_found(copy, published):
    shutil.copy(published / "parquet/metrics.parquet", copy / "parquet")
    assert "parquet/metrics.parquet is no part of a release" in list_faults(copy)


def test_what_would_be_lost_is_counted_over_all_parts(large):
    rows = {"articles": 2, "paragraphs": 4, "metrics": 4}
    check_loss(large, rows, Fraction(0))
    with pytest.raises(ReleaseError, match="metrics would shrink from 4 rows to 3"):
        check_loss(large, rows | {"metrics": 3}, Fraction(0))


def test_the_descriptors_name_every_part(large):
    package = json.loads((large / "datapackage.json").read_text("utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    paths = resources["metrics"]["path"]
    assert paths == ["parquet/metrics/part-00000.parquet", "parquet/metrics/part-00001.parquet"]
    assert resources["metrics"]["bytes"] == sum((large / path).stat().st_size for path in paths)
    assert resources["region_members"]["path"] == "parquet/region_members.parquet"


READ = """
import sys, warnings
warnings.simplefilter("ignore")
import mlcroissant
dataset = mlcroissant.Dataset("croissant.json")
assert not dataset.metadata.ctx.issues.warnings
print(*(row["metrics/surface"].decode() for row in dataset.records("metrics")))
"""


def test_mlcroissant_reads_all_parts(large, published):
    pytest.importorskip("mlcroissant")
    told = subprocess.run(
        [sys.executable, "-c", READ], cwd=large, capture_output=True, text=True, check=True
    )
    whole = pl.read_parquet(published / "parquet/metrics.parquet")
    assert told.stdout.split() == whole["surface"].to_list()
