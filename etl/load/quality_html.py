"""The report on a release as a page, and as a part of the large one."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from etl.load.accuracy import read_accuracy
from etl.load.catalog import list_proven
from etl.load.html import render_report
from schemas import codes, reasons

if TYPE_CHECKING:
    from schemas.codes import CodeList

Row = dict[str, Any]


def render_html(rows: dict[str, list[Row]]) -> str:
    """The page for the rows of the report's tables."""
    return render_report("quality.html", "质量报告 Quality report", quality=arrange(rows))


def arrange(rows: dict[str, list[Row]]) -> dict[str, Any]:
    """What the template shows: the rows by topic and table, labels, and the measured accuracy."""
    checks = rows["checks"]
    return {
        "topics": {topic: _list_codes(rows, topic) for topic in codes.TOPIC.values},
        "checks": _by_table(checks),
        "statistics": _by_table(rows["statistics"]),
        "ranges": sorted(rows["ranges"], key=lambda row: (-row["row_count"], row["unit"])),
        "failed": [row for row in checks if row["rows_failed"]],
        "idle": [row for row in checks if not row["rows_examined"]],
        "examined": sum(row["rows_examined"] for row in checks),
        "count": len(checks),
        "labels": _label(codes.CHECK_KIND) | _label(codes.IDLE_REASON) | _label(codes.MEASURE),
        "accuracy": read_accuracy(),
    }


def _list_codes(rows: dict[str, list[Row]], topic: str) -> list[Row]:
    """The codes of a topic, the most frequent first, each with its meaning and samples."""
    samples: dict[str, list[Row]] = {}
    for row in rows["samples"]:
        if row["topic"] == topic:
            samples.setdefault(row["code"], []).append(row)
    counts = [row for row in rows["counts"] if row["topic"] == topic]
    counts.sort(key=lambda row: (-row["row_count"], row["code"]))
    return [
        row
        | {"samples": samples.get(row["code"], []), "meaning": _MEANINGS[topic].get(row["code"])}
        for row in counts
    ]


def _by_table(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows of each table of the release, in the models' order."""
    found = {name: list(group) for name, group in groupby(rows, itemgetter("table_name"))}
    return {table.name: found[table.name] for _, _, table in list_proven() if table.name in found}


def _label(code_list: CodeList, prefix: str = "") -> dict[str, tuple[str, str]]:
    return {prefix + code.code: (code.zh, code.en) for code in code_list.codes}


_MEANINGS = {
    "document": _label(codes.SOURCE_STATUS)
    | _label(reasons.REJECTION, "duplicate.")
    | _label(reasons.REJECTION, "rejected."),
    "finding": _label(reasons.FINDING),
    "skip": _label(reasons.SKIP),
}
