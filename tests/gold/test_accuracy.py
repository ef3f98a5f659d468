"""What a release tells of its accuracy is what is measured.

`python tests/gold/test_accuracy.py` measures again and writes `etl/load/accuracy.toml`.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

GOLD = Path(__file__).parent
sys.path.insert(0, str(GOLD.parent))  # for a run as a script

from gold.scoring import read, score  # noqa: E402  found by the line above

import etl.load.accuracy  # noqa: E402  found by the line above

FILE = Path(etl.load.accuracy.__file__).with_name(etl.load.accuracy.FILE_NAME)


def measure(release):
    """The file as it should be."""
    counts = {path.stem: len(read(path)) for path in sorted(GOLD.glob("*.jsonl"))}
    counts["articles"] = counts.pop("meta")
    counts["places"] = sum(len(row["places"]) for row in read(GOLD / "places.jsonl"))
    figures = {name: round(value, 3) for name, value in score(release, GOLD).items()}
    head = FILE.read_text("utf-8").partition("[annotated]")[0]
    return f"{head}[annotated]\n{to_lines(counts)}\n[figures]\n{to_lines(figures)}"


def to_lines(values):
    return "".join(f"{name} = {value}\n" for name, value in values.items())


def test_the_figures_are_those_measured_on_a_fresh_release(seeds_release):
    assert FILE.read_text("utf-8") == measure(seeds_release)


def test_the_card_tells_every_figure(seeds_release):
    card = (seeds_release / "README.md").read_text("utf-8")

    for name, value in score(seeds_release, GOLD).items():
        figure = next(f for f in etl.load.accuracy.read_accuracy().figures if f.name == name)
        assert f"| {figure.en} | {figure.zh} | {value:.3f} |" in card


if __name__ == "__main__":
    from etl import pipeline

    with TemporaryDirectory() as scratch:
        release = Path(scratch) / "release"
        pipeline.run([str(GOLD.parent.parent / "seeds")], release, workers=1)
        FILE.write_text(measure(release), "utf-8")
