import subprocess
import sys

import pytest

from etl.errors import UsageError
from etl.load.describe import TOOLS, describe_table, example, list_tables


def test_every_table_is_listed_parents_first():
    names = [table.name for table in list_tables()]

    assert names[0] == "units"
    assert names[-1] == "skipped"


def test_a_table_is_described_from_its_model():
    table = describe_table("places")

    assert table.title == "地名"
    assert table.columns[4].name == "surface"


@pytest.mark.parametrize(
    ("name", "words"), [("metrix", "did you mean metrics"), ("xyzzy", "the tables are units")]
)
def test_an_unknown_table_is_reported_with_a_hint(name, words):
    with pytest.raises(UsageError, match=words):
        describe_table(name)


@pytest.mark.parametrize("tool", ["polars", "pandas", "duckdb"])
@pytest.mark.parametrize("table", ["metrics", "articles", "skipped"])
def test_an_example_runs_as_pasted(published, tool, table):
    run = subprocess.run(
        [sys.executable, "-c", example(table, tool, published)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()


def test_the_example_for_r_reads_the_same_file(published):
    assert "read_parquet(" in example("metrics", "r", published)


def test_an_unknown_tool_is_reported(published):
    with pytest.raises(UsageError, match=", ".join(TOOLS)):
        example("metrics", "excel", published)
