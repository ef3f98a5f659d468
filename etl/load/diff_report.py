"""The difference between two releases in words: tables for the eye, JSON for programs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from etl.load.diff import find_article
from etl.load.diff_edits import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.load.diff import Difference, Row
    from etl.load.diff_edits import Edit
    from etl.load.diff_rows import TableDifference

_SCHEMA_LINES = 50
_TITLE_CHARS = 12
_CONTEXT_CHARS = 8
_LONG = 30
_UNTELLING = re.compile("_(char|count|index)$|^is_")
_SIGNS = {"added": "+", "removed": "−", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a table below it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def describe_difference(difference: Difference) -> Iterator[Section]:
    """What differs, from the whole to the single cell; nothing if nothing does."""
    if difference.schema:
        yield _describe_schema(difference)
    if any(not table.same for table in difference.tables):
        yield _describe_counts(difference)
    if difference.edits.count:
        yield _describe_edits(difference)
    for table in difference.tables:
        if any(difference.samples.get(table.table, {}).values()):
            yield _describe_samples(difference, table)


def to_json(difference: Difference) -> str:
    """The same as one JSON object: complete counts, samples of rows."""
    edits = difference.edits
    facts = {
        "old": difference.old,
        "new": difference.new,
        "same": difference.same,
        "schema": [asdict(change) for change in difference.schema],
        "tables": [_to_object(difference, table) for table in difference.tables],
        "edited_articles": {"count": edits.count, "sample": [asdict(e) for e in edits.sample]},
        "titles": difference.titles,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def _to_object(difference: Difference, table: TableDifference) -> dict[str, Any]:
    removed, added = difference.edits.rows.get(table.table, (0, 0))
    return asdict(table) | {
        "in_edited_articles": {"added": added, "removed": removed},
        "sample": difference.samples.get(table.table, {}),
    }


def _describe_schema(difference: Difference) -> Section:
    changes = difference.schema
    more = f", the first {_SCHEMA_LINES}" if changes[_SCHEMA_LINES:] else ""
    rows = ((c.kind, c.name, c.change, show_change(c.old, c.new)) for c in changes[:_SCHEMA_LINES])
    columns = ("kind", "name", "change", "old → new")
    return Section(f"Schema changes: {len(changes)}{more}", columns, tuple(rows))


def _describe_counts(difference: Difference) -> Section:
    columns = ("table", "old", "new", "added", "removed", "changed", "in edited articles")
    return Section("Rows", columns, tuple(_count_rows(difference, t) for t in difference.tables))


def _count_rows(difference: Difference, table: TableDifference) -> tuple[str | int, ...]:
    removed, added = difference.edits.rows.get(table.table, (0, 0))
    in_edits = f"+{added:,} −{removed:,}" if removed or added else ""
    counts = table.old_rows or 0, table.new_rows or 0, table.added, table.removed, table.changed
    return table.table, *counts, in_edits


def _describe_edits(difference: Difference) -> Section:
    title = f"Edited articles: {difference.edits.count:,} (same source_path, another article_id)"
    edits = difference.edits.sample
    rows = (row for edit in edits for row in _list_cells(edit, difference.titles))
    return Section(title, ("article", "change"), tuple(rows))


def _list_cells(edit: Edit, titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A line for the article, and one for each change in it."""
    title = titles.get(edit.new_id, "")
    yield edit.source_path, f"《{title}》" if title else ""
    for cell in _pair_lines(edit.cells):
        yield f"  {cell.column}", show_change(cell.old, cell.new)


def _pair_lines(cells: Sequence[Cell]) -> list[Cell]:
    """A text that is gone and the new one that it became are one change if they are much alike."""
    paired: list[Cell] = []
    for cell in cells:
        gone = next((n for n, other in enumerate(paired) if _became(other, cell)), None)
        if gone is None:
            paired.append(cell)
        else:
            paired[gone] = Cell(cell.column, paired[gone].old, cell.new)
    return paired


def _became(gone: Cell, come: Cell) -> bool:
    if gone.column != come.column or gone.new is not None or come.old is not None:
        return False
    old, new = gone.old or "", come.new or ""
    return 2 * sum(_count_shared(old, new)) >= max(len(old), len(new))


def show_change(old: str | None, new: str | None) -> str:
    """Two values; of long ones only the characters around what differs.

    >>> show_change("3000", "3200")
    '3000 → 3200'
    >>> show_change("第一段讲京津冀协同发展，去年新增企业20家，约三千人因此就业。",
    ...             "第一段讲京津冀协同发展，去年新增企业30家，约三千人因此就业。")
    '…展，去年新增企业20家，约三千人因… → …展，去年新增企业30家，约三千人因…'
    >>> show_change(None, "新华社")
    '+ 新华社'
    >>> show_change(None, None)
    ''
    """
    if old is None or new is None:
        signed = ((_SIGNS["removed"], old), (_SIGNS["added"], new))
        return " ".join(f"{sign} {text}" for sign, text in signed if text is not None)
    if max(len(old), len(new)) < _LONG:
        return f"{old} → {new}"
    start, end = (max(shared - _CONTEXT_CHARS, 0) for shared in _count_shared(old, new))
    return f"{_cut(old, start, end)} → {_cut(new, start, end)}"


def _count_shared(one: str, other: str) -> tuple[int, int]:
    """How many characters two texts share at their beginning, and then at their end."""
    start = _count_common(one, other)
    return start, _count_common(one[start:][::-1], other[start:][::-1])


def _count_common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(text: str, start: int, end: int) -> str:
    """`text` without so many characters at its two ends."""
    return f"{'…' * (start > 0)}{text[start : len(text) - end]}{'…' * (end > 0)}"


def _describe_samples(difference: Difference, table: TableDifference) -> Section:
    counts = (f"{getattr(table, kind):,} {kind}" for kind in _SIGNS if getattr(table, kind))
    samples = difference.samples[table.table]
    rows = (
        (sign, _join_key(row, table), _show_row(kind, row, table, difference.titles))
        for kind, sign in _SIGNS.items()
        for row in samples.get(kind, ())
    )
    return Section(f"{table.table}: {', '.join(counts)}", ("", "key", "row"), tuple(rows))


def _join_key(row: Row, table: TableDifference) -> str:
    return " ".join(str(row[name]) for name in table.key)


def _show_row(kind: str, row: Row, table: TableDifference, titles: dict[str, str]) -> str:
    """The article, then the cell that changed or all that the row holds."""
    title = titles.get(find_article(row) or "", "")
    if kind == "changed":
        cells = f"{row['column']}: {show_change(row['old'], row['new'])}"
    else:
        cells = _join_cells(row, {*table.key, "article_id"})
    return f"《{_shorten(title)}》 {cells}" if title else cells


def _shorten(title: str) -> str:
    return title if len(title) <= _TITLE_CHARS else f"{title[:_TITLE_CHARS]}…"


def _join_cells(row: Row, told: set[str]) -> str:
    """The telling values first: short texts, then numbers, then long texts."""
    cells = [
        (name, value)
        for name, value in row.items()
        if name not in told and value is not None and not _UNTELLING.search(name)
    ]
    return " ".join(f"{name}={value}" for name, value in sorted(cells, key=_rank))


def _rank(cell: tuple[str, object]) -> int:
    _, value = cell
    if not isinstance(value, str):
        return 1
    return 0 if len(value) < _LONG else 2
