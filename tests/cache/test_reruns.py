"""A run makes only what is not there yet, and publishes what it would have published anyway."""

import os
import shutil
import sqlite3
from contextlib import closing

import polars as pl
import pytest
from articles import ARTICLE, pack_articles, write_articles
from releases import digests
from reruns import count_made, settle

from etl import batches, pipeline
from etl.cache.store import measure_cache
from etl.errors import EtlError
from etl.extract.listing import find_sources


def ask(cache, query, *values):
    (file,) = cache.glob("*/ledger.sqlite")
    with closing(sqlite3.connect(file)) as ledger, ledger:
        return ledger.execute(query, values).fetchall()


def test_nothing_has_changed(corpus, make_anew):
    source, release, cache = corpus
    before = {path: path.stat().st_mtime_ns for path in release.rglob("*")}
    made, summary = count_made([str(source)], release, cache=cache)
    assert (made, summary.is_new) == (0, False)
    assert summary.statuses == {"published": 36, "duplicate": 4}
    assert {path: path.stat().st_mtime_ns for path in release.rglob("*")} == before
    assert digests(release) == make_anew(source)


def test_a_changed_a_new_and_a_missing_file(corpus, make_anew):
    source, release, cache = corpus
    write_articles(source, [7], ARTICLE.replace("企业", "市场"))
    write_articles(source, [50])
    (source / "0011.md").unlink()
    made, summary = count_made([str(source)], release, cache=cache)
    assert (made, summary.is_new) == (2, True)
    assert summary.statuses == {"published": 36, "duplicate": 4}
    assert digests(release) == make_anew(source)
    assert count_made([str(source)], release, cache=cache)[0] == 0


def test_a_repeat_is_published_when_the_first_of_its_kind_is_gone(corpus, make_anew):
    source, release, cache = corpus
    (source / "0002.md").unlink()
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 1
    sources = pl.read_parquet(release / "parquet/sources.parquet")
    assert sources.filter(source_path="9002.md")["status"].to_list() == ["published"]
    assert digests(release) == make_anew(source)


def test_an_article_that_moves_and_one_that_comes_twice(corpus, make_anew):
    source, release, cache = corpus
    (source / "0005.md").rename(source / "0500.md")
    shutil.copy(source / "0008.md", source / "0000a.md")
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 2
    assert digests(release) == make_anew(source)


def test_many_small_changes_do_not_pile_up(corpus, make_anew):
    """What is left of a part that has lost most of its files is made anew, with the rest gone."""
    source, release, cache = corpus
    for number in range(25):
        (source / f"{number:04d}.md").unlink()
    made, _ = count_made([str(source)], release, cache=cache, max_loss=None)
    assert made == 15
    assert digests(release) == make_anew(source)


def test_touched_files_are_looked_into_and_found_to_be_the_same(corpus):
    source, release, cache = corpus
    for path in source.iterdir():
        os.utime(path)
    made, summary = count_made([str(source)], release, cache=cache)
    assert (made, summary.is_new) == (0, False)


def test_of_the_objects_in_a_bucket_only_the_new_and_changed_are_read(bucket, tmp_path):
    names = ("a.md", "b.md", "c.md")
    bucket.put({name: ARTICLE.format(number).encode() for number, name in enumerate(names)})

    def run():
        read = []
        options = {"workers": 1, "cache": tmp_path / "cache", "report": read.append}
        pipeline.run([bucket.url], tmp_path / "out", **options)
        return max((event.done for event in read if event.unit == "bytes"), default=0)

    assert run() == 3 * len(ARTICLE.format(0).encode())
    assert run() == 0
    bucket.put({"b.md": ARTICLE.format(10).encode()})
    assert run() == len(ARTICLE.format(10).encode())


def test_a_copy_of_the_corpus_is_the_same_corpus(corpus, tmp_path):
    source, release, cache = corpus
    shutil.copytree(source, tmp_path / "copy")
    made, summary = count_made([str(tmp_path / "copy")], release, cache=cache)
    assert (made, summary.is_new) == (0, False)


def test_a_change_that_no_time_tells_is_found_by_looking(corpus):
    """As if a clock stood still: size, times and inode are what they were."""
    source, release, cache = corpus
    path = source / "0007.md"
    path.write_text(path.read_text("utf-8").replace("企业", "市场"), "utf-8")
    settle(source)
    (found,) = find_sources([str(path)])
    ask(cache, "UPDATE files SET stamp = ? WHERE path = '0007.md'", found.stamp)
    assert count_made([str(source)], release, cache=cache)[0] == 0
    made, _ = count_made([str(source)], release, cache=cache, check_content=True)
    assert made == 1


def test_a_file_written_at_the_time_of_a_run_is_looked_into_by_the_next(tmp_path):
    """It could change again and bear the same size and time."""
    source = write_articles(tmp_path / "in", range(3))
    count_made([str(source)], tmp_path / "out", cache=tmp_path / "cache")
    counted = ask(tmp_path / "cache", "SELECT count(*), count(stamp) FROM files")
    assert counted == [(3, 0)]


def test_other_code_makes_everything_anew(corpus, monkeypatch):
    source, release, cache = corpus
    monkeypatch.setattr("etl.installation._FOR_ROWS", ("pytest",))
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 40
    assert len(list(cache.glob("*/parts"))) == 1


def test_other_sources_leave_nothing_of_the_first(corpus, tmp_path, make_anew):
    _, release, cache = corpus
    other = write_articles(tmp_path / "other", range(100, 103))
    count_made([str(other)], release, cache=cache, max_loss=None)
    assert digests(release) == make_anew(other)
    assert measure_cache(cache).documents == 3


@pytest.mark.parametrize("kind", ["jsonl.gz", "zip"])
def test_a_large_container_is_shared_out_and_only_its_new_rows_are_made(
    kind, tmp_path, monkeypatch, make_anew
):
    monkeypatch.setattr(batches, "_LARGE", 100)
    monkeypatch.setattr(batches, "_MOST_ITEMS", 16)
    source, release, cache = tmp_path / "in", tmp_path / "out", tmp_path / "cache"
    source.mkdir()
    write_articles(source, range(900, 905))
    pack_articles(source / f"feed.{kind}", 60)
    assert count_made([str(source)], release, cache=cache, workers=2)[0] == 65
    assert not count_made([str(source)], release, cache=cache)[1].is_new
    pack_articles(source / f"feed.{kind}", 70)
    assert count_made([str(source)], release, cache=cache)[0] == 10
    assert digests(release) == make_anew(source)
    pack_articles(source / f"feed.{kind}", 60)
    assert count_made([str(source)], release, cache=cache, max_loss=None)[0] == 0
    assert digests(release) == make_anew(source)
    assert not list(cache.glob("*/spool"))


def test_the_bytes_of_a_batch_are_not_kept_longer_than_needed(tmp_path, monkeypatch):
    """A container of any size is unpacked as it goes, not as a whole."""
    monkeypatch.setattr(batches, "_LARGE", 100)
    monkeypatch.setattr(batches, "_MOST_ITEMS", 16)
    spooled = []
    monkeypatch.setattr(pipeline.Meter, "count", lambda *_: spooled.append(len(list_spool())))

    def list_spool():
        return list((tmp_path / "work").glob("*/spool/*"))

    (tmp_path / "in").mkdir()
    pack_articles(tmp_path / "in/feed.jsonl", 160)
    with pytest.raises(EtlError, match="No document"):  # nobody counted them
        pipeline.extract([str(tmp_path / "in")], tmp_path / "work", workers=1)
    assert len(spooled) == 10
    assert max(spooled) <= 2
