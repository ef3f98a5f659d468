"""The whole way from sources to a release: the same whatever runs it, and nothing lost."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from articles import ARTICLE
from commands import etl
from releases import digests, read

from etl import pipeline
from etl.errors import EtlError, SourceError
from etl.records import Document
from etl.work import EXTRACTED, stage, write_extract
from schemas import TABLES

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """More files than one batch holds, with repeats in other batches and one unreadable file."""
    folder = tmp_path_factory.mktemp("crowd")
    for number in range(600):
        (folder / f"{number:03d}.md").write_text(ARTICLE.format(number % 590 + 3), "utf-8")
    (folder / "empty.md").touch()
    return folder


@pytest.fixture(scope="module")
def crowd_release(crowd, tmp_path_factory):
    output = tmp_path_factory.mktemp("one") / "datasets"
    pipeline.run([str(crowd)], output, workers=1)
    return output


@pytest.mark.parametrize("workers", [2, ThreadPoolExecutor(3)], ids=["processes", "threads"])
def test_the_bytes_do_not_depend_on_who_does_the_work(workers, crowd, crowd_release, tmp_path):
    pipeline.run([str(crowd)], tmp_path / "datasets", workers=workers)
    assert digests(tmp_path / "datasets") == digests(crowd_release)


def test_the_bytes_do_not_depend_on_where_one_stands(seeds_release, tmp_path):
    relative = os.path.relpath(SEEDS, tmp_path)
    result = etl("run", relative, "--workers", 2, "--output", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert digests(tmp_path / "out") == digests(seeds_release)


def test_every_document_is_accounted_for(crowd_release):
    sources = read(crowd_release, "sources")
    assert Counter(sources["status"]) == {"published": 590, "duplicate": 10, "rejected": 1}
    assert read(crowd_release, "articles").height == 590


def test_a_repeat_in_another_batch_is_published_once_under_its_first_path(crowd_release):
    sources = read(crowd_release, "sources").filter(pl.col("status") == "duplicate")
    assert sources["source_path"].to_list() == [f"{number}.md" for number in range(590, 600)]
    assert sources["reason"].unique().to_list() == ["same_bytes"]
    assert read(crowd_release, "metrics")["metric_id"].is_duplicated().sum() == 0


def test_a_document_our_own_code_stumbles_over_does_not_end_the_run(tmp_path):
    """A layout no schema knows stands for any fault that only shows in the tables."""
    facts = ("utf-8", "papyrus", {"title": "疏解"}, ())
    with stage(tmp_path / "work", EXTRACTED) as folder:
        documents = [Document(f"{n}.md", f"{n:064x}", 9, *facts) for n in range(3)]
        sound = Document("sound.md", "f" * 64, 9, "utf-8", "text", {"title": "疏解"}, ())
        write_extract(folder, "000000", [*documents, sound], [])
    pipeline.transform(tmp_path / "work", workers=1)
    pipeline.load(tmp_path / "work", tmp_path / "out")
    sources = read(tmp_path / "out", "sources")
    assert Counter(sources["reason"].fill_null("none")) == {"internal_error": 3, "none": 1}
    assert "papyrus" in sources["detail"][0]


def test_debug_lets_a_fault_through(tmp_path):
    document = Document("a.md", "a" * 64, 9, "utf-8", "papyrus", {"title": "疏解"}, ())
    with stage(tmp_path, EXTRACTED) as folder:
        write_extract(folder, "000000", [document], [])
    with pytest.raises(Exception, match="papyrus"):
        pipeline.transform(tmp_path, workers=1, debug=True)


def test_sources_without_an_article_publish_nothing(tmp_path):
    (tmp_path / "empty.md").touch()
    with pytest.raises(EtlError, match="No document could be read"):
        pipeline.run([str(tmp_path / "empty.md")], tmp_path / "out", workers=1)
    with pytest.raises(SourceError, match="missing"):
        pipeline.run([str(tmp_path / "missing")], tmp_path / "out", workers=1)
    assert not (tmp_path / "out").exists()


def test_progress_is_told_from_the_first_batch_to_the_last(crowd, tmp_path):
    told = []
    pipeline.extract([str(crowd)], tmp_path / "work", workers=1, report=told.append)
    assert {event.stage for event in told} == {"extract"}
    assert [event.documents for event in told] == [0, 512, 601, 601]
    assert told[-1].rejected == 1
    assert [event.done for event in told] == sorted(event.done for event in told)
    assert (told[0].done, told[-1].done) == (0, told[-1].total)


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_every_table_with_types_and_nothing_nested(table, seeds_release):
    frame = pd.read_parquet(seeds_release / "parquet" / f"{table}.parquet")
    for name, column in frame.items():
        kinds = {type(value) for value in column.dropna()}
        assert not kinds & {list, dict, tuple}, name
        if name.endswith("_on") or name in ("period_start", "period_end"):
            assert kinds <= {date}, name
        if name.endswith("_at"):
            assert isinstance(column.dtype, pd.DatetimeTZDtype), name
            assert all(issubclass(kind, datetime) for kind in kinds)
