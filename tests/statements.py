"""What metrics say of when and where, as the tests of statements ask it."""

from __future__ import annotations

from datetime import date

from etl.records import Paragraph
from etl.transform.statements.metrics import find_metrics

PUBLISHED = date(2019, 2, 22)


def read(*texts):
    """The surface of each metric with the days it holds for and those it is compared with."""
    paragraphs = [Paragraph(n, "body", text) for n, text in enumerate(texts, 1)]
    metrics, _ = find_metrics(paragraphs, PUBLISHED)
    return {
        m.surface: tuple(
            str(day) if day else None
            for day in (m.period_start, m.period_end, m.baseline_start, m.baseline_end)
        )
        for m in metrics
    }


def days_of(text, surface):
    """The days of one metric, as 2019-01-01/2019-01-31, and those it is compared with."""
    start, end, *baseline = read(text)[surface]
    return f"{start}/{end}", "/".join(map(str, baseline))


def regions_of(*texts):
    """The surfaces of the places that each metric is about."""
    paragraphs = [Paragraph(index, "body", text) for index, text in enumerate(texts, 1)]
    return [[r.surface for r in m.regions] for m in find_metrics(paragraphs, None)[0]]
