"""What `etl explain` says: origins, marks under the right characters, honest gaps."""

from datetime import date
from itertools import pairwise

import pytest
from rich.cells import cell_len

from etl.explain import explain
from etl.records import (
    Article,
    Contributor,
    Document,
    Finding,
    Label,
    Metric,
    MetricRegion,
    Paragraph,
    Publication,
    Reject,
    Skip,
)

TEXT = "2020年，北京PM2.5平均浓度比2014年下降51%，累计疏解企业3至5家。"


def make_metric(surface, **facts):
    start = TEXT.index(surface)
    defaults = {
        "value": None,
        "low": None,
        "high": None,
        "approximation": "exact",
        "measure": "level",
        "direction": None,
        "indicator": None,
        "period_start": None,
        "period_end": None,
        "period_surface": None,
        "baseline_start": None,
        "baseline_end": None,
        "is_cumulative": False,
        "quantity_kind": "count",
    }
    return Metric(
        paragraph_index=2,
        start=start,
        end=start + len(surface),
        surface=surface,
        sentence=TEXT,
        **defaults | facts,
    )


ARTICLE = Article(
    document=Document(
        "a.md",
        "a" * 64,
        1234,
        "gb18030",
        "markdown",
        {"author": "wetech", "title": "疏解见效", "categories": ("新媒体", "wetech")},
        (),
    ),
    title="疏解见效",
    publication=Publication(),
    distributor="wetech",
    contributors=(Contributor("editor", "刘亚楠"),),
    labels=(Label("category", "wetech"),),
    paragraphs=(Paragraph(1, "editor", "[责编：刘亚楠]"), Paragraph(2, "body", TEXT)),
    metrics=(
        make_metric(
            "51%",
            value=51.0,
            unit="%",
            measure="change",
            direction="decrease",
            indicator="PM2.5平均浓度",
            period_start=date(2020, 1, 1),
            period_end=date(2020, 12, 31),
            period_surface="2020年",
            baseline_start=date(2014, 1, 1),
            baseline_end=date(2014, 12, 31),
            rule="percentage",
            regions=(MetricRegion("北京", "110000"),),
        ),
        make_metric("3至5家", low=3.0, high=5.0, unit="家", is_cumulative=True, rule="range"),
    ),
    skips=(Skip(2, 9, 12, "2.5", "product_name"),),
    findings=(Finding("date_missing", "no date is stated"),),
)


def read_aloud(item=ARTICLE, width=100):
    return [line.text for line in explain(item, width)]


@pytest.mark.parametrize(
    "line",
    [
        "  title           疏解见效  ← front matter “title”",
        "  distributor     wetech  ← front matter “author”",
        "  category        wetech  ← front matter “categories”",
        "  editor          刘亚楠  ← paragraph 1 (editor)",
        "  published_on    –",
        "  publisher       –",
        (
            "    51% = 51 % · change (decrease) · PM2.5平均浓度 · in 北京 · "
            "2020-01-01 to 2020-12-31 (2020年) · 2014-01-01 to 2014-12-31 (baseline) · "
            "rule percentage"
        ),
        "    3至5家 = 3 to 5 家 · level · cumulative · rule range",
        "  paragraph 2  2.5  product_name",
        "  date_missing: no date is stated",
    ],
)
def test_every_fact_is_told_with_its_origin(line):
    assert line in read_aloud()


@pytest.mark.parametrize("width", [20, 41, 200])
def test_the_marks_stand_under_the_metrics_at_every_width(width):
    lines = read_aloud(width=width)
    under = "".join(
        char for above, below in pairwise(lines) if "‾" in below for char in marked(above, below)
    )
    assert under == "51%3至5家"


def marked(above, below):
    cells = 0
    for char in above:
        if below[cells : cells + 1] == "‾":
            yield char
        cells += cell_len(char)


def test_paragraphs_are_cut_to_the_width():
    line = next(line for line in read_aloud(width=50) if line.startswith("    2  body"))
    assert line.endswith("…")
    assert cell_len(line) <= 50


def test_a_reject_tells_its_reason():
    reject = Reject("x.bin", "b" * 64, 7, None, "binary", "holds NUL bytes")
    assert read_aloud(reject) == ["x.bin", "  rejected: binary: holds NUL bytes"]
