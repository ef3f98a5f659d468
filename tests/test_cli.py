"""The commands as a user types them: what they print, write and return, also when misused."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from rich.cells import cell_len

SEEDS = Path(__file__).parent.parent / "seeds"
ONE_SEED = SEEDS / "000_b90c594497928e87.txt"


def etl(*arguments, cwd, **options):
    """Run a command in `cwd` and return what came of it."""
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"} | options.pop("env", {})
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        **options,
    )


def assert_refused(result, exit_code, *words):
    """One sentence on stderr, no traceback, the right exit code."""
    assert result.returncode == exit_code, result.stderr
    assert "Traceback" not in result.stderr
    told = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(told) == 1
    for word in words:
        assert word in told[0]


def list_all(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def folder(tmp_path):
    """A folder with nothing to read: an empty folder and a picture."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        *("run", "extract", "transform", "load", "explain", "verify", "diff", "describe", "query"),
        *("cache", "cache clear"),
    ],
)
def test_every_command_explains_itself_with_an_example(command, tmp_path):
    result = etl(*command.split(), "--help", cwd=tmp_path)
    assert result.returncode == 0
    assert f"Example:  etl {command}" in result.stdout
    assert "--debug" in result.stdout


def test_help_and_version(tmp_path):
    assert "explain" in etl("--help", cwd=tmp_path).stdout
    assert etl("--version", cwd=tmp_path).stdout.startswith("etl 0.")


