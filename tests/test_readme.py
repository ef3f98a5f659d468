"""README tells the truth: its commands, queries and code run, its results are real.

`python tests/test_readme.py` writes the present results into README.
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from etl.load.query import query

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SUMMARY = re.compile(r"```text run\n.*?```", re.DOTALL)
ANSWER = re.compile(r"```sql\n(?P<sql>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
VARYING = re.compile(r"\d+\.\d (?=MB|s\b)")


def publish(folder):
    """`etl run` as README has it; what it printed."""
    (folder / "seeds").symlink_to(ROOT / "seeds")
    command = [sys.executable, "-m", "etl", "run"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def answer(sql, release):
    return "".join(query(release, sql)).rstrip() + "\n"


def refresh(text, folder):
    """README with the results of today."""
    text = SUMMARY.sub(f"```text run\n{publish(folder)}```", text)
    return ANSWER.sub(
        lambda m: f"```sql\n{m['sql']}```\n\n```text\n{answer(m['sql'], folder / 'datasets')}```",
        text,
    )


def test_the_summary_and_the_answers_are_what_one_gets(tmp_path):
    text = README.read_text("utf-8")
    assert len(ANSWER.findall(text)) == 3
    assert VARYING.sub("", refresh(text, tmp_path)) == VARYING.sub("", text)


@pytest.mark.parametrize("code", PYTHON.findall(README.read_text("utf-8")))
def test_the_code_that_reads_a_release_runs(code, tmp_path, seeds_release, monkeypatch):
    (tmp_path / "datasets").symlink_to(seeds_release)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(code, names)  # noqa: S102  README's own words
    assert len(names.get("metrics", names.get("rows"))) > 0


if __name__ == "__main__":
    old = README.read_text("utf-8")
    with TemporaryDirectory() as scratch:
        new = refresh(old, Path(scratch))
    if VARYING.sub("", new) != VARYING.sub("", old):
        README.write_text(new, "utf-8")
