"""Two workers beside one: how many times sooner a run is done.

    python benchmarks/workers.py [--documents 4000] [--rounds 2]

Runs take turns, the best of each counts. The stage that reads documents is told apart from the
whole run, whose start and whose merging, proof and description of the tables have one process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents import lay_out
from runs import compare, print_table, read_options, run

if TYPE_CHECKING:
    from runs import Run


def main() -> None:
    """Print the figures."""
    options = read_options(__doc__, documents=4000, rounds=2)
    with lay_out(options.documents) as place:
        best = {1: (0.0, 0.0), 2: (0.0, 0.0)}
        for number in range(options.rounds):
            for workers, before in best.items():
                output = ("--output", place / f"out-{workers}", "--no-cache")
                measured = run(place / "in", *output, "--workers", workers)
                found = (measured.seconds, _time_documents(measured))
                best[workers] = (
                    (min(before[0], found[0]), min(before[1], found[1])) if number else found
                )
        print(f"{options.documents:,} documents\n")
        rows = (
            (workers, *(f"{s:.1f}" for s in seconds), *_rate(best[1], seconds))
            for workers, seconds in best.items()
        )
        columns = ("workers", "seconds", "of them reading", "times sooner", "reading alone")
        print_table(columns, rows)
        print(f"\nThe bytes are {compare(place / 'out-1', place / 'out-2')}.")


def _rate(one: tuple[float, float], many: tuple[float, float]) -> list[str]:
    return [f"{before / after:.2f}" for before, after in zip(one, many, strict=True)]


def _time_documents(measured: Run) -> float:
    """Seconds from the first batch handed out to the last one done."""
    times = [event["at"] for event in measured.events if event.get("stage") == "transform"]
    return times[-1] - times[0]


if __name__ == "__main__":
    main()
