"""A run makes only what is not there yet, and publishes what it would have published anyway."""

import gzip
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from etl import batches, pipeline
from etl.cache.store import find_cache, measure_cache
from etl.errors import EtlError, UsageError
from etl.extract.sources import find_sources

ARTICLE = "---\ntitle: 疏解第{0}批\ndate: 2020-01-01\n---\n\n2019年，北京疏解企业{0}家。\n"


def write(folder, numbers, text=ARTICLE):
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:04d}.md").write_text(text.format(number + 3), "utf-8")
    return folder


def settle(folder):
    """Let files be so old that their times tell whether they change."""
    for path in folder.rglob("*"):
        os.utime(path, ns=(10**18, 10**18 + path.stat().st_ino))
    time.sleep(2.1)  # the times that nobody can set, too


def digest(release):
    """Of all that must not depend on how a release was made; only the database may."""
    files = {path: path.relative_to(release).as_posix() for path in release.rglob("*.*")}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path, name in files.items()
        if path.is_file() and path.suffix != ".duckdb"
    }


def count_made(*arguments, **options):
    """How many documents a run made rows of, and what it published."""
    events = []
    summary = pipeline.run(*arguments, report=events.append, **{"workers": 1} | options)
    ends = [event for event in events if event.unit == "bytes" and event.done == event.total]
    return sum(event.documents for event in ends), summary


def ask(cache, query, *values):
    (file,) = cache.glob("*/ledger.sqlite")
    with closing(sqlite3.connect(file)) as ledger, ledger:
        return ledger.execute(query, values).fetchall()


def make_anew(source, tmp_path):
    """What a run without a cache publishes."""
    pipeline.run([str(source)], tmp_path / "anew", workers=1, max_loss=None)
    return digest(tmp_path / "anew")


@pytest.fixture
def corpus(tmp_path):
    """Forty articles with repeats, published once; the folder, the release, the cache."""
    source = write(tmp_path / "in", range(36))
    for number in range(4):  # the same bytes under a later name
        shutil.copy(source / f"{number:04d}.md", source / f"9{number:03d}.md")
    settle(source)
    release, cache = tmp_path / "out", tmp_path / "cache"
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 40
    return source, release, cache


def test_nothing_has_changed(corpus, tmp_path):
    source, release, cache = corpus
    before = {path: path.stat().st_mtime_ns for path in release.rglob("*")}
    made, summary = count_made([str(source)], release, cache=cache)
    assert (made, summary.is_new) == (0, False)
    assert summary.statuses == {"published": 36, "duplicate": 4}
    assert {path: path.stat().st_mtime_ns for path in release.rglob("*")} == before
    assert digest(release) == make_anew(source, tmp_path)


def test_other_files_of_the_same_rows_are_written_anew_from_the_rows_that_are_there(corpus):
    source, release, cache = corpus
    made, summary = count_made([str(source)], release, cache=cache, rows_per_file=30)
    assert (made, summary.is_new) == (0, True)
    assert len(list(release.glob("parquet/articles/part-*.parquet"))) == 2
    assert not count_made([str(source)], release, cache=cache, rows_per_file=30)[1].is_new
    assert count_made([str(source)], release, cache=cache)[1].is_new
    assert (release / "parquet/articles.parquet").is_file()


def test_a_changed_a_new_and_a_missing_file(corpus, tmp_path):
    source, release, cache = corpus
    write(source, [7], ARTICLE.replace("企业", "市场"))
    write(source, [50])
    (source / "0011.md").unlink()
    made, summary = count_made([str(source)], release, cache=cache)
    assert (made, summary.is_new) == (2, True)
    assert summary.statuses == {"published": 36, "duplicate": 4}
    assert digest(release) == make_anew(source, tmp_path)
    assert count_made([str(source)], release, cache=cache)[0] == 0


def test_a_repeat_is_published_when_the_first_of_its_kind_is_gone(corpus, tmp_path):
    source, release, cache = corpus
    (source / "0002.md").unlink()
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 1
    sources = pl.read_parquet(release / "parquet/sources.parquet")
    assert sources.filter(source_path="9002.md")["status"].to_list() == ["published"]
    assert digest(release) == make_anew(source, tmp_path)


def test_an_article_that_moves_and_one_that_comes_twice(corpus, tmp_path):
    source, release, cache = corpus
    (source / "0005.md").rename(source / "0500.md")
    shutil.copy(source / "0008.md", source / "0000a.md")
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 2
    assert digest(release) == make_anew(source, tmp_path)


