"""A part: the rows of one batch in a folder that never changes, and what they were made of.

::

    5e81…/manifest          the digest of the line below, and that line: JSON
    5e81…/0000/articles.parquet …   the rows of a first chunk; a table without a row has no file
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from etl.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

_GONE = {"part": pl.String, "source_path": pl.String, "article_id": pl.String}
_MANIFEST = "manifest"
_FOLDER = "parts"
_PARTIAL = "partial"


class Row(NamedTuple):
    """A document's row in `sources`: its chunk, its path, the article it became, if any."""

    chunk: int
    source_path: str
    article_id: str | None


class File(NamedTuple):
    """A file as it was when its rows were made.

    `size` are its bytes as listed, `owner` is the container it is a member of, `rows` are those
    of its documents.
    """

    path: str
    digest: str
    size: int
    stamp: str | None
    owner: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a part was made of, and what it holds.

    `repeats` are pairs of files with a document of the same bytes: only the first has its rows.
    `tables` are the digests of its Parquet files by their paths.
    """

    files: tuple[File, ...]
    repeats: tuple[tuple[str, str], ...]
    tables: Mapping[str, str]
    tally: Tally


def name_part(contents: Iterable[tuple[str, str]]) -> str:
    """The name of the part that is made of these files: of their paths and digests."""
    digest = sha256()
    for path, content in contents:
        digest.update(f"{content} {path}\n".encode())
    return digest.hexdigest()[:32]


def find_part(store: Path, name: str) -> Path:
    """The folder of a part, whether it is there or not."""
    return store / _FOLDER / name[:2] / name


@contextmanager
def stage_part(store: Path, name: str) -> Iterator[Path]:
    """A new folder to write a part in; it gets its name when all went well."""
    partial = store / _PARTIAL / f"{name}.{os.getpid()}"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        home = find_part(store, name)
        home.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(home, ignore_errors=True)  # damaged, or it would not have been made again
        partial.rename(home)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def write_chunk(part: Path, number: int, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write the rows of one chunk of a part."""
    folder = part / f"{number:04d}"
    folder.mkdir()
    for table, frame in frames.items():
        if frame.height:
            frame.write_parquet(folder / f"{table}.parquet")


def write_manifest(
    part: Path, files: Iterable[File], repeats: Iterable[tuple[str, str]], tally: Tally
) -> None:
    """Write what a part, whose chunks have all been written, was made of."""
    facts = {
        "files": list(files),
        "repeats": list(repeats),
        "tables": {name: _digest_file(part / name) for name in _list_tables(part)},
        "tally": tally.to_json(),
    }
    line = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    (part / _MANIFEST).write_text(f"{_digest_text(line)}\n{line}\n", "utf-8")


def read_manifest(part: Path) -> Manifest | None:
    """What a part was made of; None if that is missing or damaged."""
    try:
        digest, line, _ = (part / _MANIFEST).read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return _to_manifest(json.loads(line)) if _digest_text(line) == digest else None


def is_sound(part: Path, manifest: Manifest) -> bool:
    """Whether the tables of a part are what its manifest says."""
    try:
        return all(_digest_file(part / name) == digest for name, digest in manifest.tables.items())
    except OSError:
        return False


def find_tally(store: Path, name: str) -> Tally | None:
    """The tally of a part that is there and sound, from a run that could not register it."""
    part = find_part(store, name)
    manifest = read_manifest(part)
    return manifest.tally if manifest and is_sound(part, manifest) else None


def list_parts(store: Path) -> list[Path]:
    """The folders of all parts, in order of their names."""
    return sorted((store / _FOLDER).glob("*/*"), key=lambda part: part.name)


def clear_partial(store: Path) -> None:
    """Remove what was never finished."""
    shutil.rmtree(store / _PARTIAL, ignore_errors=True)


def to_place(part: str, table: str) -> str:
    """Where a table of a part lies among those of others: a folder for each table.

    >>> to_place("5e81", "0000/articles.parquet")
    'articles/5e81-0000.parquet'
    """
    chunk, _, name = table.partition("/")
    return f"{name.removesuffix('.parquet')}/{_name_chunk(part, int(chunk))}"


def write_gone(part: Path, manifest: Manifest, live: Collection[str], folder: Path) -> Tally:
    """Write to `folder` which rows of a part are not to be read; what is left of it."""
    rows = [row for file in manifest.files if file.path not in live for row in file.rows]
    names = [_name_chunk(part.name, row.chunk) for row in rows]
    gone = pl.DataFrame(
        {
            "part": names,
            "source_path": [row.source_path for row in rows],
            "article_id": [row.article_id for row in rows],
        },
        schema=_GONE,
    )
    folder.mkdir(parents=True, exist_ok=True)
    gone.write_parquet(folder / f"{part.name}.parquet")
    kept = [row for file in manifest.files if file.path in live for row in file.rows]
    published = sum(row.article_id is not None for row in kept)
    units = _find_units(part, manifest, gone)
    return Tally(documents=Counter(published=published), units=frozenset(units))


def _find_units(part: Path, manifest: Manifest, gone: pl.DataFrame) -> Iterator[tuple[str, str]]:
    for table in manifest.tables:
        if table.endswith("/metrics.parquet"):
            metrics = pl.read_parquet(part / table, columns=["article_id", "unit", "quantity_kind"])
            kept = metrics.join(gone, on="article_id", how="anti")
            yield from kept.select("unit", "quantity_kind").unique().iter_rows()


def _name_chunk(part: str, number: int) -> str:
    return f"{part}-{number:04d}.parquet"


def _list_tables(part: Path) -> list[str]:
    return sorted(path.relative_to(part).as_posix() for path in part.glob("*/*.parquet"))


def _to_manifest(facts: dict[str, Any]) -> Manifest:
    return Manifest(
        files=tuple(_to_file(fields) for fields in facts["files"]),
        repeats=tuple((first, other) for first, other in facts["repeats"]),
        tables=facts["tables"],
        tally=Tally.from_json(facts["tally"]),
    )


def _to_file(fields: list[Any]) -> File:
    *others, rows = fields
    return File._make([*others, tuple(Row(*row) for row in rows)])


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _digest_text(text: str) -> str:
    return sha256(text.encode()).hexdigest()
