"""The descriptors hold what their standards demand, as the standards' own tools see it."""

import json
import os
import subprocess
import sys
from importlib import resources

import pandas as pd
import pytest

from etl.load.catalog import list_homes

HOMES = {table.name: (path, table) for _, path, table in list_homes()}


@pytest.fixture(scope="module")
def profile():
    """The published JSON Schema of Data Package 2.0, as dplib-py ships it."""
    pytest.importorskip("dplib", reason="dplib-py ships the profile: pip install -e '.[test]'")
    jsonschema = pytest.importorskip("jsonschema")
    file = resources.files("dplib").joinpath("profiles", "2.0", "datapackage.json")
    return jsonschema.Draft7Validator(
        json.loads(file.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )


@pytest.fixture
def package(seeds_release):
    return json.loads((seeds_release / "datapackage.json").read_text("utf-8"))


def test_the_data_package_is_valid_against_the_profile_it_names(profile, package):
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [error.message for error in profile.iter_errors(package)] == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda package: package.pop("resources"),
        lambda package: package["resources"][0].pop("name"),
        lambda package: package["resources"][0].update(path="/etc/passwd"),
        lambda package: package["resources"][0].update(bytes="many"),
        lambda package: package["resources"][0].update(hash=7),
        lambda package: package.update(created="yesterday"),
        lambda package: fields(package)[0].update(type="sring"),
        lambda package: schema(package).update(primaryKey=7),
        lambda package: schema(package).update(foreignKeys=[{"fields": "x"}]),
    ],
    ids=["resources", "name", "path", "bytes", "hash", "created", "type", "key", "reference"],
)
def test_the_profile_would_find_a_fault(profile, package, damage):
    damage(package)

    assert not profile.is_valid(package)


def schema(package):
    return package["resources"][0]["schema"]


def fields(package):
    return schema(package)["fields"]


@pytest.fixture(scope="module")
def dataset(seeds_release):
    """The release as mlcroissant reads it."""
    pytest.importorskip(
        "mlcroissant", reason="mlcroissant is not installed: pip install -e '.[test]'"
    )
    return seeds_release / "croissant.json"


READ = """
import itertools, json, sys, warnings
warnings.simplefilter("ignore")
import mlcroissant
dataset = mlcroissant.Dataset(sys.argv[1])
print(json.dumps(sorted(dataset.metadata.ctx.issues.warnings)))
for records in dataset.metadata.record_sets:
    rows = list(itertools.islice(dataset.records(records.uuid), 3))
    print(json.dumps([records.uuid, rows], default=str))
"""


def test_mlcroissant_reads_the_first_records_of_every_table(dataset):
    done = subprocess.run(
        [sys.executable, "-c", READ, dataset.name],
        cwd=dataset.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    issues, *tables = map(json.loads, done.stdout.splitlines())
    assert issues == []
    found = dict(tables)
    assert found.keys() == HOMES.keys()
    for name, rows in found.items():
        path, table = HOMES[name]
        frame = pd.read_parquet(dataset.parent / path)
        assert len(rows) == min(3, len(frame))
        for row in rows:
            assert [key.removeprefix(f"{name}/") for key in row] == [c.name for c in table.columns]


OPEN = """
import json, sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as con:
    relations = con.execute(
        "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    counts = {n: con.execute(f"SELECT count(*) FROM {n}").fetchall()[0][0] for n, _ in relations}
    types = con.execute(
        "SELECT type_name, comment FROM duckdb_types() WHERE comment IS NOT NULL"
    ).fetchall()
print(json.dumps([duckdb.__version__, counts, dict(relations), dict(types)], sort_keys=True))
"""


def test_duckdb_1_2_opens_the_file_with_all_its_tables_views_types_and_comments(seeds_release):
    old = os.environ.get("DUCKDB_1_2")
    if not old:
        pytest.skip("DUCKDB_1_2 names no folder: pip install --target FOLDER 'duckdb==1.2.*'")
    (old_version, *old_facts), (version, *facts) = (
        open_database(seeds_release / "jingjinji.duckdb", folder) for folder in (old, "")
    )

    assert old_version.startswith("1.2.")
    assert version != old_version
    assert old_facts == facts


def open_database(file, folder):
    """What the duckdb of `folder`, or the one installed, finds in the file."""
    environment = os.environ | {"PYTHONPATH": folder}
    command = [sys.executable, "-P", "-c", OPEN, file]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", HOMES)
def test_pandas_reads_every_file_with_its_types(seeds_release, name):
    path, table = HOMES[name]

    frame = pd.read_parquet(seeds_release / path)

    assert list(frame.columns) == [column.name for column in table.columns]
    for column in table.columns:
        if column.codes:
            assert list(frame[column.name].cat.categories) == list(column.codes.values)
        elif column.type == "DATE":
            assert {type(day).__name__ for day in frame[column.name].dropna()} <= {"date"}
        elif column.type == "TIMESTAMP WITH TIME ZONE":
            assert str(frame[column.name].dtype) == "datetime64[us, UTC]"
        elif not column.nullable:
            assert frame[column.name].notna().all()
