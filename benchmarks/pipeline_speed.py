"""The whole pipeline on one worker beside a floor: ratios, and where the time goes.

    python benchmarks/pipeline_speed.py [--documents 1500] [--rounds 3]

The floor is what any program needs that publishes something of such files: it reads, decodes,
parses front matter (PyYAML on libyaml) and HTML (selectolax on lexbor), scans the text once for
numerals, and writes two Parquet files. Both are processes that start anew and read the same files,
in turn; the best of several rounds counts, on the clock and by processor time.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from documents import lay_out
from runs import Run, measure, print_table, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*[%万亿]*|[零一二两三四五六七八九十百千万亿]+")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--floor", nargs=2, metavar=("IN", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.floor:
        publish_floor(*map(Path, options.floor))
        return
    with lay_out(options.documents) as place:
        print(f"{options.documents:,} documents, one worker\n")
        _race(place, options.rounds)
        _profile(place)


def publish_floor(source: Path, output: Path) -> None:
    """Two tables of all files below `source`."""
    import yaml
    from selectolax.lexbor import LexborHTMLParser

    articles, numerals = [], []
    for number, file in enumerate(sorted(path for path in source.rglob("*") if path.is_file())):
        data = file.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        head = {}
        if text.startswith("---\n"):
            _, front, text = text.split("---\n", 2)
            with suppress(yaml.YAMLError):
                head = yaml.load(front, yaml.CSafeLoader)
        if text.lstrip().startswith("<"):
            text = LexborHTMLParser(text).text(separator="\n")
        articles.append((str(file), str(head.get("title")), str(head.get("date")), text))
        numerals += [(number, m.start(), m[0]) for m in _NUMERAL.finditer(text)]
    output.mkdir(parents=True)
    columns = ["path", "title", "date", "text"]
    pl.DataFrame(articles, columns, orient="row").write_parquet(output / "articles.parquet")
    columns = ["article", "start", "surface"]
    pl.DataFrame(numerals, columns, orient="row").write_parquet(output / "numerals.parquet")


def _race(place: Path, rounds: int) -> None:
    floors, runs = [], []
    for number in range(rounds):
        command = [sys.executable, __file__, "--floor", str(place / "in")]
        floors.append(measure([*command, str(place / f"floor-{number}")]))
        options = ("--output", place / f"out-{number}", "--workers", "1", "--no-cache")
        runs.append(run(place / "in", *options))
    rows = []
    for name, measured in (("floor", floors), ("whole pipeline", runs)):
        best = [min(getattr(one, kind) for one in measured) for kind in ("seconds", "processor")]
        least = [min(getattr(one, kind) for one in floors) for kind in ("seconds", "processor")]
        ratios = [mine / floor for mine, floor in zip(best, least, strict=True)]
        rows.append((name, *(f"{figure:.2f}" for figure in (*best, *ratios))))
    print_table(("run", "seconds", "processor", "ratio", "processor ratio"), rows)
    print("\nStages of the pipeline, by the clock of one run:\n")
    print_table(("stage", "seconds", "share"), _list_stages(runs[-1]))


def _list_stages(measured: Run) -> Iterator[tuple[str, str, str]]:
    """How long each stage lasted: until the next began."""
    starts: dict[str, float] = {"start": 0.0}
    for event in measured.events:
        starts.setdefault(event.get("stage", event["event"]), event["at"])
    ends = [*list(starts.values())[1:], measured.seconds]
    for (stage, start), end in zip(starts.items(), ends, strict=True):
        yield stage, f"{end - start:.2f}", f"{(end - start) / measured.seconds:.0%}"


class _Clock:
    """Sums up processor time by what it is spent on."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.seconds[name] += time.process_time() - start

    def wrap(self, module: object, name: str) -> None:
        """Let calls of a module's function be counted; what they call in turn as well."""
        function: Callable[..., object] = getattr(module, name)

        def timed(*arguments: object, **options: object) -> object:
            with self.time(name):
                return function(*arguments, **options)

        setattr(module, name, timed)


def _profile(place: Path) -> None:
    """The steps of the batch, by processor time in this process."""
    from etl.extract.document import to_documents
    from etl.extract.listing import find_sources
    from etl.extract.sources import read_sources
    from etl.transform import articles
    from etl.transform.frames import to_frames

    clock = _Clock()
    steps = [name for name in vars(articles) if name.startswith(("find_", "to_"))]
    with clock.time("find files"):
        founds = list(find_sources([str(place / "in")]))
    with clock.time("read bytes"):
        sources = [source for found in founds for source in read_sources(found)]
    with clock.time("decode, split, parse (extract)"):
        documents = [document for source in sources for document in to_documents(source)]
    with clock.time("headline, credits, paragraphs, metrics (transform)"):
        made = [articles.to_article(document) for document in documents]
    with clock.time("frames and validation"):
        for start in range(0, len(made), 256):
            frames = to_frames(made[start : start + 256], [])
    with clock.time("Parquet"):
        for name, frame in frames.items():
            frame.write_parquet(place / f"{name}.parquet")
    print("\nSteps of the batches, by processor time:\n")
    _print_profile(clock, len(documents), sum(clock.seconds.values()))
    inner = _Clock()
    for step in steps:
        inner.wrap(articles, step)
    for document in documents:
        articles.to_article(document)
    print("\nWithin the transform step:\n")
    _print_profile(inner, len(documents), inner.seconds["to_article"])


def _print_profile(clock: _Clock, documents: int, total: float) -> None:
    rows = (
        (name, f"{1000 * seconds / documents:.2f}", f"{seconds / total:.0%}")
        for name, seconds in clock.seconds.most_common()
    )
    print_table(("step", "ms a document", "share"), rows)


if __name__ == "__main__":
    main()
