"""A release as it stands on disk, whichever version of the models made it.

What the tables hold is read from the Parquet files themselves; what they mean from
`dictionary.json`, or from the files' own metadata where a release has no dictionary.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb

from etl.errors import ReleaseError, UsageError
from etl.load import checksums
from etl.load.parquet import FILE
from etl.load.sql import quote_files, quote_name
from schemas import REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

Subject: TypeAlias = tuple[str, str]
"""What is described: its kind (table, column, rule, codes, code, view) and its name."""

Facts: TypeAlias = dict[str, str | None]
"""Property → value; a property that nobody states is missing."""

_DICTIONARY = "dictionary/dictionary.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One release: its tables with their files, columns (name → DuckDB type) and keys."""

    folder: Path
    files: dict[str, tuple[Path, ...]]
    columns: dict[str, dict[str, str]]
    keys: dict[str, tuple[str, ...]]
    facts: dict[Subject, Facts]


def read_snapshot(con: DuckDBPyConnection, release: Path, schema: str) -> Snapshot:
    """Describe a release, and make its tables views of `con` in a new `schema`.

    Raises:
        UsageError: this is no release, not a whole one, or one that cannot be read.
    """
    try:
        return _read(con, release, schema)
    except (duckdb.Error, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise UsageError(f"{release} cannot be read as a release: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """What an error says, without what is drawn below it."""
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _read(con: DuckDBPyConnection, release: Path, schema: str) -> Snapshot:
    listed = _list_files(release)
    dictionary = _read_dictionary(release) if _DICTIONARY in listed else {}
    facts = dict(_describe_shared(dictionary))
    files, columns, keys = {}, {}, {}
    con.execute(f"CREATE SCHEMA {schema}")
    for name, parts, table in _find_tables(con, release, listed, dict(_list_tables(dictionary))):
        files[name] = parts
        columns[name] = _create_view(con, f"{schema}.{quote_name(name)}", parts)
        keys[name] = tuple(table.get("primary_key", ()))
        facts |= _describe_table(name, table, columns[name])
    return Snapshot(release, files, columns, keys, facts)


def _list_files(release: Path) -> set[str]:
    """The tables and the dictionary, which must be there if the release lists them."""
    try:
        listed = checksums.read_checksums(release)
    except ReleaseError as error:
        raise UsageError(f"There is no release at {release}.") from error
    read = {name for name in listed if name == _DICTIONARY or FILE.fullmatch(name)}
    for name in sorted(read):
        if not (release / name).is_file():
            raise UsageError(f"{release} is no whole release: {name} is missing.")
    return read


def _find_tables(
    con: DuckDBPyConnection,
    release: Path,
    listed: set[str],
    described: dict[tuple[str, str], dict[str, Any]],
) -> Iterator[tuple[str, tuple[Path, ...], dict[str, Any]]]:
    """Each table with its files and its description.

    Under quality/ some only tell of the others: where those differ, these do.
    """
    for (home, name), files in _group_files(release, listed).items():
        table = _read_words(con, files[0]) | described.get((home, name), {})
        if home == "parquet" or ("primary_key" in table and name not in REPORT):
            yield name, files, table


def _group_files(release: Path, listed: set[str]) -> dict[tuple[str, str], tuple[Path, ...]]:
    """Folder and name of a table → its files, in the order of its rows."""
    found: dict[tuple[str, str], tuple[Path, ...]] = {}
    for name in sorted(listed):
        if match := FILE.fullmatch(name):
            key = match["home"], match["table"]
            found[key] = (*found.get(key, ()), release.resolve() / name)
    return found


def _read_dictionary(release: Path) -> dict[str, Any]:
    return dict(json.loads((release / _DICTIONARY).read_bytes()))


def _list_tables(
    dictionary: dict[str, Any],
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Folder and name of a table → its description, columns and rules by their names."""
    for group, home in (("tables", "parquet"), ("quality", "quality")):
        for table in dictionary.get(group, []):
            parts = {part: _by_name(table.get(part, [])) for part in ("columns", "rules")}
            yield (home, table["name"]), table | parts


def _by_name(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in items}


def _create_view(con: DuckDBPyConnection, view: str, files: tuple[Path, ...]) -> dict[str, str]:
    """Make the files a view; its columns and their types."""
    con.execute(f"CREATE VIEW {view} AS FROM read_parquet({quote_files(files)})")
    return {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {view}").fetchall()}


def _read_words(con: DuckDBPyConnection, file: Path) -> dict[str, Any]:
    """What a Parquet file says of itself, in the dictionary's words."""
    stated = con.execute(
        "SELECT decode(key), decode(value) "
        f"FROM parquet_kv_metadata({quote_files([file])}) WHERE key <> 'ARROW:schema'"
    )
    words = dict(stated.fetchall())
    plain = {name: words[key] for name, key in _WORDS.items() if key in words}
    nested = {name: json.loads(words[name]) for name in _NESTED_WORDS if name in words}
    return plain | nested


_WORDS = {"title": "title", "zh": "description_zh", "en": "description_en"}
_NESTED_WORDS = ("primary_key", "columns")


def _describe_table(
    name: str, table: dict[str, Any], columns: dict[str, str]
) -> dict[Subject, Facts]:
    """The table, its columns as they are in the file, and its rules."""
    facts = {("table", name): _list_facts(table)}
    for column, kind in columns.items():
        stated = _list_facts(table.get("columns", {}).get(column, {}))
        facts["column", f"{name}.{column}"] = stated | {"type": kind}
    for rule, words in table.get("rules", {}).items():
        facts["rule", f"{name}.{rule}"] = _list_facts(words)
    return facts


def _describe_shared(dictionary: dict[str, Any]) -> Iterator[tuple[Subject, Facts]]:
    """The views and the closed lists with their codes."""
    for view in dictionary.get("views", []):
        yield ("view", view["name"]), _list_facts(view)
    for codes in dictionary.get("codes", []):
        yield ("codes", codes["name"]), {}
        for code in codes["codes"]:
            yield ("code", f"{codes['name']}.{code['code']}"), _list_facts(code)


def _list_facts(item: dict[str, Any]) -> Facts:
    """The properties that are plain values or lists of them."""
    return {
        key: _to_text(value)
        for key, value in item.items()
        if key not in ("name", "code") and not _is_nested(value)
    }


def _is_nested(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(part, dict | list) for part in value)
    )


def _to_text(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return None if value is None else str(value)
