"""What a second run costs: unchanged, one document in a hundred changed, killed and started again.

    python benchmarks/reruns.py [--documents 10000] [--workers 2]

The time of the first run is 1. The run that is killed loses all its processes when half of the
documents are done; the last one meets a document that kills whoever reads it. Every release is
compared with one that was made anew from the same files.
"""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Any

from documents import lay_out, make_document
from runs import compare, print_table, read_options, run

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

_SETTLED = 3.0
"""Files written within two seconds of a run are looked into by the next one."""

Row = tuple[str, int, str, str, str]

_HALF = 0.5


def main() -> None:
    """Print the figures."""
    options = read_options(__doc__, documents=10_000, workers=2)
    with lay_out(options.documents) as place:
        time.sleep(_SETTLED)
        print(f"{options.documents:,} documents, {options.workers} workers\n")
        columns = ("run", "documents read", "seconds", "share", "bytes")
        print_table(columns, _race(place, options.documents, ("--workers", options.workers)))


def _race(place: Path, count: int, options: tuple[object, ...]) -> Iterator[Row]:
    source, release, anew = place / "in", place / "out", place / "anew"
    first = run(source, "--output", release, *options)
    yield "first", first.made, f"{first.seconds:.1f}", "1.000", ""

    def measure(name: str, **environment: str) -> Row:
        again = run(source, "--output", release, *options, **environment)
        share, same = f"{again.seconds / first.seconds:.3f}", compare(release, anew)
        return name, again.made, f"{again.seconds:.1f}", share, same

    run(source, "--output", anew, *options, "--no-cache")
    yield measure("nothing has changed")
    _change(source, count)
    run(source, "--output", anew, *options, "--no-cache")
    yield measure("1 % has changed")
    _kill_at_half_time(source, release, options)
    yield measure("killed at half-time, started again")
    fatal = f"{count // 2:07d}"
    shutil.rmtree(place / ".out.etl-cache")
    lost = run(source, "--output", release, *options, ETL_CRASH_ON=fatal)
    statuses = ", ".join(f"{n:,} {status}" for status, n in lost.events[-1]["statuses"].items())
    share = f"{lost.seconds / first.seconds:.3f}"
    yield "a document that kills its worker", lost.made, f"{lost.seconds:.1f}", share, statuses


def _change(source: Path, count: int) -> None:
    for number in range(7, count, 100):
        (file,) = source.glob(f"*/{number:07d}.*")
        file.write_bytes(make_document(number, edition=1))


def _kill_at_half_time(source: Path, release: Path, options: tuple[object, ...]) -> None:
    """Without a cache, a release or a word."""
    shutil.rmtree(release.with_name(f".{release.name}.etl-cache"))
    shutil.rmtree(release)

    def kill(process: subprocess.Popen[str], event: dict[str, Any]) -> None:
        if event.get("stage") == "transform" and event["share"] >= _HALF:
            process.kill()

    run(source, "--output", release, *options, watch=kill)


if __name__ == "__main__":
    main()
