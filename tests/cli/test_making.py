"""The commands that make a release, whole or in steps: what they publish, and what they leave."""

import shutil
import signal
from pathlib import Path

import polars as pl
import pytest
from commands import assert_refused, etl, finish, list_all, start

SEEDS = Path(__file__).parents[2] / "seeds"
ONE_SEED = SEEDS / "000_b90c594497928e87.txt"
COLUMNS = ("--text-column", "fulltext", "--title-column", "hed", "--date-column", "day")


def test_run_publishes_and_tells_what(tmp_path):
    result = etl("run", SEEDS, "--output", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "4 documents: 4 published." in result.stdout
    assert "articles" in result.stdout
    assert (tmp_path / "out/jingjinji.duckdb").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.etl-cache", "out"]


def test_the_three_stages_publish_what_run_publishes(tmp_path, seeds_release):
    for command in (
        ("extract", SEEDS, "--work", "work"),
        ("transform", "--work", "work"),
        ("load", "--work", "work", "--output", "out"),
    ):
        result = etl(*command, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
    for path in (seeds_release / "parquet").iterdir():
        assert (tmp_path / "out/parquet" / path.name).read_bytes() == path.read_bytes()


def test_a_larger_table_becomes_several_files(tmp_path):
    result = etl("run", SEEDS, "-o", "out", "--rows-per-file", "50", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    files = list_all(tmp_path / "out/parquet/metrics")
    assert files == ["part-00000.parquet", "part-00001.parquet"]
    assert "out is sound." in etl("verify", "out", cwd=tmp_path).stdout
    shown = etl("describe", "metrics", "--example", "polars", "-r", "out", cwd=tmp_path).stdout
    assert "out/parquet/metrics/*.parquet" in shown


@pytest.fixture
def tables(tmp_path):
    """Three tables whose article columns bear names of their own, beside misleading ones."""
    rows = pl.DataFrame(
        {
            "text": ["摘要。"] * 2,
            "title": ["频道首页"] * 2,
            "date": ["1999-01-01"] * 2,
            "fulltext": ["北京疏解企业30家。", "天津落地项目26个。"],
            "hed": ["疏解", "落地"],
            "day": ["2021-03-04", "2021-03-05"],
        }
    )
    folder = tmp_path / "tables"
    folder.mkdir()
    for write, name, suffix in (
        (rows.write_csv, "京", "csv"),
        (rows.write_ndjson, "津", "jsonl"),
        (rows.write_parquet, "冀", "parquet"),
    ):
        write(folder / f"{name}.{suffix}")
    return folder


def test_the_user_says_which_columns_of_a_table_hold_articles(tables, tmp_path):
    """The same command without them reads other articles: nothing of the first is kept."""
    for options, titles in (COLUMNS, {"疏解", "落地"}), ((), {"频道首页"}):
        result = etl("run", tables, "-o", "out", "--force", *options, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        articles = pl.read_parquet(tmp_path / "out/parquet/articles.parquet")
        assert set(articles["title"]) == titles
        assert "6 documents: " in result.stdout
        days = {str(day) for day in articles["published_on"]}
        assert days == ({"2021-03-04", "2021-03-05"} if options else {"1999-01-01"})


def test_extract_heeds_the_columns_too(tables, tmp_path):
    result = etl("extract", tables, "--work", "work", *COLUMNS, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    blocks = pl.read_parquet(tmp_path / "work/extracted/documents/*.parquet")["blocks"].explode()
    texts = blocks.struct.field("text").to_list()
    assert sorted(texts) == sorted(3 * ["北京疏解企业30家。", "天津落地项目26个。"])


def test_extract_reads_no_work_folder_of_its_own(tmp_path):
    (tmp_path / "a.txt").write_text("疏解\n北京疏解企业30家。\n", "utf-8")
    for _ in range(2):
        result = etl("extract", ".", "--work", "work", cwd=tmp_path)
        assert result.stdout == "1 documents: 1 read.\n"


def test_a_column_that_no_table_has_is_named(tables, tmp_path):
    result = etl("run", tables, "-o", "out", "--text-column", "corpus", cwd=tmp_path)
    assert_refused(result, 1, "No document could be read", "5 no_text_column")


def test_a_failed_run_leaves_the_release_as_it_was(folder, seeds_release):
    shutil.copytree(seeds_release, folder / "out")
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    assert_refused(etl("run", "picture.png", "--output", "out", cwd=folder), 1)
    after = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize("stage", ["run", "load"])
def test_a_release_that_lost_much_replaces_none_unless_it_must(stage, tmp_path, seeds_release):
    shutil.copytree(seeds_release, tmp_path / "out")
    command = ("run", ONE_SEED)
    if stage == "load":
        etl("extract", ONE_SEED, "--work", "work", cwd=tmp_path)
        etl("transform", "--work", "work", cwd=tmp_path)
        command = ("load", "--work", "work")
    told = ("out was not replaced: articles would shrink from 4 rows to 1", "75%", "--force")
    assert_refused(etl(*command, "--output", "out", cwd=tmp_path), 1, *told)
    assert list_all(tmp_path / "out") == list_all(seeds_release)
    assert_refused(etl(*command, "--output", "out", "--max-loss", "20", cwd=tmp_path), 2, "20%")
    assert etl(*command, "--output", "out", "--force", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_cleanly_and_leaves_the_release_as_it_was(workers, tmp_path, seeds_release):
    (tmp_path / "in").mkdir()
    for number in range(1500):
        (tmp_path / f"in/{number}.txt").write_text(f"疏解\n北京疏解企业{number}家。\n", "utf-8")
    shutil.copytree(seeds_release, tmp_path / "out")
    (tmp_path / "tmp").mkdir()
    command = ("run", "in", "--output", "out", "--workers", workers)
    with start(*command, cwd=tmp_path, env={"TMPDIR": str(tmp_path / "tmp")}) as process:
        assert process.stderr.readline() == "transform: 0%\n"
        process.send_signal(signal.SIGINT)
        result = finish(process, timeout=20)
    assert_refused(result, 130)
    assert result.stderr.startswith("Error: Interrupted: what was published before still stands.")
    assert list_all(tmp_path / "tmp") == []
    hidden = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert hidden in ([], [".out.etl-cache"])
    assert ("for the next run" in result.stderr) == bool(hidden)
    assert list_all(tmp_path / "out") == list_all(seeds_release)
