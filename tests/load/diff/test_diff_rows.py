"""Rows are compared by the key, or whole where there is none, however large the table."""

import shutil

import polars as pl
import pytest
from differences import cells, counts
from releases import rewrite

from etl.load import diff_ranges
from etl.load.diff import diff


def test_every_row_and_cell_that_differs_is_found_by_the_key(old, new):
    rows = pl.read_parquet(old / "parquet/units.parquet")
    extra = rows[:1].with_columns(unit=pl.lit("km"))
    rewrite(
        new,
        "units",
        lambda rows: pl.concat([rows.filter(pl.col("unit") != "家"), extra]).with_columns(
            ucum=pl.when(unit="人").then(pl.lit("{person}"))
        ),
    )

    difference = diff(old, new)

    assert counts(difference) == {"units": (1, 1, 1)}
    assert difference.samples["units"]["added"][0]["unit"] == "km"
    assert difference.samples["units"]["removed"][0]["unit"] == "家"
    assert difference.samples["units"]["changed"] == [
        {"unit": "人", "column": "ucum", "old": None, "new": "{person}"}
    ]
    assert diff(new, old).samples["units"]["changed"][0]["old"] == "{person}"


def test_several_cells_of_a_row_are_one_changed_row(old, new):
    rewrite(
        new,
        "metrics",
        lambda rows: rows.with_columns(
            value=pl.when(value=3000).then(3200.0).otherwise("value"),
            unit=pl.when(value=3000).then(pl.lit("人")).otherwise("unit"),
        ),
    )

    difference = diff(old, new)

    assert counts(difference) == {"metrics": (0, 0, 2)}
    assert cells(difference, "metrics") == 2 * [("unit", "家", "人"), ("value", "3000.0", "3200.0")]


def test_rows_without_a_key_that_tells_them_apart_are_compared_whole(old, new):
    twice = shutil.copytree(old, new.with_name("old"))
    rewrite(twice, "units", lambda rows: pl.concat([rows, rows[:1]]))
    rewrite(new, "units", lambda rows: pl.concat([rows, rows[1:2], rows[1:2]]))

    difference = diff(twice, new)

    (units,) = (t for t in difference.tables if t.table == "units")
    assert units.key == ()
    assert counts(difference) == {"units": (2, 1, 0)}
    assert len(difference.samples["units"]["added"]) == 2


@pytest.mark.parametrize("bad", [None, "家"], ids=["null", "repeated"])
def test_a_key_with_a_null_or_a_repeat_is_none(old, new, bad):
    rewrite(new, "units", lambda rows: rows.with_columns(unit=pl.lit(bad, pl.String)))

    assert counts(diff(old, new))["units"][2] == 0
    assert counts(diff(new, new.parent / "new")) == {}


def test_tables_without_a_common_column_share_no_row(old, new):
    rewrite(new, "labels", lambda rows: rows.select(number=pl.row_index()))

    assert counts(diff(old, new)) == {"labels": (2, 2, 0)}


@pytest.mark.parametrize("rows", [3, 100])
def test_how_large_tables_are_cut_leaves_no_trace(
    seeds_release, edited_release, tmp_path, monkeypatch, rows
):
    whole = diff(seeds_release, edited_release, limit=50, output=tmp_path / "whole")
    monkeypatch.setattr(diff_ranges, "_ROWS", rows)
    monkeypatch.setattr(diff_ranges, "_SAMPLED", 1)

    cut = diff(seeds_release, edited_release, limit=50, output=tmp_path / "cut")

    assert cut == whole
    for file in (tmp_path / "whole").iterdir():
        assert pl.read_parquet(tmp_path / "cut" / file.name).equals(pl.read_parquet(file))


def test_a_cut_table_still_shows_its_nulls_and_repeats(old, new, monkeypatch):
    monkeypatch.setattr(diff_ranges, "_ROWS", 2)
    monkeypatch.setattr(diff_ranges, "_SAMPLED", 1)
    rewrite(new, "units", lambda rows: pl.concat([rows, rows[:1].with_columns(unit=None)]))

    (units,) = (t for t in diff(old, new).tables if t.table == "units")

    assert (units.key, units.added, units.removed) == ((), 1, 0)


def test_names_of_columns_are_names(new):
    odd = "a \"b\" 'c'; --"
    other = shutil.copytree(new, new.with_name("other"))
    rewrite(new, "units", lambda rows: rows.with_columns(pl.lit(1).alias(odd)))
    rewrite(other, "units", lambda rows: rows.with_columns(pl.lit(2).alias(odd)))

    assert cells(diff(new, other), "units") == 3 * [(odd, "1", "2")]
