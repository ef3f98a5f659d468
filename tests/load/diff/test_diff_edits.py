"""An edited article is matched by its path, and its rows stand with it."""

import polars as pl
from differences import EDITED, GONE, cells, changes, counts
from releases import rewrite

from etl.load.diff import diff


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
