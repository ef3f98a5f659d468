"""The columns of a model are its own: their order, types, codes, and what may be missing."""

import polars as pl
import pytest
from valid_rows import find_failures, frame_of

from schemas import MODELS, polars_schema

CODED = [
    (table, name, dtype)
    for table, model in MODELS.items()
    for name, dtype in polars_schema(model).items()
    if isinstance(dtype, pl.Enum)
]


@pytest.mark.parametrize("table", MODELS)
def test_the_valid_row_is_valid(table):
    assert find_failures(table, frame_of(table, {})) == set()


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


@pytest.mark.parametrize(
    ("table", "column", "dtype"), CODED, ids=[f"{table}.{column}" for table, column, _ in CODED]
)
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
