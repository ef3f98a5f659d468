"""The descriptors: Data Package 2.0, Croissant 1.1 and the data card, all from models and figures.

No clock: dates come from the content, or from SOURCE_DATE_EPOCH where a build sets it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from etl.errors import ReleaseError
from etl.load.card import render_card
from etl.load.catalog import list_homes
from etl.load.checksums import digest_file
from etl.load.croissant import describe_croissant
from etl.load.parquet import find_files, read_version

if TYPE_CHECKING:
    from pathlib import Path

    from etl.load.catalog import Column, ForeignKey, Table
    from etl.load.quality import Facts

FILE_NAMES = ("datapackage.json", "croissant.json", "README.md")

NAME = "jingjinji"
TITLE = "Chinese news articles as data 中文新闻数据"
DESCRIPTION = (
    "Articles, paragraphs and the quantities they state, read from raw Chinese news files: every "
    "row points at its words. 由中文新闻原文得到的文章、段落与数量指标，每一行都指向原文。"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What a release says of itself that its rows do not: the code's version, when it is from."""

    version: str
    created: str | None


def write_descriptors(folder: Path, facts: Facts) -> None:
    """Write datapackage.json, croissant.json and README.md of the release in `folder`."""
    edition = Edition(read_version(), find_created(facts))
    for name, text in render_descriptors(folder, facts, edition).items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def read_edition(folder: Path) -> Edition:
    """The edition that the descriptor of a published release states.

    Raises:
        ReleaseError: the descriptor is no Data Package.
    """
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    if not isinstance(package, dict):
        raise ReleaseError("datapackage.json is no Data Package.")
    return Edition(package["version"], package.get("created"))


def render_descriptors(folder: Path, facts: Facts, edition: Edition) -> dict[str, str]:
    """The descriptors by file name; `folder` holds the Parquet files they describe."""
    package = _describe_package(folder, edition)
    croissant = describe_croissant(package)
    return {
        "datapackage.json": json.dumps(package, ensure_ascii=False, indent=1) + "\n",
        "croissant.json": json.dumps(croissant, ensure_ascii=False, indent=1) + "\n",
        "README.md": render_card(facts, _cite(edition)),
    }


def find_created(facts: Facts) -> str | None:
    """When the data is from: SOURCE_DATE_EPOCH, else the newest article's day, else unknown."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{facts.last_day}T00:00:00Z" if facts.last_day else None


def _cite(edition: Edition) -> str:
    """How a text may name this release."""
    until = f" Articles up to {edition.created[:10]}." if edition.created else ""
    return f"{TITLE} ({NAME}), version {edition.version}.{until}"


def _describe_package(folder: Path, edition: Edition) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": edition.version,
        **({"created": edition.created} if edition.created else {}),
        "keywords": ["news", "Chinese", "quantities", "京津冀"],
        "resources": [_describe_resource(folder, table, path) for _, path, table in list_homes()],
    }


def _describe_resource(folder: Path, table: Table, path: str) -> dict[str, Any]:
    files = find_files(folder / path)
    names = [file.relative_to(folder).as_posix() for file in files]
    return {
        "name": table.name,
        "title": table.title,
        "description": f"{table.en} {table.zh}",
        "type": "table",
        "path": names if len(names) > 1 else path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(file.stat().st_size for file in files),
        **({} if files[1:] else {"hash": f"sha256:{digest_file(files[0])}"}),  # of one file only
        "schema": _describe_schema(table),
    }


def _describe_schema(table: Table) -> dict[str, Any]:
    keys = [_describe_key(table, key) for key in table.foreign_keys]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_describe_field(column) for column in table.columns],
        "missingValues": [],  # null is null; the empty unit is a value
        "primaryKey": list(table.primary_key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _describe_key(table: Table, key: ForeignKey) -> dict[str, Any]:
    """A reference to the table itself names no resource."""
    resource = {} if key.table == table.name else {"resource": key.table}
    return {
        "fields": list(key.columns),
        "reference": resource | {"fields": list(key.foreign)},
    }


_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP WITH TIME ZONE": "datetime",
}
_CONSTRAINTS = {"minimum": "minimum", "pattern": "pattern"}


def _describe_field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, "string"),
        "title": column.title,
        "description": f"{column.en} {column.zh}",
    }
    if column.unit:
        field["unit"] = column.unit
    if column.codes:
        field["categories"] = [
            {"value": code.code, "label": f"{code.zh} {code.en}"} for code in column.codes.codes
        ]
    if constraints := _constraints(column):
        field["constraints"] = constraints
    return field


def _constraints(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {} if column.nullable else {"required": True}
    found |= {
        _CONSTRAINTS[check.name]: check.bound
        for check in column.checks
        if check.name in _CONSTRAINTS
    }
    if column.codes:
        found["enum"] = list(column.codes.values)
    return found
