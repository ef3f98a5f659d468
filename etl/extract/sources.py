"""What was found, as documents' bytes: files, objects, standard input."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from hashlib import file_digest, sha256
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from etl import storage
from etl.extract.containers import read_file
from etl.extract.listing import is_inside
from etl.extract.rejects import refuse
from etl.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.extract.listing import Found
    from etl.records import Reject

_MOST_FETCHED = 4_000_000
"""Objects of more bytes are copied to a file before they are read."""


def fetch_sources(founds: Sequence[Found]) -> list[Found]:
    """The same with the bytes of small objects: side by side they come many times sooner.

    Raises:
        StorageError: a service cannot be reached, or refuses.
    """
    small = [
        item.location
        for item in founds
        if storage.is_url(item.location) and 0 < (item.size or 0) <= _MOST_FETCHED
    ]
    fetched = dict(zip(small, storage.read_objects(small), strict=True))
    return [
        item._replace(data=fetched[item.location]) if item.location in fetched else item
        for item in founds
    ]


def fingerprint(found: Found) -> str:
    """The SHA-256 of what lies there, or why it is not read.

    Raises:
        StorageError: as for `read_sources`.
    """
    if found.location is None or found.data is not None:
        return sha256(found.data or b"").hexdigest()
    try:
        with _open_at_hand(found.location) as location:
            if refusal := _find_refusal(location, found.root):
                return ": ".join(refusal)
            with open(location, "rb") as stream:
                return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror or error}"


def read_sources(found: Found) -> Iterator[Source | Reject]:
    """The documents' bytes of one file or container, or why it cannot be read.

    Raises:
        StorageError: an object's service cannot be reached, or refuses: that is no fault of the
            object, and would befall all that come after it.
    """
    if found.location is None or found.data is not None:
        data = found.data or b""
        yield from read_file(found.path, BytesIO(data), len(data), found.columns)
        return
    try:
        with _open_at_hand(found.location) as location:
            yield from _read_file(found, location)
    except OSError as error:
        yield refuse(found.path, "unreadable", error.strerror or str(error))


@contextmanager
def _open_at_hand(location: str) -> Iterator[str]:
    """Where a file lies, or for the time being a copy of an object.

    So what goes wrong with its service is told apart from what is wrong inside.
    """
    if not storage.is_url(location):
        yield location
        return
    with TemporaryDirectory(prefix="etl-") as folder:
        copy = os.path.join(folder, "object")
        storage.fetch_object(location, copy)
        yield copy


def _read_file(found: Found, location: str) -> Iterator[Source | Reject]:
    if refusal := _find_refusal(location, found.root):
        yield refuse(found.path, *refusal)
        return
    with open(location, "rb") as stream:
        if found.span:
            yield Source(found.path, _read_span(stream, *found.span))
            return
        size = os.fstat(stream.fileno()).st_size
        yield from read_file(found.path, stream, size, found.columns)


def _read_span(stream: BinaryIO, start: int, end: int) -> bytes:
    stream.seek(start)
    return stream.read(end - start)


def _find_refusal(location: str, root: str | None) -> tuple[str, str] | None:
    """Why a file is not even opened: opening a pipe would wait for ever."""
    if root is not None and os.path.islink(location) and not is_inside(location, root):
        return "link_outside", "a link to what lies outside the source"
    mode = os.stat(location).st_mode
    if stat.S_ISDIR(mode):
        return "unreadable", "a folder that cannot be listed"
    if not stat.S_ISREG(mode):
        return "special_file", "a pipe, socket or device"
    return None
