"""Two releases compared: every difference is found, named and counted, and nothing else."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from etl import pipeline
from etl.errors import UsageError
from etl.load import checksums, diff_ranges
from etl.load.diff import diff

SEEDS = Path(__file__).parent.parent.parent / "seeds"
EDITED, GONE = "000_b90c594497928e87.txt", "003_d9ce979da7d17b31.txt"
DICTIONARY = "dictionary/dictionary.json"


@pytest.fixture
def old(published):
    """A release that others are compared with; read it, do not change it."""
    return published


@pytest.fixture
def new(published, tmp_path):
    """A copy of the same release, to be changed."""
    return shutil.copytree(published, tmp_path / "new")


@pytest.fixture(scope="session")
def edited_release(tmp_path_factory):
    """Three of the four seeds, one of them with another figure."""
    folder = tmp_path_factory.mktemp("edited")
    shutil.copytree(SEEDS, folder / "seeds")
    (folder / "seeds" / GONE).unlink()
    text = (SEEDS / EDITED).read_bytes().decode()
    assert text.count("近 3000 家") == 1
    (folder / "seeds" / EDITED).write_bytes(text.replace("近 3000 家", "近 3200 家").encode())
    pipeline.run([str(folder / "seeds")], folder / "datasets", workers=1, debug=True)
    return folder / "datasets"


def rewrite(release, table, change, *, words=True):
    """Change the rows of a table, keep or drop what the file says of itself, sign the release."""
    file = release / "parquet" / f"{table}.parquet"
    said = pl.read_parquet_metadata(file) if words else {}
    said.pop("ARROW:schema", None)
    rows = change(pl.read_parquet(file, glob=False))
    rows.write_parquet(file, metadata=said)
    sign(release)


def rewrite_dictionary(release, change):
    dictionary = json.loads((release / DICTIONARY).read_text("utf-8"))
    change({table["name"]: table for table in dictionary["tables"]}, dictionary)
    (release / DICTIONARY).write_text(json.dumps(dictionary), "utf-8")
    sign(release)


def sign(release):
    (release / checksums.FILE_NAME).unlink()
    checksums.write_checksums(release)


def column(rows, name):
    return {row["name"]: row for row in rows["columns"]}[name]


def counts(difference):
    """Table → rows added, removed, changed; only of tables that differ."""
    return {t.table: (t.added, t.removed, t.changed) for t in difference.tables if not t.same}


def changes(difference):
    return [(c.kind, c.name, c.change, c.old, c.new) for c in difference.schema]


def cells(difference, table):
    return [
        (row["column"], row["old"], row["new"])
        for row in difference.samples[table].get("changed", ())
    ]


def test_a_release_is_the_same_as_itself_and_as_its_copy(old, new):
    for other in (old, new):
        difference = diff(old, other)
        assert difference.same
        assert difference.samples == {}
        assert {t.table for t in difference.tables} >= {"articles", "metrics", "skipped"}
        assert all(t.old_rows == t.new_rows for t in difference.tables)


def test_what_is_no_content_makes_no_difference(old, new):
    for name in ("jingjinji.duckdb", "datapackage.json", "README.md", "dictionary/index.html"):
        (new / name).write_bytes(b"other bytes")
    rewrite(new, "metrics", lambda rows: rows)
    rewrite(new, "units", lambda rows: rows.reverse())

    assert diff(old, new).same


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


def test_the_seeds_and_three_of_them_with_one_edited(seeds_release, edited_release):
    difference = diff(seeds_release, edited_release, limit=1000)
    found = counts(difference)

    assert found["articles"] == (1, 2, 0)
    assert found["sources"] == (0, 1, 1)
    assert [name for name, old, _ in cells(difference, "sources") if old] == [
        "article_id",
        "source_sha256",
    ]
    assert changes(difference) == []
    assert not {"units", "regions", "region_members"} & found.keys()
    for table in difference.tables:
        added, removed, _ = found.get(table.table, (0, 0, 0))
        assert table.old_rows + added - removed == table.new_rows
    assert {row["source_path"] for row in difference.samples["articles"]["removed"]} == {GONE}


def test_an_edited_article_is_matched_by_its_path(seeds_release, edited_release):
    edits = diff(seeds_release, edited_release).edits

    (edit,) = edits.sample
    assert (edits.count, edit.source_path) == (1, EDITED)
    assert edit.old_id != edit.new_id
    told = {
        (cell.column, cell.old and cell.old[:20], cell.new and cell.new[:20]) for cell in edit.cells
    }
    assert {name for name, _, _ in told} == {
        "article_id",
        "text_digest",
        "paragraphs.text",
        "metrics.surface",
    }
    assert {("metrics.surface", "近3000家", None), ("metrics.surface", None, "近3200家")} <= told
    assert len([name for name, _, _ in told if name == "paragraphs.text"]) == 2


def test_rows_of_an_edited_article_are_counted_and_left_out_of_the_samples(
    seeds_release, edited_release
):
    difference = diff(seeds_release, edited_release, limit=1000)

    removed, added = difference.edits.rows["metrics"]
    assert removed == added > 0
    assert counts(difference)["metrics"][0] == added
    (edit,) = difference.edits.sample
    shown = [row for rows in difference.samples["metrics"].values() for row in rows]
    assert shown
    assert edit.old_id not in {row["article_id"] for row in shown}


def test_the_titles_of_the_articles_in_the_samples_are_told(seeds_release, edited_release):
    difference = diff(seeds_release, edited_release, limit=1)

    (edit,) = difference.edits.sample
    assert difference.titles[edit.new_id] == "京津冀协同发展彰显城市治理中国智慧"
    assert len(difference.titles) == 2


def test_a_moved_file_is_the_same_article_with_another_path(old, new):
    rewrite(
        new, "articles", lambda rows: rows.with_columns(source_path="x/" + pl.col("source_path"))
    )

    difference = diff(old, new)

    assert counts(difference) == {"articles": (0, 0, 2)}
    assert difference.edits.count == 0


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


def _remove(file):
    file.unlink()


def _cut_short(file):
    file.write_bytes(file.read_bytes()[:-9])


def _garble(file):
    file.write_bytes(b"PAR1 nothing PAR1")


def _garble_pages(file):
    data = file.read_bytes()
    file.write_bytes(data[:4] + bytes(500) + data[504:])


def _empty_json(file):
    file.write_text("[1, 2]")


@pytest.mark.parametrize(
    ("name", "damage", "words"),
    [
        (
            "parquet/metrics.parquet",
            _remove,
            r"no whole release: parquet/metrics.parquet is missing",
        ),
        ("parquet/metrics.parquet", _cut_short, r"cannot be read as a release: .*metrics.parquet"),
        ("parquet/metrics.parquet", _garble, r"cannot be read as a release: .*metrics.parquet"),
        ("parquet/metrics.parquet", _garble_pages, "cannot be compared"),
        (DICTIONARY, _remove, "dictionary.json is missing"),
        (DICTIONARY, _garble, "cannot be read as a release"),
        (DICTIONARY, _empty_json, "cannot be read as a release"),
        ("SHA256SUMS", _remove, "There is no release at"),
        ("SHA256SUMS", _garble, "There is no release at"),
    ],
)
def test_a_damaged_release_cannot_be_compared(old, new, name, damage, words):
    damage(new / name)

    for pair in ((old, new), (new, old)):
        with pytest.raises(UsageError, match=words):
            diff(*pair)


def test_what_is_no_release_cannot_be_compared(old, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")

    for name in ("missing", "empty", "file"):
        with pytest.raises(UsageError, match=f"There is no release at .*{name}"):
            diff(old, tmp_path / name)


def test_only_files_of_the_release_itself_are_tables(old, new):
    with (new / "SHA256SUMS").open("a") as file:
        file.write("0  parquet/../../old.parquet\n0  parquet/a'b.parquet\n0  /etc/passwd\n")

    assert diff(old, new).same


def test_folder_names_with_special_characters_are_names(old, tmp_path):
    odd = shutil.copytree(old, tmp_path / "a[b]*c 'd' \"e\" f?")
    rewrite(odd, "units", lambda rows: rows[1:])

    assert counts(diff(old, odd, output=tmp_path / "o'[u]*t")) == {"units": (0, 1, 0)}
    assert (tmp_path / "o'[u]*t/units_removed.parquet").exists()


def test_names_of_columns_are_names(new):
    odd = "a \"b\" 'c'; --"
    other = shutil.copytree(new, new.with_name("other"))
    rewrite(new, "units", lambda rows: rows.with_columns(pl.lit(1).alias(odd)))
    rewrite(other, "units", lambda rows: rows.with_columns(pl.lit(2).alias(odd)))

    assert cells(diff(new, other), "units") == 3 * [(odd, "1", "2")]
