import json

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.load import parquet
from etl.load.catalog import list_homes

HOMES = [pytest.param(path, table, id=table.name) for _, path, table in list_homes()]


@pytest.mark.parametrize(("path", "table"), HOMES)
def test_a_file_says_what_it_holds_in_both_languages_and_few_bytes(published, path, table):
    metadata = pl.read_parquet_metadata(published / path)
    words = {key: value for key, value in metadata.items() if key != "ARROW:schema"}

    assert words["table"] == table.name
    assert words["description_zh"] == table.zh
    assert words["description_en"] == table.en
    assert json.loads(words["columns"]).keys() == {column.name for column in table.columns}
    assert sum(len(value.encode()) for value in metadata.values()) < 16_000


@pytest.mark.parametrize(("path", "table"), HOMES)
def test_pandas_reads_a_file_with_nothing_nested(published, path, table):
    frame = pd.read_parquet(published / path, engine="pyarrow")

    assert list(frame.columns) == [column.name for column in table.columns]
    schema = pq.read_schema(published / path)
    assert not any(pa.types.is_nested(field.type) for field in schema)


def test_pandas_reads_days_and_instants_as_such(published):
    schema = pq.read_schema(published / "parquet" / "articles.parquet")

    assert schema.field("published_on").type == pa.date32()
    assert schema.field("published_at").type == pa.timestamp("us", tz="UTC")
    frame = pd.read_parquet(published / "parquet" / "articles.parquet")
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"


def test_a_closed_list_is_a_category_in_pandas(published):
    frame = pd.read_parquet(published / "parquet" / "metrics.parquet")

    assert list(frame["measure"].cat.categories) == ["level", "change", "share", "multiple"]


@pytest.mark.parametrize(("path", "table"), HOMES)
def test_a_file_is_compressed_with_zstd(published, path, table):
    metadata = pq.read_metadata(published / path)

    assert metadata.num_columns == len(table.columns)
    codecs = {
        metadata.row_group(group).column(column).compression
        for group in range(metadata.num_row_groups)
        for column in range(metadata.num_columns)
    }
    assert codecs <= {"ZSTD"}


@pytest.mark.parametrize(("length", "groups"), [(1, 1), (1000, 4)])
def test_a_group_of_rows_with_long_texts_has_fewer_of_them(length, groups, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_BYTES_PER_GROUP", 30_000)
    (table,) = [table for _, _, table in list_homes() if table.name == "labels"]
    row = {"article_id": "", "position": 1, "kind": "tag", "label": "x" * length}
    parquet.write_table(pl.DataFrame([row] * 100).lazy(), tmp_path / "labels.parquet", table)

    assert pq.read_metadata(tmp_path / "labels.parquet").num_row_groups == groups
