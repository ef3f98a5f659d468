"""README.md of a release: what it is, whence, how made, how good, how to read and to cite it."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from etl.load.accuracy import read_accuracy
from etl.load.catalog import describe_tables
from etl.load.markdown import to_table
from etl.load.view_tables import describe_views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.load.quality import Facts


def render_card(facts: Facts, citation: str) -> str:
    """The data card for a release with these figures."""
    words = resources.files("etl.load").joinpath("templates", "card.md").read_text("utf-8")
    accuracy = read_accuracy()
    return words.format(
        tables=_list_tables(facts),
        span=_describe_span(facts),
        statuses=_join(facts.statuses),
        findings=_join(facts.findings),
        skipped=_join(facts.skipped),
        annotated=_join(accuracy.annotated),
        accuracy=to_table(
            ("What", "内容", "Figure", "Kind"),
            ((f.en, f.zh, f"{f.value:.3f}", f.kind) for f in accuracy.figures),
        ),
        views=_list_views(),
        citation=citation,
    )


def _list_tables(facts: Facts) -> str:
    tables = describe_tables()
    return to_table(
        ("Table", "名称", "Rows", "Meaning 含义"),
        (
            (f"[{name}](dictionary/{name}.md)", tables[name].title, rows, tables[name].en)
            for name, rows in facts.rows.items()
        ),
    )


def _describe_span(facts: Facts) -> str:
    if facts.first_day is None:
        return "No article says when it was published. 文章均未注明发布日期。"
    return (
        f"Articles published from {facts.first_day} to {facts.last_day}. "
        f"文章发布于 {facts.first_day} 至 {facts.last_day}。"
    )


def _list_views() -> str:
    return to_table(
        ("View", "名称", "Rows"),
        (
            (f"[{view.name}](dictionary/{view.name}.md)", view.title, view.en)
            for view in describe_views().values()
        ),
    )


def _join(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {number:,}" for code, number in counts.items()) or "none"
