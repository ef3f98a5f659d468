"""A run that dies at any call into the system: the release is whole, the next run tidies up."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

CRASH = Path(__file__).parent / "crash.py"


def die_often(folder, steps):
    """What was found after each death, after the next run's start, and left at its end."""
    command = [sys.executable, CRASH, folder, steps]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Counter(tuple(line.split()) for line in done.stdout.splitlines())


def test_a_reader_finds_one_whole_release_wherever_a_run_died(tmp_path):
    found = die_often(tmp_path, "one")

    assert set(found) == {("old", "old", "release"), ("new", "new", "release")}
    assert found.total() > 100


def test_where_the_system_swaps_in_two_steps_the_next_run_puts_the_release_back(tmp_path):
    found = die_often(tmp_path, "two")

    assert set(found) == {
        ("old", "old", "release"),
        ("nothing", "old", "release"),
        ("new", "new", "release"),
    }
