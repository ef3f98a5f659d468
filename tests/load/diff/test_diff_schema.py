"""Whatever two releases say of themselves otherwise: columns, types, keys, codes, tables."""

import json
import shutil

import polars as pl
from differences import DICTIONARY, cells, changes, counts
from releases import rewrite, sign

from etl.load.diff import diff


def rewrite_dictionary(release, change):
    dictionary = json.loads((release / DICTIONARY).read_text("utf-8"))
    change({table["name"]: table for table in dictionary["tables"]}, dictionary)
    (release / DICTIONARY).write_text(json.dumps(dictionary), "utf-8")
    sign(release)


def column(rows, name):
    return {row["name"]: row for row in rows["columns"]}[name]


def test_columns_types_and_their_order_are_read_from_the_files(old, new):
    rewrite(
        new,
        "metrics",
        lambda rows: (
            rows.drop("rule")
            .with_columns(value=pl.col("value").cast(pl.Int64), note=pl.lit("x"))
            .select("note", pl.exclude("note", "surface"), "surface")
        ),
    )

    difference = diff(old, new)

    assert changes(difference)[:3] == [
        ("column", "metrics.rule", "removed", None, None),
        ("column", "metrics.note", "added", None, None),
        ("column", "metrics.value", "type", "DOUBLE", "BIGINT"),
    ]
    assert changes(difference)[3][:3] == ("table", "metrics", "order of columns")
    assert counts(difference) == {}
    assert not difference.same


def test_numbers_of_another_type_are_compared_as_numbers_other_types_as_text(old, new):
    rewrite(
        new,
        "dates",
        lambda rows: rows.with_columns(
            pl.col("start_char").cast(pl.Int64) + 1,
            pl.col("end_char").cast(pl.Float64),
            pl.col("start_on").cast(pl.String),
            pl.col("end_on").cast(pl.Datetime("us")),
        ).with_columns(start_char=pl.col("start_char") - 1),
    )

    difference = diff(old, new)

    assert counts(difference) == {"dates": (0, 0, 2)}
    assert set(cells(difference, "dates")) == {("end_on", "2020-12-31", "2020-12-31 00:00:00")}


def test_what_the_dictionary_says_otherwise_is_told(old, new):
    def change(tables, dictionary):
        column(tables["articles"], "title")["nullable"] = True
        column(tables["articles"], "title")["unit"] = "characters"
        tables["articles"]["primary_key"] = ["source_path"]
        tables["articles"]["rules"].pop()
        dictionary["views"].pop()
        layout = next(codes for codes in dictionary["codes"] if codes["name"] == "layout")
        layout["codes"] = [c for c in layout["codes"] if c["code"] != "text"]
        layout["codes"].append({"code": "pdf", "zh": "便携文档", "en": "PDF"})
        layout["codes"][0]["en"] = "something else"
        dictionary["codes"] = [c for c in dictionary["codes"] if c["name"] != "measure"]

    rewrite_dictionary(new, change)
    told = changes(diff(old, new))

    assert [c[1:4:2] for c in told if c[2] == "nullable"] == [("articles.title", "no")]
    assert ("column", "articles.title", "unit", None, "characters") in told
    assert ("table", "articles", "primary_key", "article_id", "source_path") in told
    assert ("code", "layout.text", "removed", None, None) in told
    assert ("code", "layout.pdf", "added", None, None) in told
    assert [c[-1] for c in told if c[2] == "en"] == ["something else"]
    assert [c[1] for c in told if c[0] == "codes"] == ["measure"]
    assert not [c for c in told if c[1].startswith("measure.")]
    assert {c[0] for c in told} >= {"rule", "view"}


def test_a_table_that_only_one_release_has_is_told_with_its_rows(old, new):
    (new / "parquet/labels.parquet").unlink()
    sign(new)

    gone, come = diff(old, new), diff(new, old)

    assert changes(gone) == [("table", "labels", "removed", None, None)]
    assert changes(come) == [("table", "labels", "added", None, None)]
    assert counts(gone) == {"labels": (0, 2, 0)}
    assert counts(come) == {"labels": (2, 0, 0)}
    (labels,) = (t for t in gone.tables if t.table == "labels")
    assert (labels.old_rows, labels.new_rows) == (2, None)


def test_the_key_is_read_from_the_release_whatever_describes_it(old, new):
    rewrite(new, "units", lambda rows: rows.with_columns(label_en=pl.lit("x")), words=False)
    assert counts(diff(old, new)) == {"units": (0, 0, 3)}

    rewrite(new, "units", lambda rows: rows, words=True)
    shutil.rmtree(new / "dictionary")
    sign(new)
    assert counts(diff(old, new)) == {"units": (0, 0, 3)}
    assert changes(diff(old, new))


def test_the_old_key_serves_where_the_new_one_does_not_fit(old, new):
    rewrite(new, "units", lambda rows: rows.with_columns(label_en=pl.lit("x"), id=pl.lit("1")))
    rewrite_dictionary(new, lambda tables, _: tables["units"].update(primary_key=["id"]))

    assert counts(diff(old, new)) == {"units": (0, 0, 3)}
