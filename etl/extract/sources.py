"""What the user named, as documents' bytes: files, folders, globs, URLs, standard input."""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from glob import glob, has_magic
from hashlib import file_digest, sha256
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from etl import storage
from etl.errors import SourceError
from etl.extract.containers import read_file
from etl.extract.limits import MOST_BYTES
from etl.extract.names import to_name
from etl.extract.rejects import refuse
from etl.extract.rows import Columns
from etl.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Reject

STANDARD_INPUT = "-"


_MOST_FETCHED = 4_000_000
"""Objects of more bytes are copied to a file before they are read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: the name it is published under, and where it lies.

    `location` is an absolute path or the URL of an object; None means standard input, whose bytes
    are `data`. A link that a walk met is followed only to what lies in `root`. `size` is what a
    listing has told, and so is `stamp`, which changes with the content; None where nothing does.
    With a `span`, it is one document that lies between these offsets.
    """

    path: str
    location: str | None
    data: bytes | None = None
    root: str | None = None
    columns: Columns = field(default_factory=Columns)
    size: int | None = None
    stamp: str | None = None
    span: tuple[int, int] | None = None


class _Place(NamedTuple):
    """A file or object, its name, the folder that is relative to, and whether the user named it.

    Of an object, the listing has told its size and its stamp as well.
    """

    root: str
    file: str
    name: str
    is_named: bool = False
    size: int | None = None
    stamp: str | None = None


def find_sources(arguments: Sequence[str], columns: Columns | None = None) -> Iterator[Found]:
    """Every file and object that `arguments` name, once, sorted by its published path.

    Folders are walked, hidden files and folders skipped. Paths are relative to the argument
    that found them; if two files would share one, its argument's folder is put in front.
    `columns` says which columns of a table hold its articles.

    Raises:
        SourceError: an argument names nothing, or a folder without a single file.
        StorageError: a URL's service cannot be reached, or refuses.
    """
    columns = columns or Columns()
    places = [place for argument in arguments for place in _locate(argument)]
    places.sort(key=lambda place: os.path.islink(place.file))  # a file rather than a link to it
    distinct = {_identify(place.file): place for place in reversed(places)}
    found = [
        Found(
            path=name,
            location=_to_absolute(place.file),
            root=None if place.is_named else _to_absolute(place.root),
            columns=columns,
            size=size,
            stamp=stamp,
        )
        for place, name in _name(list(distinct.values()))
        for size, stamp in [_measure(place)]
    ]
    if STANDARD_INPUT in arguments:
        found.append(Found(STANDARD_INPUT, None, sys.stdin.buffer.read(MOST_BYTES + 1)))
    yield from sorted(found, key=lambda item: item.path)


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
        replace(item, data=fetched[item.location]) if item.location in fetched else item
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
    if root is not None and os.path.islink(location) and not _is_inside(location, root):
        return "link_outside", "a link to what lies outside the source"
    mode = os.stat(location).st_mode
    if stat.S_ISDIR(mode):
        return "unreadable", "a folder that cannot be listed"
    if not stat.S_ISREG(mode):
        return "special_file", "a pipe, socket or device"
    return None


def _is_inside(location: str, root: str) -> bool:
    real = os.path.realpath(root or ".")
    return os.path.commonpath((real, os.path.realpath(location))) == real


def _identify(file: str) -> str:
    """What two names of the same file or object share."""
    return file if storage.is_url(file) else os.path.realpath(file)


def _measure(place: _Place) -> tuple[int | None, str | None]:
    """The size and the stamp of a file; a link bears no stamp, its file may be another any time."""
    if storage.is_url(place.file):
        return place.size, place.stamp
    try:
        info = os.lstat(place.file)
    except OSError:  # reading it will say why
        return None, None
    if not stat.S_ISREG(info.st_mode):
        return None, None
    stamp = f"{info.st_size} {info.st_mtime_ns} {info.st_ctime_ns} {info.st_ino}"
    return info.st_size, stamp


def _to_absolute(location: str) -> str:
    """A worker may stand in another folder; `..` stays, a link may lie before it."""
    return location if storage.is_url(location) else os.path.join(os.getcwd(), location)


def _locate(argument: str) -> Iterator[_Place]:
    """The files of one argument, each with the folder its name is relative to."""
    if argument == STANDARD_INPUT:
        return
    if storage.is_url(argument):
        yield from _locate_objects(argument)
    elif os.path.isdir(argument):
        files = sorted(_walk(argument))
        if not files:
            raise SourceError(f"{to_name(argument)} holds no file")
        yield from (_place(argument, file) for file in files)
    elif os.path.lexists(argument):
        yield _place(os.path.dirname(argument), argument)._replace(is_named=True)
    elif has_magic(argument):
        yield from _expand(argument)
    else:
        raise SourceError(f"{to_name(argument)} does not exist")


def _locate_objects(url: str) -> Iterator[_Place]:
    objects = storage.find_objects(url)
    if not objects:
        raise SourceError(f"{to_name(storage.to_safe(url))} holds no file")
    for item in objects:
        stamp = item.tag and f"{item.size}:{item.tag}"
        yield _Place(item.root, item.url, item.name, is_named=True, size=item.size, stamp=stamp)


def _place(root: str, file: str) -> _Place:
    return _Place(root, file, os.path.relpath(file, root or "."))


def _walk(folder: str) -> Iterator[str]:
    """The files below a folder; also folders that cannot be listed, and links that lead away."""
    closed: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=lambda e: closed.append(e.filename)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (os.path.join(parent, name) for name in files if not name.startswith("."))
        links = (os.path.join(parent, name) for name in folders)
        yield from paths
        yield from (link for link in links if os.path.islink(link) and not _is_inside(link, folder))
    yield from closed


def _expand(pattern: str) -> Iterator[_Place]:
    root = os.path.dirname(re.split(r"[*?\[]", pattern, maxsplit=1)[0])
    matches = sorted(glob(pattern, recursive=True))
    files = [
        file for match in matches for file in (_walk(match) if os.path.isdir(match) else [match])
    ]
    if not files:
        raise SourceError(f"{to_name(pattern)} matches no file")
    yield from (_place(root, file) for file in files)


def _name(places: Sequence[_Place]) -> Iterator[tuple[_Place, str]]:
    """Each file with the path it is published under."""
    names = [place.name for place in places]
    if len(set(names)) < len(names):
        roots = [_to_root(place) for place in places]
        labels = _label(set(roots))
        names = [f"{labels[root]}/{name}" for root, name in zip(roots, names, strict=True)]
    yield from ((place, to_name(name)) for place, name in zip(places, names, strict=True))


def _to_root(place: _Place) -> str:
    return place.root if storage.is_url(place.root) else os.path.abspath(place.root or ".")


def _label(roots: set[str]) -> dict[str, str]:
    """For each folder the shortest tail of its path that tells it from the others."""
    parts = {root: root.strip(os.sep).split(os.sep) for root in roots}
    longest = max(map(len, parts.values()))
    for length in range(1, longest + 1):
        labels = {root: "/".join(parts[root][-length:]) for root in roots}
        if len(set(labels.values())) == len(roots):
            return labels
    return {root: root for root in roots}
