"""Every check of every model fires: a row that breaks it, and the name it must be reported by."""

from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest
from pandera.errors import SchemaErrors

from etl.load.catalog import list_homes
from schemas import MODELS, polars_schema

ARTICLE = "0123456789abcdef"
OTHER = "fedcba9876543210"

_SPAN = {"article_id": ARTICLE, "paragraph_index": 2, "start_char": 3, "end_char": 8}

VALID = {
    "units": {
        "unit": "km",
        "label_zh": "公里",
        "label_en": "kilometre",
        "quantity_kind": "length",
        "ucum": "km",
    },
    "regions": {
        "region_code": "110000",
        "name_zh": "北京市",
        "name_en": "Beijing",
        "level": "province",
        "parent_code": "CN",
        "adcode": "110000",
    },
    "region_members": {"region_code": "jingjinji", "member_code": "110000"},
    "sources": {
        "source_path": "a.md",
        "source_sha256": ARTICLE * 4,
        "source_bytes": 9,
        "encoding": "utf-8",
        "status": "duplicate",
        "reason": "same_bytes",
        "detail": "the same bytes as another",
        "article_id": ARTICLE,
    },
    "articles": {
        "article_id": ARTICLE,
        "source_path": "a.md",
        "layout": "html",
        "title": "瓣瓣同心向阳开",
        "kicker": "光明时评",
        "subtitle": "京津冀协同发展",
        "publisher": "光明日报",
        "distributor": "ZAKER",
        "dateline_place": "北京",
        "published_on": date(2021, 11, 11),
        "published_at": datetime(2021, 11, 10, 16, 7, tzinfo=UTC),
        "published_precision": "minute",
        "published_raw": "2021-11-11 00:07",
        "published_from": "front_matter",
        "zone_stated": False,
        "url": "https://example.org/a",
        "thumbnail_url": "https://example.org/a.jpg",
        "paragraph_count": 2,
        "metric_count": 1,
        "image_count": 0,
        "char_count": 20,
        "text_digest": OTHER,
        "duplicate_of": OTHER,
    },
    "contributors": {"article_id": ARTICLE, "position": 1, "role": "author", "name": "杨慧"},
    "labels": {"article_id": ARTICLE, "position": 1, "kind": "tag", "label": "京津冀"},
    "paragraphs": {
        "article_id": ARTICLE,
        "paragraph_index": 1,
        "kind": "body",
        "section": "协同",
        "text": "目前，近3000家企业。",
        "char_count": 12,
        "sentence_count": 1,
        "is_repeat": False,
    },
    "metrics": {
        "metric_id": f"{ARTICLE}:2:3",
        **_SPAN,
        "end_char": 9,
        "surface": "近3000家",
        "sentence": "目前，近3000家企业。",
        "value": 3000.0,
        "unit": "家",
        "quantity_kind": "count",
        "approximation": "nearly",
        "measure": "change",
        "direction": "decrease",
        "indicator": "企业",
        "period_start": date(2020, 1, 1),
        "period_end": date(2020, 12, 31),
        "period_surface": "2020年",
        "baseline_start": date(2019, 1, 1),
        "baseline_end": date(2019, 12, 31),
        "is_cumulative": False,
        "rule": "classifier",
    },
    "metric_regions": {
        "metric_id": f"{ARTICLE}:2:3",
        "position": 1,
        "region_surface": "北京",
        "region_code": "110000",
    },
    "images": {
        "article_id": ARTICLE,
        "image_index": 1,
        "paragraph_index": 1,
        "url": "https://example.org/a.jpg",
        "width": 640,
        "height": 480,
        "caption": "雄安站",
        "credit": "新华社记者 某某 摄",
        "taken_on": date(2021, 10, 1),
    },
    "places": {**_SPAN, "surface": "北京市大兴", "region_code": "110000"},
    "dates": {
        **_SPAN,
        "surface": "2020年",
        "start_on": date(2020, 1, 1),
        "end_on": date(2020, 12, 31),
        "grain": "year",
        "resolved_from": "explicit",
    },
    "findings": {
        "source_path": "a.md",
        "position": 1,
        "article_id": ARTICLE,
        "code": "date_conflict",
        "detail": "两个日期",
    },
    "skipped": {**_SPAN, "surface": "十八大以来", "reason": "congress"},
    "checks": {
        "table_name": "metrics",
        "kind": "rule",
        "check_name": "range_is_ordered",
        "description_zh": "下限不大于上限。",
        "description_en": "The lower end is not above the upper end.",
        "rows_examined": 0,
        "rows_failed": 0,
        "idle_reason": "no_such_row",
    },
    "counts": {"topic": "skip", "code": "date", "row_count": 2},
    "ranges": {
        "unit": "家",
        "measure": "level",
        "row_count": 2,
        "lowest": 1.0,
        "highest": 2.0,
    },
    "samples": {
        "topic": "skip",
        "code": "date",
        "position": 1,
        "source_path": "a.md",
        "sample": "【2020】年",
    },
    "statistics": {
        "table_name": "metrics",
        "column_name": "value",
        "row_count": 4,
        "null_count": 1,
        "null_share": 0.25,
        "minimum": "3.0",
        "maximum": "3000.0",
    },
}

