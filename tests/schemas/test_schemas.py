"""What holds for all models together: languages, keys, references, order, codes."""

import re

import polars as pl
import pytest

from schemas import MODELS, REFERENCE, TABLES, codes, polars_schema

HAN = re.compile(r"[\u4e00-\u9fff]")
COLUMNS = [
    (table, name, column)
    for table, model in MODELS.items()
    for name, column in model.to_schema().columns.items()
]
CODE_LISTS = [value for value in vars(codes).values() if isinstance(value, codes.CodeList)]

# sources.article_id and articles.source_path point at each other: neither can come first.
_CYCLE = {("sources", "articles")}


def primary_key(table):
    return MODELS[table].to_schema().unique


@pytest.mark.parametrize("table", MODELS)
def test_a_table_is_described_in_both_languages(table):
    schema = MODELS[table].to_schema()

    assert HAN.search(schema.title)
    assert HAN.search(MODELS[table].Config.metadata["zh"])
    assert schema.description.endswith(".")
    assert all(HAN.search(check.title) and check.description for check in schema.checks)


@pytest.mark.parametrize("table", MODELS)
def test_every_column_is_described_in_both_languages(table):
    for column in MODELS[table].to_schema().columns.values():
        assert HAN.search(column.title), column.name
        assert column.metadata["zh"].endswith(("。", "）")), column.name
        assert column.description.endswith("."), column.name


@pytest.mark.parametrize("code_list", CODE_LISTS, ids=[c.name for c in CODE_LISTS])
def test_a_code_is_labelled_in_both_languages(code_list):
    assert len(set(code_list.values)) == len(code_list.values)
    for code in code_list.codes:
        assert re.fullmatch(r"[a-z][a-z_]*", code.code)
        assert code.zh
        assert code.en


def test_every_code_list_is_used():
    used = {column.metadata["codes"].name for _, _, column in COLUMNS if "codes" in column.metadata}

    assert used == {code_list.name for code_list in CODE_LISTS}


@pytest.mark.parametrize("table", MODELS)
def test_a_primary_key_is_made_of_required_columns(table):
    columns = MODELS[table].to_schema().columns

    assert primary_key(table)
    assert not any(columns[name].nullable for name in primary_key(table))


def test_a_reference_names_part_of_a_key_of_the_same_type():
    for table, name, column in COLUMNS:
        if "references" not in column.metadata:
            continue
        parent, key = column.metadata["references"].split(".")
        assert key in primary_key(parent), f"{table}.{name}"
        assert MODELS[parent].to_schema().columns[key].dtype == column.dtype, f"{table}.{name}"
        others = set(primary_key(parent)) - {key}
        assert others <= MODELS[table].to_schema().columns.keys(), f"{table}.{name}"


def test_parents_come_before_their_children():
    order = list(MODELS)
    for table, _, column in COLUMNS:
        parent = column.metadata.get("references", table).split(".")[0]
        if (table, parent) not in _CYCLE:
            assert order.index(parent) <= order.index(table)


def test_the_same_name_has_the_same_type_everywhere():
    seen = {}
    for table, name, column in COLUMNS:
        if name in {"kind", "position"}:  # each table has its own kinds
            continue
        assert seen.setdefault(name, column.dtype.type) == column.dtype.type, f"{table}.{name}"


def test_nothing_published_is_nested():
    assert not any(column.dtype.type.is_nested() for _, _, column in COLUMNS)


def test_instants_are_utc_and_days_are_dates():
    for _, name, column in COLUMNS:
        if name.endswith("_on"):
            assert column.dtype.type == pl.Date
        if name.endswith("_at"):
            assert column.dtype.type == pl.Datetime("us", "UTC")


def test_the_schema_of_a_frame_is_read_from_the_model():
    schema = polars_schema(TABLES["metrics"])

    assert list(schema)[:2] == ["metric_id", "article_id"]
    assert schema["measure"] == pl.Enum(["level", "change", "share", "multiple"])
    assert set(REFERENCE) <= TABLES.keys()
