"""What a file holds, told by its suffix: one document, or a container of many."""

from __future__ import annotations

import bz2
import csv
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from etl.extract.archives import read_tar, read_zip
from etl.extract.limits import DEEPEST, MOST_BYTES, Budget, ExpansionError, Metered
from etl.extract.parquet import read_parquet
from etl.extract.rejects import refuse
from etl.extract.rows import read_csv, read_json, read_json_lines
from etl.records import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from etl.extract.archives import Member
    from etl.extract.limits import Readable
    from etl.extract.rows import Columns, Item

_TABLES = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
}
_DECOMPRESSORS: dict[str, Callable[[BinaryIO], Readable]] = {
    ".gz": partial(gzip.GzipFile, None, "rb", 9),
    ".xz": lzma.LZMAFile,
    ".bz2": bz2.BZ2File,
}
_ARCHIVES = {".zip": read_zip, ".tar": read_tar}
_SHORT = {".tgz": ".tar.gz", ".txz": ".tar.xz", ".tbz2": ".tar.bz2"}

# All that the standard library raises on bytes that are not what their name says.
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
    csv.Error,
    lzma.LZMAError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


class _File(NamedTuple):
    """An open file: published as `path`, read as its `name` says, `depth` archives deep."""

    path: str
    name: str
    stream: BinaryIO
    size: int
    columns: Columns
    depth: int = 0


def holds_many(name: str) -> bool:
    """Whether a file of this name holds any number of documents.

    >>> holds_many("feed.jsonl.gz"), holds_many("news.tgz"), holds_many("a.md.xz")
    (True, True, False)
    """
    stem, suffix = _split_suffix(name)
    return suffix in (*_TABLES, *_ARCHIVES) or (suffix in _DECOMPRESSORS and holds_many(stem))


def read_file(path: str, stream: BinaryIO, size: int, columns: Columns) -> Iterator[Item]:
    """The documents of one open file of `size` bytes, published as `path`.

    A member of an archive is `a.zip!b.md`, a row of a table `feed.jsonl#12`. What cannot be read
    is refused with its reason, and what comes after it is read.
    """
    yield from _read_guarded(_File(path, path, stream, size, columns))


def _read_guarded(file: _File) -> Iterator[Item]:
    try:
        yield from _read(file)
    except ExpansionError as error:
        yield refuse(file.path, "expands_too_far", str(error))
    except _DAMAGE as error:
        yield refuse(file.path, "damaged", str(error) or type(error).__name__)


def _read(file: _File) -> Iterator[Item]:
    stem, suffix = _split_suffix(file.name)
    if suffix in _TABLES:
        yield from _TABLES[suffix](file.path, file.stream, file.columns)
    elif suffix in _DECOMPRESSORS:
        unpacked = Metered(_DECOMPRESSORS[suffix](file.stream), Budget(file.size))
        yield from _read(file._replace(name=stem, stream=cast("BinaryIO", unpacked)))
    elif suffix in _ARCHIVES and file.depth >= DEEPEST:
        yield refuse(file.path, "nested_too_deep", f"an archive {file.depth} archives deep")
    elif suffix in _ARCHIVES:
        yield from _read_members(file, _ARCHIVES[suffix](file.stream, file.size))
    else:
        yield _read_document(file)


def _read_members(file: _File, members: Iterable[Member]) -> Iterator[Item]:
    """Each member as a file of its own; a name that comes again is numbered."""
    times: Counter[str] = Counter()
    for member in members:
        path = f"{file.path}!{member.name}" if member.name else file.path
        times[path] += 1
        if times[path] > 1:
            path = f"{path};{times[path]}"
        if member.reason:
            yield refuse(path, member.reason, member.detail)
        else:
            stream, size = BytesIO(member.data), len(member.data)
            yield from _read_guarded(_File(path, path, stream, size, file.columns, file.depth + 1))


def _read_document(file: _File) -> Item:
    data = file.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return refuse(file.path, "too_large", f"more than {MOST_BYTES:,} bytes")
    return Source(file.path, data)


def _split_suffix(name: str) -> tuple[str, str]:
    for short, full in _SHORT.items():
        if name.lower().endswith(short):
            name = name[: -len(short)] + full
    stem, dot, suffix = name.rpartition(".")
    return stem, (dot + suffix).lower()