def test_many_small_changes_do_not_pile_up(corpus, tmp_path):
    """What is left of a part that has lost most of its files is made anew, with the rest gone."""
    source, release, cache = corpus
    for number in range(25):
        (source / f"{number:04d}.md").unlink()
    made, _ = count_made([str(source)], release, cache=cache, max_loss=None)
    assert made == 15
    assert digest(release) == make_anew(source, tmp_path)


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
    source = write(tmp_path / "in", range(3))
    count_made([str(source)], tmp_path / "out", cache=tmp_path / "cache")
    counted = ask(tmp_path / "cache", "SELECT count(*), count(stamp) FROM files")
    assert counted == [(3, 0)]


@pytest.mark.parametrize("damage", ["table", "lost table", "manifest", "ledger", "lost ledger"])
def test_what_is_damaged_is_made_anew(damage, corpus, tmp_path):
    source, release, cache = corpus
    pattern = "*/parts/*/*/0000/metrics.parquet"
    pattern = {"manifest": "*/parts/*/*/manifest"}.get(damage, pattern)
    pattern = "*/ledger.sqlite" if "ledger" in damage else pattern
    (file,) = cache.glob(pattern)
    if "lost" in damage:
        file.unlink()
    else:
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(1000) if "ledger" in damage else content)
    write(source, [50])
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == (1 if "ledger" in damage else 41)
    assert digest(release) == make_anew(source, tmp_path)


@pytest.mark.parametrize("damage", ["changed", "lost", "more"])
def test_a_release_that_is_not_as_it_was_is_published_again(damage, corpus, tmp_path):
    source, release, cache = corpus
    if damage == "changed":
        (release / "README.md").write_text("mine")
    elif damage == "lost":
        (release / "parquet/metrics.parquet").unlink()
    else:
        shutil.rmtree(release)
    made, summary = count_made([str(source)], release, cache=cache, max_loss=None)
    assert (made, summary.is_new) == (0, True)
    assert digest(release) == make_anew(source, tmp_path)


def test_other_code_makes_everything_anew(corpus, monkeypatch):
    source, release, cache = corpus
    monkeypatch.setattr("etl.installation._FOR_ROWS", ("pytest",))
    made, _ = count_made([str(source)], release, cache=cache)
    assert made == 40
    assert len(list(cache.glob("*/parts"))) == 1


def test_other_sources_leave_nothing_of_the_first(corpus, tmp_path):
    _, release, cache = corpus
    other = write(tmp_path / "other", range(100, 103))
    count_made([str(other)], release, cache=cache, max_loss=None)
    assert digest(release) == make_anew(other, tmp_path)
    assert measure_cache(cache).documents == 3


@pytest.mark.parametrize("kind", ["jsonl.gz", "zip"])
def test_a_large_container_is_shared_out_and_only_its_new_rows_are_made(
    kind, tmp_path, monkeypatch
):
    monkeypatch.setattr(batches, "_LARGE", 100)
    monkeypatch.setattr(batches, "_MOST_ITEMS", 16)
    source, release, cache = tmp_path / "in", tmp_path / "out", tmp_path / "cache"
    source.mkdir()
    write(source, range(900, 905))
    pack(source / f"feed.{kind}", 60)
    assert count_made([str(source)], release, cache=cache, workers=2)[0] == 65
    assert not count_made([str(source)], release, cache=cache)[1].is_new
    pack(source / f"feed.{kind}", 70)
    assert count_made([str(source)], release, cache=cache)[0] == 10
    assert digest(release) == make_anew(source, tmp_path)
    pack(source / f"feed.{kind}", 60)
    assert count_made([str(source)], release, cache=cache, max_loss=None)[0] == 0
    assert digest(release) == make_anew(source, tmp_path)
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
    pack(tmp_path / "in/feed.jsonl", 160)
    with pytest.raises(EtlError, match="No document"):  # nobody counted them
        pipeline.extract([str(tmp_path / "in")], tmp_path / "work", workers=1)
    assert len(spooled) == 10
    assert max(spooled) <= 2


def pack(file, count):
    texts = [ARTICLE.format(number + 3) for number in range(count)]
    if file.suffix == ".zip":
        with zipfile.ZipFile(file, "w") as archive:
            for number, text in enumerate(texts):
                archive.writestr(f"{number:04d}.md", text)
        return
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    file.write_bytes(gzip.compress(lines) if file.suffix == ".gz" else lines)


def test_a_cache_within_a_source_is_no_source(tmp_path):
    source = write(tmp_path / "in", range(3))
    for _ in range(2):
        _, summary = count_made([str(source)], source / "out", cache=source / "cache")
        assert summary.statuses == {"published": 3}
    assert not summary.is_new


def test_a_cache_is_no_part_of_a_release(tmp_path):
    source = write(tmp_path / "in", range(3))
    with pytest.raises(UsageError, match="part of the release"):
        count_made([str(source)], tmp_path / "out", cache=tmp_path / "out/cache")