_ARTICLE_WITHOUT_DATE = {
    "published_on": None,
    "published_at": None,
    "published_precision": None,
    "published_from": "none",
}

# table, rule, what to change in the valid row so that exactly this is wrong
COUNTEREXAMPLES = [
    ("regions", "not_its_own_parent", {"parent_code": "110000"}),
    ("region_members", "not_its_own_member", {"member_code": "jingjinji"}),
    ("sources", "reason_unless_published", {"status": "published"}),
    ("sources", "reason_unless_published", {"reason": None}),
    ("sources", "article_unless_rejected", {"status": "rejected"}),
    ("sources", "article_unless_rejected", {"article_id": None}),
    ("sources", "article_named_by_digest", {"article_id": OTHER}),
    ("articles", "date_has_precision", {"published_precision": None, "published_at": None}),
    ("articles", "date_has_precision", _ARTICLE_WITHOUT_DATE | {"published_precision": "day"}),
    ("articles", "date_has_origin", {"published_from": "none"}),
    ("articles", "date_has_origin", _ARTICLE_WITHOUT_DATE | {"published_from": "body"}),
    ("articles", "instant_has_time", {"published_at": None}),
    ("articles", "instant_has_time", {"published_precision": "day"}),
    ("articles", "date_fits_instant", {"published_on": date(2021, 11, 12)}),
    ("articles", "date_fits_instant", {"published_on": date(2021, 11, 9)}),
    ("articles", "not_duplicate_of_itself", {"duplicate_of": ARTICLE}),
    ("paragraphs", "char_count_is_length", {"text": "𠮷近3000家企业。"}),
    ("metrics", "id_tells_place", {"metric_id": f"{ARTICLE}:2:4"}),
    ("metrics", "span_is_ordered", {"end_char": 3}),
    ("metrics", "surface_fills_span", {"end_char": 10}),
    ("metrics", "surface_in_sentence", {"sentence": "另一句。"}),
    ("metrics", "value_or_range", {"value": None}),
    ("metrics", "value_or_range", {"value_low": 1.0, "value_high": 2.0}),
    ("metrics", "range_is_whole", {"value": None, "value_low": 1.0}),
    ("metrics", "range_is_whole", {"value": None, "value_high": 1.0}),
    ("metrics", "range_is_ordered", {"value": None, "value_low": 2.0, "value_high": 1.0}),
    ("metrics", "numbers_are_finite", {"value": float("inf")}),
    ("metrics", "numbers_are_finite", {"value": float("-inf")}),
    ("metrics", "numbers_are_finite", {"value": float("nan")}),
    ("metrics", "numbers_are_finite", {"value_low": float("-inf"), "value_high": 1.0}),
    ("metrics", "numbers_are_finite", {"value_low": 1.0, "value_high": float("inf")}),
    ("metrics", "direction_only_for_change", {"measure": "level"}),
    ("metrics", "direction_only_for_change", {"measure": "share"}),
    ("metrics", "period_is_ordered", {"period_end": date(2019, 12, 31)}),
    ("metrics", "baseline_is_ordered", {"baseline_end": date(2018, 12, 31)}),
    ("places", "span_is_ordered", {"end_char": 2}),
    ("places", "surface_fills_span", {"surface": "北京"}),
    ("dates", "span_is_ordered", {"end_char": 3}),
    ("dates", "surface_fills_span", {"surface": "2020"}),
    ("dates", "days_are_ordered", {"end_on": date(2019, 1, 1)}),
    ("dates", "unresolved_has_no_days", {"resolved_from": "unresolved"}),
    ("dates", "unresolved_has_no_days", {"start_on": None, "end_on": None}),
    ("skipped", "span_is_ordered", {"end_char": 1}),
    ("skipped", "surface_fills_span", {"surface": "十八大"}),
    ("checks", "failed_were_examined", {"rows_failed": 1}),
    ("checks", "idle_is_explained", {"idle_reason": None}),
    ("checks", "idle_is_explained", {"rows_examined": 4}),
    ("ranges", "ends_are_ordered", {"lowest": 3.0}),
    ("statistics", "nulls_are_rows", {"null_count": 5}),
    ("statistics", "share_fits_count", {"null_share": None}),
]

# What breaks a built-in check, whatever column it guards.
_BREAKS = {
    "str_contains": lambda _: " \u3000\u00a0\n",
    "str_matches": lambda _: "Ünfug!",
    "greater_than_or_equal_to": lambda check: check.statistics["min_value"] - 1,
}

COLUMN_CHECKS = [
    (table, name, check)
    for table, model in MODELS.items()
    for name, column in model.to_schema().columns.items()
    for check in column.checks
]


def frame_of(table, *changes):
    rows = [VALID[table] | change for change in changes]
    schema = polars_schema(MODELS[table])
    # Column by column: from rows as dicts Polars takes an unknown code for a null.
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


def find_failures(table, frame):
    """(column, check) of everything that is wrong; a rule over rows has the model's name."""
    try:
        MODELS[table].validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.select("column", "check").iter_rows()
        return {(column, check.partition("(")[0]) for column, check in cases}
    return set()


