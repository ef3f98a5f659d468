"""`etl diff`: its exit code, what it shows in a terminal, tells in JSON and writes as files."""

import json
import shutil

import polars as pl
import pytest
from commands import assert_refused, etl, list_all
from releases import rewrite
from rich.cells import cell_len

HOSTILE = "[bold]恶意\x1b]0;x\x07\u202e\n\x9b31m标题" * 9


@pytest.fixture(scope="module")
def changed_release(tmp_path_factory, seeds_release):
    """The release of the seeds with one figure changed and a hostile title."""
    release = shutil.copytree(seeds_release, tmp_path_factory.mktemp("changed") / "datasets")
    figure = pl.when(surface="28万元以上").then(2.9e5).otherwise("value")
    rewrite(release, "metrics", lambda rows: rows.with_columns(value=figure))
    rewrite(release, "articles", lambda rows: rows.with_columns(title=pl.lit(HOSTILE)))
    return release


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
