"""Every check of every model fires: a row that breaks it, and the name it must be reported by."""

from datetime import date

import duckdb
import pytest
from valid_rows import ARTICLE, OTHER, SPAN, find_failures, frame_of

from etl.load.catalog import list_homes
from schemas import MODELS

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


def list_ids(cases):
    return [f"{table}.{name}" for table, name, _ in cases]


@pytest.mark.parametrize("surface", ["80+套", "$182.62", "2吨(含)以上", r"\d+%", "5.[*"])
def test_what_a_pattern_would_mean_is_text(surface):
    quantity = {"surface": surface, "end_char": SPAN["start_char"] + len(surface)}

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
