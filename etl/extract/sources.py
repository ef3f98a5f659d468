"""What the user named, as documents' bytes: files, folders, globs, standard input."""

from __future__ import annotations

import os
import re
import stat
import sys
from dataclasses import dataclass, field
from glob import glob, has_magic
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from etl.errors import SourceError
from etl.extract.containers import read_file
from etl.extract.limits import MOST_BYTES
from etl.extract.names import to_name
from etl.extract.rejects import refuse
from etl.extract.rows import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Reject, Source

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: the name it is published under, and where it lies.

    `location` None means standard input, whose bytes are `data`. A link that a walk met is
    followed only to what lies in `root`.
    """

    path: str
    location: str | None
    data: bytes = b""
    root: str | None = None
    columns: Columns = field(default_factory=Columns)


class _Place(NamedTuple):
    """A file, the folder its name is relative to, and whether the user named it himself."""

    root: str
    file: str
    is_named: bool = False


def find_sources(arguments: Sequence[str], columns: Columns | None = None) -> Iterator[Found]:
    """Every file that `arguments` name, once, sorted by its published path.

    Folders are walked, hidden files and folders skipped. Paths are relative to the argument
    that found them; if two files would share one, its argument's folder is put in front.
    `columns` says which columns of a table hold its articles.

    Raises:
        SourceError: an argument names nothing, or a folder without a single file.
    """
    places = [place for argument in arguments for place in _locate(argument)]
    places.sort(key=lambda place: os.path.islink(place.file))  # a file rather than a link to it
    distinct = {os.path.realpath(place.file): place for place in reversed(places)}
    found = [
        Found(
            path=name,
            location=place.file,
            root=None if place.is_named else place.root,
            columns=columns or Columns(),
        )
        for place, name in _name(list(distinct.values()))
    ]
    if STANDARD_INPUT in arguments:
        found.append(Found(STANDARD_INPUT, None, sys.stdin.buffer.read(MOST_BYTES + 1)))
    yield from sorted(found, key=lambda item: item.path)


def read_sources(found: Found) -> Iterator[Source | Reject]:
    """The documents' bytes of one file or container, or why it cannot be read."""
    if found.location is None:
        yield from read_file(found.path, BytesIO(found.data), len(found.data), found.columns)
        return
    try:
        if refusal := _find_refusal(found.location, found.root):
            yield refuse(found.path, *refusal)
            return
        with open(found.location, "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            yield from read_file(found.path, stream, size, found.columns)
    except OSError as error:
        yield refuse(found.path, "unreadable", error.strerror or str(error))


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


def _locate(argument: str) -> Iterator[_Place]:
    """The files of one argument, each with the folder its name is relative to."""
    if argument == STANDARD_INPUT:
        return
    if os.path.isdir(argument):
        files = sorted(_walk(argument))
        if not files:
            raise SourceError(f"{to_name(argument)} holds no file")
        yield from (_Place(argument, file) for file in files)
    elif os.path.lexists(argument):
        yield _Place(os.path.dirname(argument), argument, is_named=True)
    elif has_magic(argument):
        yield from _expand(argument)
    else:
        raise SourceError(f"{to_name(argument)} does not exist")


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
    yield from (_Place(root, file) for file in files)


def _name(places: Sequence[_Place]) -> Iterator[tuple[_Place, str]]:
    """Each file with the path it is published under."""
    names = [os.path.relpath(place.file, place.root or ".") for place in places]
    if len(set(names)) < len(names):
        labels = _label({os.path.abspath(place.root or ".") for place in places})
        names = [
            f"{labels[os.path.abspath(place.root or '.')]}/{name}"
            for place, name in zip(places, names, strict=True)
        ]
    yield from ((place, to_name(name)) for place, name in zip(places, names, strict=True))


def _label(roots: set[str]) -> dict[str, str]:
    """For each folder the shortest tail of its path that tells it from the others."""
    parts = {root: root.strip(os.sep).split(os.sep) for root in roots}
    longest = max(map(len, parts.values()))
    for length in range(1, longest + 1):
        labels = {root: "/".join(parts[root][-length:]) for root in roots}
        if len(set(labels.values())) == len(roots):
            return labels
    return {root: root for root in roots}
