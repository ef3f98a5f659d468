"""The work folder between the stages: every file is Parquet.

::

    extracted/documents/<part>.parquet    decoded, split documents; back to the same records
    extracted/rejects/<part>.parquet      what could not be read
    tables/<table>/<part>.parquet         validated rows

A part is one chunk of documents; the same name holds its rows in every folder. A stage's
folder appears under its name only when the stage is complete.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import polars as pl

from etl.errors import UsageError
from etl.records import Block, Document, Finding, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from etl.records import FrontMatter

EXTRACTED = "extracted"
TABLES = "tables"

_TYPES = {"str": pl.String, "str | None": pl.String, "int": pl.Int64, "int | None": pl.Int64}


def _columns(record: type[Any]) -> dict[str, pl.DataType]:
    """A flat record's fields as Polars types."""
    return {field.name: _TYPES[str(field.type)]() for field in fields(record)}


_FIELD = pl.Struct({"key": pl.String, "values": pl.List(pl.String), "is_list": pl.Boolean})
_DOCUMENT = {
    "source_path": pl.String(),
    "source_sha256": pl.String(),
    "source_bytes": pl.Int64(),
    "encoding": pl.String(),
    "layout": pl.String(),
    "front_matter": pl.List(_FIELD),
    "blocks": pl.List(pl.Struct(_columns(Block))),
    "findings": pl.List(pl.Struct(_columns(Finding))),
}


@contextmanager
def stage(work: Path, name: str) -> Iterator[Path]:
    """A folder to write a stage into; it replaces the last one of that name when all went well.

    Raises:
        UsageError: `work` is a folder of something else, or cannot be written.
    """
    partial = work / f"{name}.partial"
    try:
        _check_own(work)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"The work folder {work} cannot be used: {error.strerror}.") from error
    try:
        yield partial
        shutil.rmtree(work / name, ignore_errors=True)
        partial.rename(work / name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _check_own(work: Path) -> None:
    own = {name + end for name in (EXTRACTED, TABLES) for end in ("", ".partial")}
    if work.exists() and any(entry.name not in own for entry in work.iterdir()):
        raise UsageError(f"{work} holds other files: give a new or an empty folder to --work.")


def write_extract(
    folder: Path, part: str, documents: Sequence[Document], rejects: Sequence[Reject]
) -> None:
    """Keep one chunk of the extract stage."""
    rows = [_to_row(document) for document in documents]
    _write(pl.DataFrame(rows, schema=_DOCUMENT), folder / "documents", part)
    lost = [asdict(reject) for reject in rejects]
    _write(pl.DataFrame(lost, schema=_columns(Reject)), folder / "rejects", part)


def list_parts(work: Path) -> list[str]:
    """The chunks of a finished extract stage, in order.

    Raises:
        UsageError: the stage has not run in this folder.
    """
    parts = sorted(path.stem for path in (work / EXTRACTED / "documents").glob("*.parquet"))
    if not parts:
        raise UsageError(f"{work} holds no extracted documents: run `etl extract` first.")
    return parts


def count_extract(work: Path, part: str) -> int:
    """How many documents and rejects a chunk of the extract stage holds."""
    return sum(1 for _ in read_extract(work, part))


def read_extract(work: Path, part: str) -> Iterator[Document | Reject]:
    """One chunk of the extract stage, as the very records that were written."""
    documents = pl.read_parquet(work / EXTRACTED / "documents" / f"{part}.parquet")
    yield from map(_to_document, documents.iter_rows(named=True))
    rejects = pl.read_parquet(work / EXTRACTED / "rejects" / f"{part}.parquet")
    yield from (Reject(**row) for row in rejects.iter_rows(named=True))


def find_tables(work: Path) -> Path:
    """The folder of a finished transform stage.

    Raises:
        UsageError: the stage has not run in this folder.
    """
    if not (work / TABLES).is_dir():
        raise UsageError(f"{work} holds no tables: run `etl transform` first.")
    return work / TABLES


def write_tables(folder: Path, part: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Keep the rows of one chunk, one file for each table."""
    for table, frame in frames.items():
        _write(frame, folder / table, part)


def _write(frame: pl.DataFrame, folder: Path, part: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(folder / f"{part}.parquet")


def _to_row(document: Document) -> dict[str, Any]:
    plain = {name: getattr(document, name) for name in _DOCUMENT}
    return plain | {
        "front_matter": list(_to_fields(document.front_matter)),
        "blocks": [asdict(block) for block in document.blocks],
        "findings": [asdict(finding) for finding in document.findings],
    }


def _to_fields(front_matter: FrontMatter) -> Iterator[dict[str, Any]]:
    for key, value in front_matter.items():
        is_list = not isinstance(value, str)
        yield {"key": key, "values": list(value) if is_list else [value], "is_list": is_list}


def _to_document(row: dict[str, Any]) -> Document:
    nested = {
        "front_matter": _to_front_matter(row["front_matter"]),
        "blocks": tuple(Block(**block) for block in row["blocks"]),
        "findings": tuple(Finding(**finding) for finding in row["findings"]),
    }
    return Document(**row | nested)


def _to_front_matter(stored: Iterable[dict[str, Any]]) -> FrontMatter:
    return {f["key"]: tuple(f["values"]) if f["is_list"] else f["values"][0] for f in stored}
