"""What holds for every command: help with an example, and one sentence where it is misused."""

import signal
import subprocess
import sys

import pytest
from commands import assert_refused, etl, list_all


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


SLOW_TO_LEAVE = """
import os
import time
from etl.cli import main

class Slow:
    def __del__(self, write=os.write, sleep=time.sleep):
        write(1, b"leaving\\n")
        sleep(1)

slow = Slow()
main()
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_after_the_end_changes_no_exit_code(name):
    command = [sys.executable, "-c", SLOW_TO_LEAVE, "--version"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith("etl 0.")
        assert process.stdout.readline() == "leaving\n"
        process.send_signal(signal.Signals[name])
        process.communicate(timeout=20)
    assert process.returncode == 0


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


@pytest.mark.parametrize("arguments", [("nonsense",), ("run", "--nonsense"), ("run", "-j", "0")])
def test_wrong_usage_exits_with_2(arguments, tmp_path):
    result = etl(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_debug_shows_where_an_error_came_from(tmp_path):
    result = etl("run", "missing.md", "--debug", cwd=tmp_path)
    assert result.returncode == 2
    assert "Traceback" in result.stderr
