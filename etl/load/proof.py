"""Proof over whole tables: rules, keys, references, spans and counts, with what was examined.

Works on any DuckDB connection that has the tables under their own names, `skipped` in the
schema `quality`; so the same proof runs before publishing and over a published release.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.load.catalog import list_proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from etl.load.catalog import Check, ForeignKey, Table

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Result:
    """One check over one table: how many rows it applied to and how many broke it.

    `kind` is rule, unique_key, reference, span, count or account; `samples` are the keys of
    the first rows that failed.
    """

    kind: str
    table: str
    name: str
    zh: str
    en: str
    examined: int
    failed: int
    samples: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The fault in one sentence."""
        rows = f"{self.failed} of {self.examined} rows"
        return f"{self.table}.{self.name}: {rows} fail ({', '.join(self.samples)}): {self.en}"


@dataclass(frozen=True, slots=True)
class _Claim:
    """Something that holds for each row of `examined`; `faults` selects those where it does not."""

    kind: str
    table: str
    name: str
    zh: str
    en: str
    examined: str
    faults: str
    label: str


def prove(con: DuckDBPyConnection) -> Iterator[Result]:
    """Every check of every table, whether it holds or not."""
    for relation, _, table in list_proven():
        yield from _prove_table(con, relation, table)
    for claim in _CLAIMS:
        yield _prove_claim(con, claim)


def _prove_table(con: DuckDBPyConnection, relation: str, table: Table) -> Iterator[Result]:
    yield from _prove_rules(con, relation, table)
    yield _prove_claim(con, _unique_key(relation, table))
    for key in table.foreign_keys:
        yield _prove_claim(con, _reference(relation, table, key))
    if table.is_spanned:
        yield _prove_claim(con, _span(relation, table))


def _prove_rules(con: DuckDBPyConnection, relation: str, table: Table) -> Iterator[Result]:
    """All rules of a table in one pass over it."""
    if not table.checks:
        return
    counts = ", ".join(
        f"count({check.sql}), count(*) FILTER (WHERE NOT ({check.sql}))" for check in table.checks
    )
    row = con.execute(f"SELECT {counts} FROM {relation}").fetchone() or ()
    for check, examined, failed in zip(table.checks, row[::2], row[1::2], strict=True):
        samples = _find_samples(con, relation, table, check) if failed else ()
        yield Result("rule", table.name, check.label, check.zh, check.en, examined, failed, samples)


def _find_samples(
    con: DuckDBPyConnection, relation: str, table: Table, check: Check
) -> tuple[str, ...]:
    faults = f"SELECT {_label(table)} FROM {relation} WHERE NOT ({check.sql})"
    return _first(con, faults)


def _prove_claim(con: DuckDBPyConnection, claim: _Claim) -> Result:
    counts = f"(SELECT count(*) {claim.examined}), (SELECT count(*) {claim.faults})"
    examined, failed = con.execute(f"SELECT {counts}").fetchone() or (0, 0)
    samples = _first(con, f"SELECT {claim.label} {claim.faults}") if failed else ()
    return Result(
        claim.kind, claim.table, claim.name, claim.zh, claim.en, examined, failed, samples
    )


def _first(con: DuckDBPyConnection, query: str) -> tuple[str, ...]:
    rows = con.execute(f"SELECT * FROM ({query}) AS faults ORDER BY 1 LIMIT {_SAMPLES}").fetchall()
    return tuple(str(label) for (label,) in rows)


def _label(table: Table, alias: str = "") -> str:
    """The primary key of a row as one text."""
    parts = ", ".join(f'{alias}"{name}"' for name in table.primary_key)
    return f"concat_ws(' ', {parts})"


def _unique_key(relation: str, table: Table) -> _Claim:
    key = ", ".join(f'"{name}"' for name in table.primary_key)
    return _Claim(
        "unique_key",
        table.name,
        "+".join(table.primary_key),
        "主键唯一。",
        "The primary key is unique.",
        f"FROM {relation}",
        f"FROM (SELECT {key} FROM {relation} GROUP BY {key} HAVING count(*) > 1)",
        _label(table),
    )


def _reference(relation: str, table: Table, key: ForeignKey) -> _Claim:
    given = " AND ".join(f'"{name}" IS NOT NULL' for name in key.columns)
    pairs = zip(key.columns, key.foreign, strict=True)
    match = " AND ".join(f't."{local}" = r."{foreign}"' for local, foreign in pairs)
    rows = f"(SELECT * FROM {relation} WHERE {given}) AS t"
    return _Claim(
        "reference",
        table.name,
        "+".join(key.columns),
        f"所指的行存在于 {key.table}。",
        f"The row it refers to exists in {key.table}.",
        f"FROM {rows}",
        f"FROM {rows} ANTI JOIN {key.table} AS r ON {match}",
        _label(table, "t."),
    )


def _span(relation: str, table: Table) -> _Claim:
    rows = f"FROM {relation} AS t LEFT JOIN paragraphs AS p USING (article_id, paragraph_index)"
    there = "substring(p.text, t.start_char + 1, t.end_char - t.start_char)"
    return _Claim(
        "span",
        table.name,
        "surface",
        "原文等于段落中该区间的字符。",
        "The surface is the paragraph's characters at its span.",
        rows,
        f"{rows} WHERE {there} IS DISTINCT FROM t.surface",
        _label(table, "t."),
    )


def _child_count(column: str, children: str) -> _Claim:
    rows = (
        f"FROM articles AS t LEFT JOIN (SELECT article_id, count(*) AS n FROM {children} "
        "GROUP BY article_id) AS c USING (article_id)"
    )
    return _Claim(
        "count",
        "articles",
        column,
        f"等于该文在 {children} 中的行数。",
        f"It is the number of the article's rows in {children}.",
        rows,
        f"{rows} WHERE t.{column} <> coalesce(c.n, 0)",
        "t.article_id",
    )


# As much of the paragraph as a sentence that covers the span can reach: not all of it, which
# would take quadratic time where many quantities stand in one long paragraph.
_AROUND = (
    "substring(p.text, greatest(t.end_char - length(t.sentence), 0) + 1, "
    "t.start_char + length(t.sentence) - greatest(t.end_char - length(t.sentence), 0))"
)

_CLAIMS = (
    _child_count("paragraph_count", "paragraphs"),
    _child_count("metric_count", "metrics"),
    _child_count("image_count", "images"),
    _Claim(
        "span",
        "metrics",
        "sentence",
        "所在句出现在段落中，且包含该数量。",
        "The sentence occurs in its paragraph, around the quantity.",
        "FROM metrics",
        "FROM metrics AS t LEFT JOIN paragraphs AS p USING (article_id, paragraph_index) "
        f"WHERE NOT coalesce(contains({_AROUND}, t.sentence), false)",
        "t.metric_id",
    ),
    _Claim(
        "account",
        "sources",
        "status",
        "每个已发布的文件都有一篇文章。",
        "Every published document has its article.",
        "FROM sources WHERE status = 'published'",
        "FROM (SELECT * FROM sources WHERE status = 'published') AS t "
        "ANTI JOIN articles USING (source_path, article_id)",
        "t.source_path",
    ),
    _Claim(
        "account",
        "articles",
        "source_path",
        "每篇文章都来自一个已发布的文件。",
        "Every article comes from a published document.",
        "FROM articles",
        "FROM articles AS t ANTI JOIN (SELECT * FROM sources WHERE status = 'published') AS s "
        "USING (source_path, article_id)",
        "t.source_path",
    ),
)
