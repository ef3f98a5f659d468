import json
import subprocess
import sys

import pytest

from etl.errors import UsageError
from etl.load.describe import TOOLS, describe_table, example, list_tables, list_views
from etl.load.views import VIEWS


def test_every_table_is_listed_parents_first():
    names = [table.name for table in list_tables()]

    assert names[0] == "units"
    assert names[-5:] == ["checks", "counts", "ranges", "samples", "statistics"]


def test_a_table_is_described_from_its_model():
    table = describe_table("places")

    assert table.title == "地名"
    assert table.columns[4].name == "surface"


def test_every_view_is_listed_and_described_column_by_column():
    assert [view.name for view in list_views()] == [view.name for view in VIEWS]
    columns = {column.name: column for column in describe_table("changes").columns}
    assert columns["from_value"].title == "原值"
    assert columns["direction"].codes.values == ("increase", "decrease")
    assert describe_table("places_in_context").columns[4].en.startswith("The place as written")


@pytest.mark.parametrize(
    ("name", "words"), [("metrix", "did you mean metrics"), ("xyzzy", "there are units, regions")]
)
def test_an_unknown_table_is_reported_with_a_hint(name, words):
    with pytest.raises(UsageError, match=words):
        describe_table(name)


@pytest.mark.parametrize("tool", ["polars", "pandas", "duckdb"])
def test_the_example_of_every_table_and_view_runs_as_pasted(published, tool):
    names = [table.name for table in (*list_tables(), *list_views())]
    pasted = [example(name, tool, published) for name in names]
    run = subprocess.run(
        [sys.executable, "-c", RUN_EACH],
        input=json.dumps(pasted),
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["ran"] * len(names)


RUN_EACH = """
import json, sys
from contextlib import redirect_stdout
from io import StringIO
for code in json.load(sys.stdin):
    shown = StringIO()
    with redirect_stdout(shown):
        exec(code, {})
    print("ran" if shown.getvalue().strip() else "shows nothing: " + code)
"""


def test_the_example_for_r_reads_the_same_file(published):
    assert "read_parquet(" in example("metrics", "r", published)
    assert "'SELECT * FROM changes'" in example("changes", "r", published)


def test_a_view_far_away_is_to_be_copied_first():
    with pytest.raises(UsageError, match=r"copy jingjinji\.duckdb"):
        example("changes", "polars", "s3://news/release")


def test_an_unknown_tool_is_reported(published):
    with pytest.raises(UsageError, match=", ".join(TOOLS)):
        example("metrics", "excel", published)