def test_a_folder_of_something_else_is_no_cache(tmp_path):
    source = write(tmp_path / "in", range(3))
    with pytest.raises(UsageError, match="holds other files"):
        count_made([str(source)], tmp_path / "out", cache=source)
    assert len(list(source.iterdir())) == 3


def test_a_run_that_could_read_nothing_leaves_no_cache(tmp_path):
    (tmp_path / "empty.md").touch()
    with pytest.raises(EtlError, match="No document could be read"):
        count_made([str(tmp_path / "empty.md")], tmp_path / "out", cache=tmp_path / "cache")
    assert [path.name for path in tmp_path.iterdir()] == ["empty.md"]


def start(folder, *options, **variables):
    """`etl run in --output out` in `folder` on two workers."""
    return subprocess.Popen(
        [sys.executable, "-m", "etl", "run", "in", "-o", "out", "-j", "2", "--log-json", *options],
        cwd=folder,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def read_events(process):
    _, told = process.communicate(timeout=300)
    return [json.loads(line) for line in told.splitlines()]


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 143)])
def test_a_run_that_was_ended_goes_on_where_it_was(number, exit_code, tmp_path):
    source = write(tmp_path / "in", range(2000))
    (tmp_path / "tmp").mkdir()
    with start(tmp_path, TMPDIR=str(tmp_path / "tmp")) as process:
        while len(list(tmp_path.glob(".out.etl-cache/*/parts/*/*"))) < 2:
            time.sleep(0.01)
        process.send_signal(number)
        events = read_events(process)
    assert process.returncode == exit_code
    if number != signal.SIGKILL:
        assert "for the next run" in events[-1]["message"]
    with start(tmp_path, TMPDIR=str(tmp_path / "tmp")) as process:
        events = read_events(process)
    assert events[-1]["event"] == "published"
    made = max(event.get("documents", 0) for event in events if event["event"] == "progress")
    assert made <= 2000 - 512
    assert list((tmp_path / "tmp").iterdir()) == []
    names = {".out.etl-cache", "in", "out", "tmp"}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert not list(tmp_path.glob(".out.etl-cache/*/partial"))
    assert digest(tmp_path / "out") == make_anew(source, tmp_path)


def test_only_the_document_that_kills_its_worker_is_lost(tmp_path):
    write(tmp_path / "in", range(20))
    with start(tmp_path, ETL_CRASH_ON="0012.md") as process:
        events = read_events(process)
    deaths = [event for event in events if event["event"] == "worker_died"]
    assert [death["count"] for death in deaths] == [20, 20, 10, 5, 3, 1]
    assert (deaths[-1]["first"], deaths[-1]["how"]) == ("0012.md", "it was killed by SIGKILL")
    sources = pl.read_parquet(tmp_path / "out/parquet/sources.parquet")
    assert Counter(sources["reason"]) == {None: 19, "worker_died": 1}
    (lost,) = sources.filter(status="rejected").to_dicts()
    content = (tmp_path / "in/0012.md").read_bytes()
    assert lost["source_path"] == "0012.md"
    assert lost["source_sha256"] == hashlib.sha256(content).hexdigest()
    made, summary = try_again(tmp_path)
    assert (made, summary.statuses) == (1, {"published": 20})


def test_only_the_row_of_a_container_that_kills_its_worker_is_lost(tmp_path):
    (tmp_path / "in").mkdir()
    pack(tmp_path / "in/feed.jsonl", 8)
    with start(tmp_path, ETL_CRASH_ON="feed.jsonl#7") as process:
        events = read_events(process)
    assert events[-1]["statuses"] == {"published": 7, "rejected": 1}
    _, summary = try_again(tmp_path)
    assert summary.statuses == {"published": 8}
    assert digest(tmp_path / "out") == make_anew(tmp_path / "in", tmp_path)


def try_again(folder):
    """The same run where nothing kills."""
    out = folder / "out"
    return count_made([str(folder / "in")], out, cache=find_cache(out))


def test_a_second_run_does_not_disturb_the_first(tmp_path):
    write(tmp_path / "in", range(300))
    with start(tmp_path, "--cache", "cache") as first:
        while not (tmp_path / "cache/lock").exists():
            time.sleep(0.01)
        with start(tmp_path, "--cache", "cache", "-o", "other") as second:
            assert "Another run uses the cache" in read_events(second)[-1]["message"]
        assert read_events(first)[-1]["event"] == "published"


def test_the_cache_lies_hidden_beside_the_release():
    assert find_cache(Path("a/datasets")) == Path("a/.datasets.etl-cache").resolve()
