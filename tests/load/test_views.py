"""The views answer what people ask, on the seeds; and what they take for a change."""

import re

import duckdb
import pytest

from etl import grammar
from etl.load.catalog import list_homes
from etl.load.ddl import create_table, create_types
from etl.load.view_tables import describe_views
from etl.load.views import VIEWS, _reach

VIEW_NAMES = [view.name for view in VIEWS]
(REACHES,) = grammar.read_table("changes")["rule"]


@pytest.fixture(scope="module")
def con(seeds_release):
    with duckdb.connect(seeds_release / "jingjinji.duckdb", read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        yield con


@pytest.mark.parametrize("name", VIEW_NAMES)
def test_a_view_gives_rows_in_the_columns_it_is_described_by(con, name):
    described = describe_views()[name].columns
    found = con.execute(f"DESCRIBE {name}").fetchall()

    assert con.execute(f"FROM {name} LIMIT 1").fetchall()
    assert [row[0] for row in found] == [column.name for column in described]
    for (_, kind, *_), column in zip(found, described, strict=True):
        assert column.codes or kind == column.type


def test_what_changed_from_what_to_what(con):
    rows = con.execute(
        "SELECT indicator, from_value, to_value, unit, change, change_unit, direction, "
        "year(from_end), year(to_end) FROM changes WHERE basis = 'two_values' AND indicator "
        "IN ('年技术合同成交额', '全员劳动生产率') ORDER BY indicator"
    ).fetchall()

    assert rows == [
        ("全员劳动生产率", 212e3, 280e3, "CNY/人", 68e3, "CNY/人", "increase", 2015, None),
        ("年技术合同成交额", 83.1e8, 347e8, "CNY", 263.9e8, "CNY", "increase", 2014, 2020),
    ]


def test_between_percentages_there_are_points(con):
    rows = con.execute(
        "SELECT DISTINCT from_value, to_value, change, change_unit FROM changes "
        "WHERE unit = '%' AND from_value = 40.7"
    ).fetchall()

    assert rows == [(40.7, 60.0, 19.3, "pp")]


def test_a_change_against_a_baseline_has_no_values_but_a_size(con):
    rows = con.execute(
        "SELECT DISTINCT indicator, from_value, change, change_unit, direction, year(from_end), "
        "year(to_end) FROM changes WHERE basis = 'baseline'"
    ).fetchall()

    assert rows == [("PM2.5平均浓度", None, 51.0, "%", "decrease", 2014, 2020)]


@pytest.mark.parametrize("text", REACHES["examples"])
def test_a_growth_or_fall_leads_from_one_value_to_the_other(text):
    assert leads(text)


@pytest.mark.parametrize("text", REACHES["counterexamples"])
def test_two_values_side_by_side_are_no_change(text):
    assert not leads(text)


def leads(text):
    """Whether the words between the first and the last quantity make them a change."""
    first, *_, last = re.finditer(r"\d[\d.]*(?:亿元|万元|[%家米])", text)
    way = text[first.end() : last.start()]
    return any(re.search(_reach(direction), way) for direction in ("increase", "decrease"))


def test_the_same_indicator_is_followed_across_articles(con):
    rows = con.execute(
        "SELECT article_count, mention_count, value, year(period_end) FROM indicators_over_time "
        "WHERE indicator = 'PM2.5平均浓度' AND measure = 'level'"
    ).fetchall()

    assert rows == [(2, 2, 44.0, 2020), (2, 2, 44.0, 2020)]


def test_no_indicator_is_followed_that_occurs_once(con):
    (least,) = con.execute("SELECT min(mention_count) FROM indicators_over_time").fetchone()

    assert least == 2


def test_articles_are_counted_by_publisher_and_month(con):
    rows = con.execute("SELECT publisher, month::VARCHAR, article_count FROM articles_by_month")

    assert ("新华社", "2021-10-01", 1) in rows.fetchall()
    (metrics,) = con.execute("SELECT sum(metric_count) FROM articles_by_month").fetchone()
    assert con.execute("SELECT count(*) FROM metrics").fetchone() == (metrics,)


def test_regions_have_names_years_and_articles(con):
    row = con.execute(
        "SELECT region_zh, period_year, title IS NOT NULL FROM metrics_by_region "
        "WHERE region_code = '110000' AND period_year = 2020 LIMIT 1"
    ).fetchone()

    assert row == ("北京市", 2020, True)


def test_views_can_be_made_of_empty_tables():
    with duckdb.connect() as con:
        create_types(con)
        con.execute("CREATE SCHEMA quality")
        for home in list_homes():
            create_table(con, home)
        for view in VIEWS:
            assert con.execute(view.sql).fetchall() == []
