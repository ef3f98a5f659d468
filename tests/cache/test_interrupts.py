"""Runs that are killed, ended or disturbed: the next one goes on where they were."""

import hashlib
import json
import signal
import time
from collections import Counter

import polars as pl
import pytest
from articles import pack_articles, write_articles
from commands import finish, start
from releases import digests
from reruns import count_made

from etl.cache.store import find_cache


def start_run(folder, *options, **variables):
    """`etl run in --output out` in `folder` on two workers."""
    command = ("run", "in", "-o", "out", "-j", 2, "--log-json", *options)
    return start(*command, cwd=folder, env=variables)


def read_events(process):
    return [json.loads(line) for line in finish(process, timeout=300).stderr.splitlines()]


def try_again(folder):
    """The same run where nothing kills."""
    out = folder / "out"
    return count_made([str(folder / "in")], out, cache=find_cache(out))


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 143)])
def test_a_run_that_was_ended_goes_on_where_it_was(number, exit_code, tmp_path, make_anew):
    source = write_articles(tmp_path / "in", range(2500))
    (tmp_path / "tmp").mkdir()
    with start_run(tmp_path, TMPDIR=str(tmp_path / "tmp")) as process:
        while len(list(tmp_path.glob(".out.etl-cache/*/parts/*/*"))) < 3:
            time.sleep(0.01)  # two may come at once; before the third, one of them is noted
        process.send_signal(number)
        events = read_events(process)
    assert process.returncode == exit_code
    if number != signal.SIGKILL:
        assert "for the next run" in events[-1]["message"]
    with start_run(tmp_path, TMPDIR=str(tmp_path / "tmp")) as process:
        events = read_events(process)
    assert events[-1]["event"] == "published"
    made = max(event.get("documents", 0) for event in events if event["event"] == "progress")
    assert made <= 2500 - 512
    assert list((tmp_path / "tmp").iterdir()) == []
    names = {".out.etl-cache", "in", "out", "tmp"}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert not list(tmp_path.glob(".out.etl-cache/*/partial"))
    assert digests(tmp_path / "out") == make_anew(source)


def test_only_the_document_that_kills_its_worker_is_lost(tmp_path):
    write_articles(tmp_path / "in", range(20))
    with start_run(tmp_path, ETL_CRASH_ON="0012.md") as process:
        events = read_events(process)
    deaths = [event for event in events if event["event"] == "worker_died"]
    assert [death["count"] for death in deaths] == [20, 20, 3, 1]
    assert (deaths[-1]["first"], deaths[-1]["how"]) == ("0012.md", "it was killed by SIGKILL")
    sources = pl.read_parquet(tmp_path / "out/parquet/sources.parquet")
    assert Counter(sources["reason"]) == {None: 19, "worker_died": 1}
    (lost,) = sources.filter(status="rejected").to_dicts()
    content = (tmp_path / "in/0012.md").read_bytes()
    assert lost["source_path"] == "0012.md"
    assert lost["source_sha256"] == hashlib.sha256(content).hexdigest()
    made, summary = try_again(tmp_path)
    assert (made, summary.statuses) == (1, {"published": 20})


def test_only_the_row_of_a_container_that_kills_its_worker_is_lost(tmp_path, make_anew):
    (tmp_path / "in").mkdir()
    pack_articles(tmp_path / "in/feed.jsonl", 8)
    with start_run(tmp_path, ETL_CRASH_ON="feed.jsonl#7") as process:
        events = read_events(process)
    assert events[-1]["statuses"] == {"published": 7, "rejected": 1}
    _, summary = try_again(tmp_path)
    assert summary.statuses == {"published": 8}
    assert digests(tmp_path / "out") == make_anew(tmp_path / "in")


def test_a_second_run_does_not_disturb_the_first(tmp_path):
    write_articles(tmp_path / "in", range(300))
    with start_run(tmp_path, "--cache", "cache") as first:
        while not (tmp_path / "cache/lock").exists():
            time.sleep(0.01)
        with start_run(tmp_path, "--cache", "cache", "-o", "other") as second:
            assert "Another run uses the cache" in read_events(second)[-1]["message"]
        assert read_events(first)[-1]["event"] == "published"
