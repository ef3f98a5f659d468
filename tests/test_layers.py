"""The seams of the house: who may import whom, read from the code itself."""

import ast
from pathlib import Path

import pytest

import etl
import schemas

ETL = Path(etl.__file__).parent
SCHEMAS = Path(schemas.__file__).parent
FILES = sorted([*ETL.rglob("*.py"), *SCHEMAS.rglob("*.py")])

# Who may import a room besides the room itself; every other pair is forbidden.
ROOMS = {
    "schemas": {"etl.load", "etl.transform.frames"},
    "etl.extract": {
        "etl.batches",
        "etl.cache",
        "etl.steps",
        "etl.pipeline",
        "etl.cluster",
        "etl.cli",
    },
    "etl.transform": {"etl.steps", "etl.pipeline"},
    "etl.load": {"etl.cache.published", "etl.cache.store", "etl.pipeline", "etl.cli"},
    "etl.storage": {
        "etl.extract.listing",
        "etl.extract.sources",
        "etl.load",
        "etl.pipeline",
        "etl.cluster",
        "etl.cli",
    },
    "etl.cluster": {"etl.cli"},
    "etl.work": {"etl.steps", "etl.pipeline"},
    "etl.batches": {"etl.steps", "etl.progress", "etl.pipeline"},
    "etl.cache": {"etl.steps", "etl.pipeline", "etl.cli"},
    "etl.steps": {"etl.progress", "etl.pipeline"},
    "etl.progress": {"etl.pipeline", "etl.display"},
    "etl.display": {"etl.cli"},
    "etl.executors": {"etl.pipeline", "etl.cluster"},
    "etl.processes": {"etl.executors"},
    "etl.pipeline": {"etl.cli"},
    "etl.explain": {"etl.cli"},
    "etl.terminal": {"etl.cli", "etl.display"},
    "etl.cli": {"etl.__main__"},
}

# Rooms of the language, each of which knows only those before it.
LANGUAGE = [
    f"etl.transform.{room}" for room in ("amounts", "times", "places", "phrases", "statements")
]

# Libraries, and the only places that know them.
LIBRARIES = {
    "typer": {"etl.cli"},
    "rich": {"etl.terminal", "etl.display", "etl.explain"},
    "duckdb": {"etl.load"},
    "pandera": {"schemas", "etl.load", "etl.transform.frames"},
    "polars": {
        "schemas",
        "etl.extract.parquet",
        "etl.load",
        "etl.transform.frames",
        "etl.work",
        "etl.cache.parts",
        "etl.steps",
    },
    "yaml": {"etl.extract"},
    "concurrent": {
        "etl.executors",
        "etl.processes",
        "etl.cluster",
        "etl.pipeline",
        "etl.storage",
        "etl.cli",
    },
    "dask": {"etl.cluster"},
    "distributed": {"etl.cluster"},
    "fsspec": {"etl.storage"},
    "multiprocessing": {"etl.processes"},
    "jinja2": {"etl.load"},
    "sqlite3": {"etl.cache", "etl.extract.listing"},
    "time": {"etl.cli", "etl.display"},
    "random": set(),
    "uuid": set(),
}

READ = {"open", "read_text", "read_bytes", "read_parquet", "scan_parquet"}
WRITE = {"write_text", "write_bytes", "write_parquet", "sink_parquet", "mkdir", "rmtree", "unlink"}
READERS = {"etl.extract.sources", "etl.extract.parquet", "etl.grammar", "etl.load", "etl.work"}
READERS |= {"etl.batches", "etl.cache"}
READERS |= {"etl.installation"}  # its own code
WRITERS = {"etl.load", "etl.work", "etl.cache", "etl.batches", "etl.cli"}


def module_name(file):
    root = ETL.parent if file.is_relative_to(ETL) else SCHEMAS.parent
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def is_within(module, rooms):
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def imports(file):
    """Every module a file names, also those it needs for types only."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(file):
    """The names a file calls; a method `open` only where it takes a mode, as a path's does."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            modes = [isinstance(argument, ast.Constant) for argument in node.args]
            if name != "open" or isinstance(node.func, ast.Name) or all(modes):
                yield name


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_a_room_is_imported_only_from_where_the_data_comes(file):
    importer = module_name(file)
    for imported in imports(file):
        for room, allowed in ROOMS.items():
            if is_within(imported, {room}) and not is_within(importer, {room}):
                assert is_within(importer, allowed), f"{importer} imports {imported}"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_the_language_is_read_from_numbers_up_to_statements(file):
    importer = module_name(file)
    height = next((n for n, room in enumerate(LANGUAGE) if is_within(importer, {room})), None)
    above = LANGUAGE[height + 1 :] if height is not None else ()
    for imported in imports(file):
        assert not is_within(imported, above), f"{importer} imports {imported}"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_a_library_is_known_only_in_its_places(file):
    importer = module_name(file)
    for imported in imports(file):
        allowed = LIBRARIES.get(imported.partition(".")[0])
        assert allowed is None or is_within(importer, allowed), f"{importer} imports {imported}"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_files_are_read_and_written_only_at_the_ends(file):
    module = module_name(file)
    used = set(calls(file))
    assert is_within(module, READERS) or not used & READ, f"{module} reads {used & READ}"
    assert is_within(module, WRITERS) or not used & WRITE, f"{module} writes {used & WRITE}"


@pytest.mark.parametrize("file", [f for f in FILES if f.is_relative_to(SCHEMAS)], ids=module_name)
def test_the_schemas_know_nothing_of_the_pipeline(file):
    assert not [name for name in imports(file) if name.partition(".")[0] == "etl"]


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_what_is_published_depends_on_no_clock_and_no_chance(file):
    assert not set(calls(file)) & {"now", "today", "utcnow", "gethostname"}


def test_every_named_room_exists():
    modules = {module_name(file) for file in FILES}
    named = set(ROOMS) | set.union(*ROOMS.values(), *LIBRARIES.values(), READERS, WRITERS)
    assert named <= modules
