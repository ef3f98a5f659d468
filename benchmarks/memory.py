"""Peak memory of a process, for one, two and four times as many documents.

    python benchmarks/memory.py [--documents 10000] [--workers 2]

The peak is that of the largest process of a run, as the system tells it: the workers, who read
documents, or the first one, which merges, proves and describes the tables.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from documents import write_documents
from runs import print_table, read_options, run

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    """Print the figures."""
    options = read_options(__doc__, documents=10_000, workers=2)
    with TemporaryDirectory() as scratch:
        columns = ("documents", "seconds", "documents a second", "MB", "ratio")
        print_table(columns, _grow(Path(scratch), options.documents, options.workers))


def _grow(place: Path, count: int, workers: int) -> Iterator[tuple[str, ...]]:
    done, first = 0, 0.0
    for documents in (count, 2 * count, 4 * count):
        write_documents(place / "in", documents - done, first=done)
        done = documents
        output = ("--output", place / "out", "--no-cache")
        measured = run(place / "in", *output, "--workers", workers)
        first = first or measured.megabytes
        yield (
            f"{documents:,}",
            f"{measured.seconds:.0f}",
            f"{documents / measured.seconds:.0f}",
            f"{measured.megabytes:.0f}",
            f"{measured.megabytes / first:.2f}",
        )


if __name__ == "__main__":
    main()
