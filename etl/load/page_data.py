"""What the page knows of a release: figures of the whole, and the metrics as columns.

A column of repeating texts is `{"values": [...], "rows": [...]}`: each text once, a number a
row, -1 for null. So 50,000 metrics fit in a few megabytes and filter in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from etl.load.quality import find_facts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from etl.load.quality import Facts

MOST = 50_000
"""So many metrics a browser lists and filters at once."""

_WINDOW = 300
"""Characters shown on either side of a quantity whose sentence is longer than that."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The figures at the page's head: of the release, and articles by publisher."""

    release: Facts
    publishers: list[tuple[str | None, int]]


def read_facts(con: DuckDBPyConnection) -> PageFacts:
    """The figures of the whole release whose tables `con` holds."""
    return PageFacts(find_facts(con), con.execute(_PUBLISHERS).fetchall())


def read_metrics(con: DuckDBPyConnection, most: int) -> dict[str, Any]:
    """The metrics that `con` holds, newest articles first, as columns for the page.

    Of more than `most`, those whose ids have the least digests: a sample, always the same.
    """
    columns = _read_columns(con, _METRICS, [most])
    texts = {name: _encode(columns.pop(name)) for name in _TEXTS}
    return {
        "count": len(columns["value"]),
        "metrics": columns | texts,
        "articles": _read_articles(con, texts["article_id"]["values"]),
        "units": _read_labels(con, _UNITS, texts["unit"]["values"]),
        "regions": _read_regions(con, texts["regions"]["values"]),
    }


def _read_columns(
    con: DuckDBPyConnection, query: str, parameters: list[Any]
) -> dict[str, list[Any]]:
    rows = con.execute(query, parameters).fetchall()
    names = [name for name, *_ in con.description or ()]
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def _encode(texts: list[str | None]) -> dict[str, list[Any]]:
    """Each text once, in order, and where it stands.

    >>> _encode(["km", None, "%", "km"])
    {'values': ['%', 'km'], 'rows': [1, -1, 0, 1]}
    """
    values = sorted({text for text in texts if text is not None})
    place: dict[str | None, int] = {text: number for number, text in enumerate(values)}
    return {"values": values, "rows": [place.get(text, -1) for text in texts]}


def _read_articles(con: DuckDBPyConnection, ids: list[str]) -> dict[str, list[Any]]:
    """The articles' columns, in the order of their ids."""
    rows = con.execute(_ARTICLES, [ids]).fetchall()
    names = ("title", "published_on", "publisher", "url")
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def _read_labels(con: DuckDBPyConnection, query: str, keys: list[str]) -> dict[str, Any]:
    rows = {key: (zh, en, of) for key, zh, en, of in con.execute(query).fetchall()}
    return {key: dict(zip(("zh", "en", "of"), rows[key], strict=True)) for key in keys}


def _read_regions(con: DuckDBPyConnection, groups: list[str]) -> dict[str, Any]:
    """Names of the regions met and of those above them; one without a code names itself."""
    every = {key: (zh, en, of) for key, zh, en, of in con.execute(_REGIONS).fetchall()}
    met = {key for group in groups for key in group.split(_SEPARATOR)}
    found: dict[str, Any] = {}
    while met:
        key = met.pop()
        zh, en, of = every.get(key, (key, key, None))
        found[key] = {"zh": zh, "en": en, "of": of}
        met |= {of} - {None} - found.keys()
    return dict(sorted(found.items()))


_SEPARATOR = "\x1f"

_TEXTS = (
    "article_id",
    "sentence",
    "unit",
    "approximation",
    "measure",
    "direction",
    "indicator",
    "period",
    "baseline",
    "regions",
)

_PUBLISHERS = """
SELECT publisher, count(*) FROM articles GROUP BY 1
ORDER BY 1 IS NULL, 2 DESC, 1
"""

_UNITS = "SELECT unit, label_zh, label_en, quantity_kind FROM units"
_REGIONS = "SELECT region_code, name_zh, name_en, parent_code FROM regions"

_ARTICLES = """
SELECT title, published_on::VARCHAR, publisher,
       CASE WHEN regexp_matches(url, '^https?://') THEN url END
FROM articles SEMI JOIN (SELECT unnest(?) AS article_id) USING (article_id)
ORDER BY article_id
"""

# `place` is where the surface begins in its sentence, for a sentence may say it twice;
# a sentence without end is cut to what surrounds the quantity.
_METRICS = f"""
WITH chosen AS (FROM metrics ORDER BY md5(metric_id), metric_id LIMIT ?),
placed AS (
    SELECT m.*, a.published_on,
           greatest(m.end_char - length(m.sentence), 0) AS earliest,
           m.start_char + 1 - earliest
               - strpos(substring(p.text, earliest + 1), m.sentence) AS place
    FROM chosen AS m
    JOIN paragraphs AS p USING (article_id, paragraph_index)
    JOIN articles AS a USING (article_id)
),
regions_of AS (
    SELECT metric_id,
           string_agg(coalesce(region_code, region_surface), '{_SEPARATOR}' ORDER BY position)
               AS regions
    FROM metric_regions SEMI JOIN chosen USING (metric_id) GROUP BY metric_id
)
SELECT article_id,
       CASE WHEN place > {_WINDOW} THEN '…' ELSE '' END
           || substring(sentence, greatest(place - {_WINDOW}, 0) + 1,
                        least(place, {_WINDOW}) + length(surface) + {_WINDOW})
           || CASE WHEN length(sentence) > place + length(surface) + {_WINDOW} THEN '…' ELSE '' END
           AS sentence,
       CASE WHEN place > {_WINDOW} THEN {_WINDOW} + 1 ELSE place END AS place,
       length(surface) AS length,
       value, value_low, value_high, unit, approximation, measure, direction, indicator,
       nullif(concat(period_start, '/', period_end), '/') AS period,
       nullif(concat(baseline_start, '/', baseline_end), '/') AS baseline,
       is_cumulative::INTEGER AS is_cumulative, regions
FROM placed LEFT JOIN regions_of USING (metric_id)
ORDER BY published_on DESC NULLS LAST, article_id, paragraph_index, start_char
"""
