"""What a command prints at its end, as text and tables on stdout."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from etl import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.load.catalog import Column, Table
    from etl.load.diff_report import Section
    from etl.load.summary import ReleaseSummary


def show_table(table: Table) -> None:
    """A table of the dictionary: its columns, and the codes they hold."""
    terminal.write_line(f"{table.name} {table.title}", "bold")
    terminal.write_line(f"{table.en} {table.zh}")
    key = ", ".join(table.primary_key)
    terminal.write_line(f"Primary key: {key}." if key else "A view in the database.")
    terminal.write_line("")
    terminal.write_table(
        ("column", "名称", "type", "null", "meaning"),
        [(c.name, c.title, c.type, "yes" if c.nullable else "", _say(c)) for c in table.columns],
    )
    for codes in (column.labels for column in table.columns if column.labels):
        terminal.write_line("")
        terminal.write_line(codes.name, "bold")
        terminal.write_table(
            ("code", "名称", "meaning"), [(c.code, c.zh, c.en) for c in codes.codes]
        )


def _say(column: Column) -> str:
    """What a column means, and what it refers to."""
    return " → ".join((column.en, ".".join(column.references or ()))).removesuffix(" → ")


def show_section(section: Section) -> None:
    """A part of what two releases differ in."""
    terminal.write_line(section.title, "bold")
    terminal.write_table(section.columns, section.rows, cut=True)
    terminal.write_line("")


def show_release(summary: ReleaseSummary, seconds: float, *, as_json: bool) -> None:
    """What a run has published; with `as_json` also as an object on stderr."""
    if as_json:
        event = "published" if summary.is_new else "unchanged"
        facts = asdict(summary) | {"output": str(summary.output), "seconds": round(seconds, 1)}
        terminal.write_json({"event": event, **facts})
    show_rows(summary.rows)
    show_documents(summary.statuses, summary.rejections)
    show_findings(summary.findings)
    holds = f"{summary.files} files ({summary.bytes / 1e6:.1f} MB)"
    if summary.is_new:
        terminal.write_line(f"Published {holds} in {summary.output} in {seconds:.1f} s.")
    else:
        terminal.write_line(f"Nothing has changed: {summary.output} stands, {holds}.")


def show_rows(rows: Mapping[str, int]) -> None:
    """How many rows each table has."""
    terminal.write_table(("table", "rows"), rows.items())


def show_documents(documents: Mapping[str, int], reasons: Mapping[str, int]) -> None:
    """What became of the documents, and why some were rejected."""
    terminal.write_line(f"{sum(documents.values()):,} documents: {_join(documents)}.")
    if reasons:
        terminal.write_line(f"Rejected: {_join(reasons)}.")


def show_findings(findings: Mapping[str, int]) -> None:
    """How often each doubt was written down."""
    terminal.write_line(f"Findings: {_join(findings) or 'none'}.")


def _join(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {code}" for code, count in sorted(counts.items()))