def test_run_publishes_and_tells_what(tmp_path):
    result = etl("run", SEEDS, "--output", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "4 documents: 4 published." in result.stdout
    assert "articles" in result.stdout
    assert (tmp_path / "out/jingjinji.duckdb").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.etl-cache", "out"]


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


COLUMNS = ("--text-column", "fulltext", "--title-column", "hed", "--date-column", "day")


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


def test_a_larger_table_becomes_several_files(tmp_path):
    result = etl("run", SEEDS, "-o", "out", "--rows-per-file", "50", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    files = list_all(tmp_path / "out/parquet/metrics")
    assert files == ["part-00000.parquet", "part-00001.parquet"]
    assert "out is sound." in etl("verify", "out", cwd=tmp_path).stdout
    shown = etl("describe", "metrics", "--example", "polars", "-r", "out", cwd=tmp_path).stdout
    assert "out/parquet/metrics/*.parquet" in shown


def test_extract_heeds_the_columns_too(tables, tmp_path):
    result = etl("extract", tables, "--work", "work", *COLUMNS, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    blocks = pl.read_parquet(tmp_path / "work/extracted/documents/*.parquet")["blocks"].explode()
    texts = blocks.struct.field("text").to_list()
    assert sorted(texts) == sorted(3 * ["北京疏解企业30家。", "天津落地项目26个。"])


def test_a_column_that_no_table_has_is_named(tables, tmp_path):
    result = etl("run", tables, "-o", "out", "--text-column", "corpus", cwd=tmp_path)
    assert_refused(result, 1, "No document could be read", "5 no_text_column")


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


def test_explain_reads_a_document_aloud(tmp_path):
    result = etl("explain", ONE_SEED, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    for words in (
        "京津冀协同发展彰显城市治理中国智慧  ← front matter “title”",
        "front matter “Thu, 11 Nov 2021 00:07:41 GMT”",
        "杨慧  ← paragraph 2 (byline)",
        "近3000家 = nearly 3,000 家",
        "‾‾‾‾‾‾",
    ):
        assert words in result.stdout


def test_explain_reads_standard_input(tmp_path):
    result = etl("explain", "-", cwd=tmp_path, input="2020年，北京疏解企业3000家。\n")
    assert "3000家" in result.stdout


def test_a_hostile_text_cannot_command_the_terminal(tmp_path):
    (tmp_path / "a.md").write_text('---\ntitle: "x\\e[31m"\n---\n[bold]正文\x1b]0;x\x07\n', "utf-8")
    result = etl("explain", "a.md", cwd=tmp_path)
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout


def test_verify_finds_a_fresh_release_sound(tmp_path, seeds_release):
    result = etl("verify", seeds_release, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_verify_names_what_is_wrong(tmp_path, seeds_release):
    shutil.copytree(seeds_release, tmp_path / "broken")
    (tmp_path / "broken/parquet/metrics.parquet").unlink()
    result = etl("verify", "broken", cwd=tmp_path)
    assert result.returncode == 1
    assert "metrics.parquet" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture(scope="module")
def changed_release(tmp_path_factory, seeds_release):
    """The release of the seeds with one figure changed and a hostile title."""
    release = shutil.copytree(seeds_release, tmp_path_factory.mktemp("changed") / "datasets")
    change(release, "metrics", value=pl.when(surface="28万元以上").then(2.9e5).otherwise("value"))
    change(release, "articles", title=pl.lit("[bold]恶意\x1b]0;x\x07\u202e\n\x9b31m标题" * 9))
    return release


def change(release, table, **columns):
    file = release / "parquet" / f"{table}.parquet"
    words = pl.read_parquet_metadata(file)
    words.pop("ARROW:schema")
    pl.read_parquet(file).with_columns(**columns).write_parquet(file, metadata=words)


def test_diff_tells_by_its_exit_code_whether_releases_differ(
    tmp_path, seeds_release, changed_release
):
    same = etl("diff", seeds_release, seeds_release, cwd=tmp_path)
    assert (same.returncode, same.stderr) == (0, "")
    assert "hold the same" in same.stdout
    assert etl("diff", seeds_release, changed_release, cwd=tmp_path).returncode == 1
    assert_refused(etl("diff", seeds_release, "missing", cwd=tmp_path), 2, "no release at missing")
    assert etl("diff", seeds_release, cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("width", [60, 80, 132])
def test_diff_shows_tables_that_fit_the_terminal(width, tmp_path, seeds_release, changed_release):
    environment = {"COLUMNS": str(width)}
    shown = etl("diff", seeds_release, changed_release, cwd=tmp_path, env=environment).stdout
    *tables, last = shown.splitlines()
    assert {line.split()[0]: line.split()[1:] for line in tables if line}["metrics"][2:5] == list(
        "001"
    )
    assert max(cell_len(line) for line in tables) <= width
    assert last == f"{seeds_release} and {changed_release} differ; --output writes every row."
    if width > 100:
        assert "value: 280000.0 → 290000.0" in shown


def test_diff_lets_no_article_command_the_terminal(tmp_path, seeds_release, changed_release):
    for order in ((seeds_release, changed_release), (changed_release, seeds_release)):
        shown = etl("diff", *order, cwd=tmp_path).stdout
        assert "\\x1b" in shown
        assert not set("\x1b\x07\x9b\u202e") & set(shown)


def test_diff_tells_programs_in_json(tmp_path, seeds_release, changed_release):
    result = etl("diff", seeds_release, changed_release, "--json", "--limit", "1", cwd=tmp_path)
    told = json.loads(result.stdout)
    assert result.returncode == 1
    assert told["same"] is False
    tables = {table["table"]: table for table in told["tables"]}
    assert tables["articles"]["changed"] == 4
    (cell,) = tables["articles"]["sample"]["changed"]
    assert cell["new"].startswith("[bold]恶意\x1b]0;x\x07\u202e\n\x9b31m")
    assert tables["units"]["sample"] == {}
    same = etl("diff", seeds_release, seeds_release, "--json", cwd=tmp_path)
    assert json.loads(same.stdout)["same"] is True


def test_diff_writes_every_row_where_it_is_told(tmp_path, seeds_release, changed_release):
    command = ("diff", seeds_release, changed_release, "--output", "out")
    assert etl(*command, cwd=tmp_path).returncode == 1
    assert list_all(tmp_path) == [
        "out",
        "out/articles_changed.parquet",
        "out/metrics_changed.parquet",
    ]
    rows = pl.read_parquet(tmp_path / "out/metrics_changed.parquet")
    assert rows.select("column", "old", "new").rows() == [("value", "280000.0", "290000.0")]
    assert_refused(etl(*command, cwd=tmp_path), 2, "out is not empty")


def test_query_answers_in_four_formats(tmp_path, seeds_release):
    sql = "SELECT title, metric_count FROM articles ORDER BY source_path LIMIT 1"
    where = ("--release", seeds_release)
    title = "京津冀协同发展彰显城市治理中国智慧"
    assert title in etl("query", sql, *where, cwd=tmp_path).stdout
    csv = etl("query", sql, *where, "--format", "csv", cwd=tmp_path).stdout
    assert csv.splitlines()[0] == "title,metric_count"
    rows = json.loads(etl("query", sql, *where, "--format", "json", cwd=tmp_path).stdout)
    assert rows[0]["title"] == title
    etl("query", sql, *where, "--format", "parquet", "--output", "a.parquet", cwd=tmp_path)
    assert (tmp_path / "a.parquet").read_bytes()[:4] == b"PAR1"


def test_query_cannot_write(tmp_path, seeds_release):
    before = (seeds_release / "jingjinji.duckdb").read_bytes()
    result = etl("query", "DROP TABLE metrics", "--release", seeds_release, cwd=tmp_path)
    assert_refused(result, 2)
    assert (seeds_release / "jingjinji.duckdb").read_bytes() == before


def test_describe_shows_a_table_and_code_to_read_it(tmp_path):
    assert "approximation" in etl("describe", "metrics", cwd=tmp_path).stdout
    assert "read_parquet" in etl("describe", "metrics", "--example", "polars", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "command", [("run", "--output", "out"), ("extract", "--work", "work"), ("explain",)]
)
@pytest.mark.parametrize(
    ("source", "exit_code"), [("missing.md", 2), ("empty", 2), ("picture.png", 1)]
)
def test_a_source_that_holds_no_article_is_refused(command, source, exit_code, folder):
    before = list_all(folder)
    assert_refused(etl(*command, source, cwd=folder), exit_code)
    assert [name for name in list_all(folder) if name != "work"] == before


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("transform", "--work", "empty"), 2),
        (("transform", "--work", "missing"), 2),
        (("load", "--work", "empty"), 2),
        (("verify", "missing"), 1),
        (("verify", "empty"), 1),
        (("verify", "picture.png"), 1),
        (("describe", "nonsense"), 2),
        (("query", "SELECT 1", "--release", "missing"), 1),
        (("query", "SELECT 1", "--release", "empty"), 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments, exit_code, folder):
    before = list_all(folder)
    assert_refused(etl(*arguments, cwd=folder), exit_code)
    assert list_all(folder) == before


@pytest.mark.parametrize(
    "sql", ["SELEKT 1", "SELECT * FROM nonsense", "SELECT nonsense FROM metrics", ""]
)
def test_wrong_sql_is_told_in_a_sentence(sql, tmp_path, seeds_release):
    assert_refused(etl("query", sql, "--release", seeds_release, cwd=tmp_path), 2)


@pytest.mark.parametrize("arguments", [("nonsense",), ("run", "--nonsense"), ("run", "-j", "0")])
def test_wrong_usage_exits_with_2(arguments, tmp_path):
    result = etl(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


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
    command = ["-m", "etl", "run", "in", "--output", "out", "--workers", str(workers)]
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=tmp_path,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp")},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr.readline() == "transform: 0%\n"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert told.startswith("Error: Interrupted: what was published before still stands.")
    assert "Traceback" not in told
    assert list_all(tmp_path / "tmp") == []
    hidden = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert hidden in ([], [".out.etl-cache"])
    assert ("for the next run" in told) == bool(hidden)
    assert list_all(tmp_path / "out") == list_all(seeds_release)


def test_debug_shows_where_an_error_came_from(tmp_path):
    result = etl("run", "missing.md", "--debug", cwd=tmp_path)
    assert result.returncode == 2
    assert "Traceback" in result.stderr
