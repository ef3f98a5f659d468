"""A Dask cluster beside one process: seconds, and whether the bytes are the same.

    python benchmarks/cluster.py [--documents 4000]

Scheduler and workers are processes of their own that talk over loopback; one run loses a worker to
SIGKILL as soon as its first batch is done.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from documents import lay_out
from runs import digest, read_options

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from dask_cluster import Cluster, await_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def main() -> None:
    """Print the figures."""
    count = read_options(__doc__, documents=4000).documents
    with lay_out(count) as place:
        print(f"{count:,} documents; the time of one process is 1\n")
        print("| run | seconds | ratio | bytes |\n|---|---:|---:|---|")
        reference, first = 0.0, {}
        for number, (name, seconds) in enumerate(_race(place)):
            digests = digest(place / str(number) / "out")
            reference, first = reference or seconds, first or digests
            same = "the same" if digests == first else "DIFFERENT"
            print(f"| {name} | {seconds:.1f} | {seconds / reference:.2f} | {same} |")


def _race(place: Path) -> Iterator[tuple[str, float]]:
    outputs = (place / str(number) / "out" for number in range(9))
    yield "one process", _run(place, next(outputs), ["--workers", "1"])
    yield "two processes", _run(place, next(outputs), ["--workers", "2"])
    local = ["--engine", "dask", "--workers", "2"]
    yield "Dask, a cluster of this machine, two workers", _run(place, next(outputs), local)
    for workers in (2, 3):
        yield f"Dask over TCP, {workers} workers", _run_on_cluster(place, next(outputs), workers)
    killed = _run_on_cluster(place, next(outputs), 3, lambda cluster: cluster.workers[0].kill())
    yield "Dask over TCP, 3 workers, one killed", killed


def _run_on_cluster(
    place: Path, output: Path, workers: int, disturb: Callable[[Cluster], None] | None = None
) -> float:
    with ExitStack() as held, TemporaryDirectory() as folder:
        cluster = Cluster(held, Path(folder))
        for _ in range(workers):
            cluster.add_worker()
        options = ["--engine", "dask", "--scheduler", cluster.address]
        return _run(place, output, options, lambda: disturb and disturb(cluster))


def _run(
    place: Path, output: Path, options: Sequence[str], disturb: Callable[[], object] = bool
) -> float:
    """The seconds of a run; `disturb` comes when its first batch is done."""
    command = [sys.executable, "-m", "etl", "run", str(place / "in"), "--output", str(output)]
    output.parent.mkdir()
    start = time.monotonic()
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        await_part(output.parent)
        disturb()
        _, told = process.communicate()
    if process.returncode:
        raise SystemExit(told)
    return time.monotonic() - start


if __name__ == "__main__":
    main()
