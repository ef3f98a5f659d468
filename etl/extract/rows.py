"""Tables with one article a row: JSON lines, JSON and CSV, streamed.

A row becomes a document of its own: what it says of the article as a JSON head, its text
below. So a row is read like any other document, and named after its content.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeAlias, cast

from etl.extract.encoding import Undecodable, decode
from etl.extract.limits import MOST_BYTES
from etl.extract.rejects import refuse
from etl.grammar import read_table
from etl.records import Reject, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_NAMES: dict[str, list[str]] = read_table("columns")
_SAMPLE = 1 << 16

csv.field_size_limit(MOST_BYTES)  # an article may be longer than csv's 128 kB

Item: TypeAlias = "Source | Reject"


class Columns(NamedTuple):
    """Which columns hold an article's text, title and date; None: what is named so by custom."""

    text: str | None = None
    title: str | None = None
    date: str | None = None


def read_json_lines(path: str, stream: BinaryIO, columns: Columns) -> Iterator[Item]:
    """The articles of a file with one JSON object a line, named after their line."""
    lines = _buffer(stream)
    number = 0
    while line := lines.readline(MOST_BYTES + 1):
        number += 1
        name = f"{path}#{number}"
        if len(line) > MOST_BYTES:
            yield refuse(name, "too_large", f"a line of more than {MOST_BYTES:,} bytes")
            while line and not line.endswith(b"\n"):
                line = lines.readline(MOST_BYTES)
        elif line.strip():
            yield to_source(name, _parse(line), columns)


def read_json(path: str, stream: BinaryIO, columns: Columns) -> Iterator[Item]:
    """The articles of a JSON file: one object, or an array of them."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield refuse(path, "too_large", f"more than {MOST_BYTES:,} bytes")
        return
    found = _parse(data)
    if not isinstance(found, list):
        yield to_source(path, found, columns)
        return
    for number, item in enumerate(found, start=1):
        yield to_source(f"{path}#{number}", item, columns)


def read_csv(path: str, stream: BinaryIO, columns: Columns) -> Iterator[Item]:
    """The articles of a CSV or TSV file with a header; `#1` is the first row below it."""
    buffered = _buffer(stream)
    sample = buffered.peek(_SAMPLE)
    decoded = decode(sample)
    if isinstance(decoded, Undecodable):
        yield refuse(path, decoded.reason, decoded.detail, sample)
        return
    header = decoded.text.partition("\n")[0]
    # Bytes that are no text are kept as they are, for the row's own decoding to judge.
    text = io.TextIOWrapper(buffered, decoded.encoding, "surrogateescape", newline="")
    lines = iter(lambda: text.readline(MOST_BYTES), "")
    try:
        rows = csv.reader(lines, delimiter=max(",\t;|", key=header.count))
        yield from _read_rows(path, rows, columns)
    finally:
        text.detach()  # whoever opened the stream closes it


def _read_rows(path: str, rows: Iterator[list[str]], columns: Columns) -> Iterator[Item]:
    names = next(rows, [])
    if _find_column(columns.text, "text", names) is None:
        yield refuse(path, "no_text_column", _describe_columns(columns, names))
        return
    for number, row in enumerate(rows, start=1):
        if row:
            yield to_source(f"{path}#{number}", dict(zip(names, row, strict=False)), columns)


def _buffer(stream: BinaryIO) -> io.BufferedReader:
    """A stream that can be peeked into, and gives lines at once."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream), _SAMPLE)


def to_source(path: str, row: object, columns: Columns) -> Item:
    """The document of one row, its bytes the same wherever the row stood."""
    if isinstance(row, str):
        return Source(path, _encode(row))
    if not isinstance(row, dict):
        return refuse(path, "row_unreadable", "no JSON object")
    name = _find_column(columns.text, "text", row)
    if name is None:
        return refuse(path, "no_text_column", _describe_columns(columns, row))
    fields = {key: row[key] for key in row if key != name and row[key] not in (None, "")}
    for meaning, given in (("title", columns.title), ("date", columns.date)):
        fields = _rename(fields, _find_column(given, meaning, fields), meaning)
    text = row[name] if isinstance(row[name], str) else ""
    head = json.dumps(fields, ensure_ascii=False, default=str) + "\n" if fields else ""
    return Source(path, _encode(head + text))


def _find_column(given: str | None, meaning: str, names: Collection[str]) -> str | None:
    """The column of a meaning: the one the user named, or the first that custom names so."""
    if given is not None:
        return given if given in names else None
    folded = {name.strip().lower(): name for name in reversed(list(names))}
    return next((folded[name] for name in _NAMES.get(meaning, ()) if name in folded), None)


def _rename(fields: dict[str, object], name: str | None, meaning: str) -> dict[str, object]:
    """A column under the name of what it means; one that had this name gives way."""
    if name is None or name == meaning:
        return fields
    names = {name: meaning, meaning: f"column.{meaning}"}
    return {names.get(key, key): value for key, value in fields.items()}


def _describe_columns(columns: Columns, names: Collection[str]) -> str:
    wanted = columns.text or "text or content"
    return f"no column {wanted}, only {', '.join(map(str, list(names)[:20]))}"[:300]


def _parse(data: bytes) -> object:
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return None
    try:
        return json.loads(decoded.text)
    except (ValueError, RecursionError):
        return None


def _encode(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half characters, from escapes such as \\ud800
        return text.encode("utf-8", "ignore")
