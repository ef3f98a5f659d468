"""Characters a second of the transform step on one core, beside what others need for less.

    python benchmarks/transform_speed.py [--documents 60] [--rounds 5] [--jionlp PYTHON]

All read the same articles in the same run, best of several rounds in turn, by processor time:
the whole step (`to_article`: paragraphs, credits, dates, places, metrics), the part of it that
finds times and quantities, JioNLP's extract_time and extract_money, and one naive pattern for
numerals. JioNLP is no dependency; name the interpreter of an environment that has it
(`pip install jionlp==1.5.29`).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
from typing import TYPE_CHECKING

from documents import make_document

from etl.extract.document import to_documents
from etl.records import Block, Document, Paragraph, Source
from etl.transform.amounts.quantities import find_quantities
from etl.transform.articles import to_article
from etl.transform.times.periods import find_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_NAIVE = re.compile(r"\d+(?:[.,]\d+)*[%万亿]*|[零一二两三四五六七八九十百千万亿]+")
_PROSE = 100
"""Characters; shorter blocks are headings and credits."""
_LENGTHS = (1_000, 4_000, 16_000, 64_000)
_JIONLP = """
import contextlib, io, json, sys, time
with contextlib.redirect_stdout(io.StringIO()):
    import jionlp
texts = json.loads(sys.stdin.readline())
for _ in sys.stdin:
    start = time.process_time()
    for text in texts:
        jionlp.ner.extract_time(text)
        jionlp.ner.extract_money(text)
    print(time.process_time() - start, flush=True)
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jionlp", default=None, metavar="PYTHON")
    options = parser.parse_args()
    documents = list(_read(options.documents))
    texts = ["\n".join(block.text for block in document.blocks) for document in documents]
    contenders = _contenders(documents, texts, options.jionlp)
    best = _race(contenders, options.rounds)
    _print_speeds(best, sum(map(len, texts)))
    _print_growth()


def _read(count: int) -> Iterator[Document]:
    for number in range(count):
        for document in to_documents(Source(f"{number}.md", make_document(number))):
            if isinstance(document, Document):
                yield document


def _contenders(
    documents: Sequence[Document], texts: Sequence[str], python: str | None
) -> dict[str, Callable[[], float]]:
    """Each by name, as something that does its work once and says the seconds it took."""
    paragraphs = [
        [Paragraph(index, "body", block.text) for index, block in enumerate(document.blocks, 1)]
        for document in documents
    ]
    found = {
        "whole transform step": lambda: _seconds(to_article, documents),
        "  times and quantities": lambda: _seconds(_find_times_and_quantities, paragraphs),
        "one naive pattern": lambda: _seconds(_NAIVE.findall, texts),
    }
    if python:
        found["JioNLP time and money"] = _start_jionlp(python, texts)
    return found


def _find_times_and_quantities(paragraphs: Sequence[Paragraph]) -> None:
    find_dates(paragraphs, None)
    for paragraph in paragraphs:
        list(find_quantities(paragraph.text))


def _seconds(work: Callable[..., object], items: Iterable[object]) -> float:
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


def _start_jionlp(python: str, texts: Sequence[str]) -> Callable[[], float]:
    child = subprocess.Popen(
        [python, "-c", _JIONLP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def ask(line: str) -> None:
        print(line, file=child.stdin, flush=True)

    def run() -> float:
        ask("again")
        return float(child.stdout.readline()) if child.stdout else 0

    ask(json.dumps(texts))
    return run


def _race(contenders: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The best of several rounds, in turn so that the machine's other work meets all alike."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds + 1):  # the first one warms up
        for name, run in contenders.items():
            times[name].append(run())
    return {name: min(of[1:]) for name, of in times.items()}


def _print_speeds(best: dict[str, float], characters: int) -> None:
    own = best["whole transform step"]
    print(f"{characters:,} characters on one core")
    for name, seconds in best.items():
        print(f"{name:24}{characters / seconds:14,.0f} a second{own / seconds:10.2f} x the whole")


def _print_growth() -> None:
    """Time for each character of one paragraph, which must not grow with its length."""
    sentences = "".join(
        block.text
        for document in _read(200)
        for block in document.blocks
        if len(block.text) >= _PROSE
    )
    print("nanoseconds a character in one paragraph of")
    for length in _LENGTHS:
        text = sentences[:length]
        document = Document("a.txt", "0" * 64, 0, "utf-8", "text", {}, (Block("paragraph", text),))
        seconds = min(_seconds(to_article, [document]) for _ in range(3))
        print(f"{length:10,}{seconds / len(text) * 1e9:14,.0f}")


if __name__ == "__main__":
    main()
