"""The report on a release as one page: what was checked, found, left out and is missing."""

from __future__ import annotations

from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from etl.load.catalog import list_proven
from etl.load.html import to_both, to_code, to_link, to_page, to_section, to_table
from schemas import codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas.codes import CodeList

Row = dict[str, Any]

_TITLE = "Quality report 质量报告"
_HEAD = """<p>{checks:,} checks: {failed:,} failed, {idle:,} had no row to examine. The same tables
stand beside this page as Parquet and JSON, and in the schema <code>quality</code> of the database;
there <code>skipped</code> holds everything that looked like a quantity and was left out. Every
document that was rejected stands in <code>sources</code>.</p>
<p lang="zh">共 {checks:,} 项检查：{failed:,} 项未通过，{idle:,} 项没有可检查的行。
同样的表以 Parquet 和 JSON 与本页并存，也在数据库的 <code>quality</code> 模式中；
其中 <code>skipped</code> 为全部略去的文字。每个未采用的文件都在 <code>sources</code> 中。</p>
"""

_SECTIONS = (
    ("document", "Documents 文件"),
    ("finding", "Findings a reader should know 读者应知的发现"),
    ("skip", "Left out, though they look like quantities 看似数量而略去的文字"),
    ("checks", "Checks 检查"),
    ("statistics", "Missing values and ranges 缺失与范围"),
)


def render_html(rows: dict[str, list[Row]]) -> str:
    """The page for the rows of the report's tables."""
    checks = rows["checks"]
    bodies = {topic: _render_topic(rows, topic) for topic in codes.TOPIC.values}
    bodies |= {
        "checks": "".join(_render_tables(checks, _CHECK_HEAD, _check_cells)),
        "statistics": "".join(_render_tables(rows["statistics"], _COLUMN_HEAD, _column_cells)),
    }
    return to_page(
        _TITLE,
        "Contents 目录",
        (to_link(anchor, title) for anchor, title in _SECTIONS),
        "".join(to_section(anchor, title, bodies[anchor]) for anchor, title in _SECTIONS),
        _HEAD.format(
            checks=len(checks),
            failed=sum(row["rows_failed"] > 0 for row in checks),
            idle=sum(row["rows_examined"] == 0 for row in checks),
        ),
    )


def _render_topic(rows: dict[str, list[Row]], topic: str) -> str:
    """The codes of a topic, the most frequent first, each with its samples."""
    counts = [row for row in rows["counts"] if row["topic"] == topic]
    if not counts:
        return f"<p>{to_both('None in this release.', '本数据集中没有。')}</p>"
    samples: dict[str, list[Row]] = {}
    for row in rows["samples"]:
        if row["topic"] == topic:
            samples.setdefault(row["code"], []).append(row)
    counts.sort(key=lambda row: (-row["row_count"], row["code"]))
    return to_table(
        ("Code 代码", "Rows 次数", "Samples 样例"),
        (
            (to_code(r["code"]), r["row_count"], _list_samples(samples.get(r["code"], ())))
            for r in counts
        ),
    )


def _list_samples(samples: Iterable[Row]) -> str:
    items = "".join(
        f"<li>{escape(row['sample'] or '')} "
        f'<span class="quiet">{escape(row["source_path"])}</span></li>'
        for row in samples
    )
    return f"<ul>{items}</ul>" if items else ""


def _render_tables(rows: list[Row], head: tuple[str, ...], cells: Any) -> Iterator[str]:  # noqa: ANN401  a function from row to cells
    """A table for each table of the release, in the models' order."""
    order = [table.name for _, _, table in list_proven()]
    by_table = {name: list(group) for name, group in groupby(rows, itemgetter("table_name"))}
    for name in sorted(by_table, key=order.index):
        yield f"<h3>{to_code(name)}</h3>" + to_table(head, map(cells, by_table[name]))


_CHECK_HEAD = ("Check 检查", "Kind 类别", "Examined 检查", "Failed 未通过", "Meaning 含义")


def _check_cells(row: Row) -> tuple[str | int, ...]:
    words = to_both(row["description_en"], row["description_zh"])
    if row["idle_reason"]:
        words += f'<br><span class="quiet">{_label(codes.IDLE_REASON, row["idle_reason"])}</span>'
    kind = _label(codes.CHECK_KIND, row["kind"])
    return to_code(row["check_name"]), kind, row["rows_examined"], row["rows_failed"], words


_COLUMN_HEAD = ("Column 列", "Rows 行", "Missing 缺失", "Share 占比", "Least 最小", "Greatest 最大")


def _column_cells(row: Row) -> tuple[str | int | None, ...]:
    share = row["null_share"]
    return (
        to_code(row["column_name"]),
        row["row_count"],
        row["null_count"],
        "" if share is None else f"{share:.1%}",
        escape(row["minimum"] or ""),
        escape(row["maximum"] or ""),
    )


def _label(code_list: CodeList, code: str) -> str:
    return next(to_both(c.en, c.zh) for c in code_list.codes if c.code == code)