def list_ids(cases):
    return [f"{table}.{name}" for table, name, _ in cases]


@pytest.mark.parametrize("table", MODELS)
def test_the_valid_row_is_valid(table):
    assert find_failures(table, frame_of(table, {})) == set()


@pytest.mark.parametrize("surface", ["80+套", "$182.62", "2吨(含)以上", r"\d+%", "5.[*"])
def test_what_a_pattern_would_mean_is_text(surface):
    quantity = {"surface": surface, "end_char": _SPAN["start_char"] + len(surface)}

    sound = frame_of("metrics", quantity | {"sentence": f"达{surface}。"})
    assert find_failures("metrics", sound) == set()
    broken = frame_of("metrics", quantity | {"sentence": surface[:-1]})
    assert find_failures("metrics", broken) == {("Metrics", "surface_in_sentence")}


@pytest.mark.parametrize(("table", "column", "check"), COLUMN_CHECKS, ids=list_ids(COLUMN_CHECKS))
def test_a_check_of_a_column_fires(table, column, check):
    broken = frame_of(table, {column: _BREAKS[check.name](check)})

    assert (column, check.name) in find_failures(table, broken)


@pytest.mark.parametrize(
    ("table", "rule", "change"), COUNTEREXAMPLES, ids=list_ids(COUNTEREXAMPLES)
)
def test_a_rule_over_rows_fires(table, rule, change):
    broken = frame_of(table, change)

    assert (MODELS[table].__name__, rule) in find_failures(table, broken)


@pytest.mark.parametrize("table", MODELS)
def test_the_checks_mean_the_same_in_the_database(table, tmp_path):
    described = next(home for _, _, home in list_homes() if home.name == table)
    breaks = [(rule, change) for name, rule, change in COUNTEREXAMPLES if name == table]
    for column in described.columns:
        pandera_checks = MODELS[table].to_schema().columns[column.name].checks
        for check, pandera_check in zip(column.checks, pandera_checks, strict=True):
            broken = _BREAKS[pandera_check.name](pandera_check)
            breaks.append((check.label, {column.name: broken}))
    frame_of(table, {}, *(change for _, change in breaks)).write_parquet(tmp_path / "rows.parquet")
    rows = duckdb.read_parquet(str(tmp_path / "rows.parquet"))

    for check in described.checks:
        (valid,), *broken = rows.project(check.sql).fetchall()
        assert valid is not False, check.label
        for (name, _), (kept,) in zip(breaks, broken, strict=True):
            assert kept is False or name != check.label, check.label


def test_every_rule_over_rows_has_a_counterexample():
    rules = {(t, check.name) for t, model in MODELS.items() for check in model.to_schema().checks}

    assert rules == {(table, rule) for table, rule, _ in COUNTEREXAMPLES}


@pytest.mark.parametrize("table", MODELS)
def test_a_primary_key_given_twice_is_refused(table):
    failures = find_failures(table, frame_of(table, {}, {}))

    assert (MODELS[table].__name__, "multiple_fields_uniqueness") in failures


@pytest.mark.parametrize("table", MODELS)
def test_a_missing_value_is_refused_exactly_where_it_is_required(table):
    columns = MODELS[table].to_schema().columns
    gaps = frame_of(table, *({name: None} for name in columns))

    missed = {column for column, check in find_failures(table, gaps) if check == "not_nullable"}

    assert missed == {name for name, column in columns.items() if not column.nullable}


@pytest.mark.parametrize("table", MODELS)
def test_another_type_is_refused(table):
    frame = frame_of(table, {})
    other = frame.with_columns(
        pl.lit(None, pl.Int8 if dtype == pl.String else pl.String).alias(name)
        for name, dtype in frame.schema.items()
    )

    wrong = {column for column, check in find_failures(table, other) if check == "dtype"}

    assert wrong == set(frame.columns)


CODED = [
    (table, name, dtype)
    for table, model in MODELS.items()
    for name, dtype in polars_schema(model).items()
    if isinstance(dtype, pl.Enum)
]


@pytest.mark.parametrize(("table", "column", "dtype"), CODED, ids=list_ids(CODED))
def test_an_unknown_code_is_refused(table, column, dtype):
    more = pl.Series(column, ["unheard_of"], dtype=pl.Enum([*dtype.categories, "unheard_of"]))

    assert (column, "dtype") in find_failures(table, frame_of(table, {}).with_columns(more))
    with pytest.raises(pl.exceptions.InvalidOperationError):
        frame_of(table, {column: "unheard_of"})


@pytest.mark.parametrize("table", MODELS)
def test_columns_are_exactly_those_of_the_model_in_its_order(table):
    frame = frame_of(table, {})
    name = MODELS[table].__name__

    def failures(other):
        return {check for column, check in find_failures(table, other) if column == name}

    assert "column_in_schema" in failures(frame.with_columns(extra=pl.lit(1)))
    assert "column_ordered" in failures(frame.select(reversed(frame.columns)))
    assert "column_in_dataframe" in failures(frame.drop(frame.columns[-1]))
