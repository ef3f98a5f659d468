"""What the benchmarks share: options, and a run of `etl` in a process of its own, measured."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path


class Run(NamedTuple):
    """One run: seconds on the clock, seconds of all its processors, peak memory of a process.

    `events` is what it told with `--log-json`, each with `at`, the seconds since the start.
    """

    seconds: float
    processor: float
    megabytes: float
    exit_code: int
    events: list[dict[str, Any]]

    @property
    def made(self) -> int:
        """The documents whose rows were made."""
        return max((event.get("documents", 0) for event in self.events), default=0)


def read_options(words: str, **defaults: int) -> argparse.Namespace:
    """The options of a benchmark whose docstring is `words`: numbers, each with its default."""
    parser = argparse.ArgumentParser(description=words.partition("\n")[0])
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def run(
    *arguments: object,
    watch: Callable[[subprocess.Popen[str], dict[str, Any]], object] = lambda *_: None,
    **environment: str,
) -> Run:
    """`etl run` with these arguments; `watch` is told of every event as it comes."""
    command = [sys.executable, "-m", "etl", "run", *map(str, arguments), "--log-json"]
    return measure(command, watch, environment)


def measure(
    command: Sequence[str],
    watch: Callable[[subprocess.Popen[str], dict[str, Any]], object] = lambda *_: None,
    environment: dict[str, str] | None = None,
) -> Run:
    """Any command that tells its events as lines of JSON on stderr."""
    started, events = time.monotonic(), []
    process = subprocess.Popen(
        command,
        env=os.environ | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stderr or ():
        if not line.startswith("{"):
            raise SystemExit(f"{line}{process.stderr.read() if process.stderr else ''}")
        events.append(json.loads(line) | {"at": time.monotonic() - started})
        watch(process, events[-1])
    _, status, usage = os.wait4(process.pid, 0)
    seconds, code = time.monotonic() - started, os.waitstatus_to_exitcode(status)
    process.returncode = code
    processor = usage.ru_utime + usage.ru_stime
    return Run(seconds, processor, usage.ru_maxrss / 1024, code, events)


def digest(release: Path) -> dict[str, str]:
    """The tables of a release: file → digest."""
    files = sorted((release / "parquet").rglob("*.parquet"))
    return {
        file.relative_to(release).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def compare(one: Path, other: Path) -> str:
    """Whether two releases hold the same bytes, in words."""
    return "the same" if digest(one) == digest(other) else "DIFFERENT"


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows as Markdown, each as soon as it is known; figures stand on the right."""
    align = ["---" if number == 0 else "---:" for number, _ in enumerate(columns)]
    for cells in chain((columns, align), rows):
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
