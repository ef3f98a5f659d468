"""What the user named, as a list of files: folders, globs, URLs, standard input.

The list is sorted, named and freed of repeats in SQLite, on disk: of ten million files no more is
held in memory than of ten.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import sys
from contextlib import closing
from functools import lru_cache
from glob import has_magic, iglob
from typing import TYPE_CHECKING, NamedTuple

from etl import storage
from etl.errors import SourceError
from etl.extract.limits import MOST_BYTES
from etl.extract.names import to_name
from etl.extract.rows import Columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

STANDARD_INPUT = "-"

# Paths are bytes: they need not be text. A file rather than a link to it, and the first name.
_SCHEMA = """
PRAGMA journal_mode = OFF;
CREATE TABLE places (
    identity BLOB PRIMARY KEY, is_link INTEGER, argument INTEGER, name BLOB,
    root BLOB, is_named INTEGER, location BLOB, size INTEGER, stamp TEXT
) WITHOUT ROWID;
"""
_INSERT = """
INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    is_link = excluded.is_link, argument = excluded.argument, name = excluded.name,
    root = excluded.root, is_named = excluded.is_named, location = excluded.location,
    size = excluded.size, stamp = excluded.stamp
WHERE (excluded.is_link, excluded.argument, excluded.name) < (is_link, argument, name)
"""
_SORTED = """
SELECT to_path(root, name) AS path, location, CASE WHEN NOT is_named THEN root END, size, stamp
FROM places ORDER BY path
"""
_FOLDERS = 256
"""So many are remembered at a time: a walk is in few at once."""


class Found(NamedTuple):
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
    columns: Columns = Columns()
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
    with closing(sqlite3.connect("")) as places:  # a file without a name, gone when closed
        places.executescript(_SCHEMA)
        places.executemany(_INSERT, _list_rows(arguments))
        places.create_function("to_path", 2, _find_naming(places), deterministic=True)
        for path, location, root, size, stamp in places.execute(_SORTED):
            if location is None:
                yield Found(path, None, sys.stdin.buffer.read(MOST_BYTES + 1))
            else:
                folder = None if root is None else os.fsdecode(root)
                yield Found(path, os.fsdecode(location), None, folder, columns, size, stamp)


def leave_out(founds: Iterable[Found], *folders: Path) -> Iterator[Found]:
    """What was found, without what a walk met in `folders`, our own: a cache, a release."""
    own = [os.path.realpath(folder) for folder in folders]

    @lru_cache(_FOLDERS)
    def is_around(root: str) -> bool:
        return any(f"{folder}/".startswith(f"{os.path.realpath(root)}/") for folder in own)

    for found in founds:
        if found.root and found.location and is_around(found.root):
            place = os.path.realpath(found.location)
            if any(place.startswith(f"{folder}/") for folder in own):
                continue
        yield found


def is_inside(location: str, root: str) -> bool:
    """Whether what lies at `location`, links followed, lies in the folder `root`."""
    real = os.path.realpath(root or ".")
    return os.path.commonpath((real, os.path.realpath(location))) == real


def _list_rows(arguments: Sequence[str]) -> Iterator[tuple[object, ...]]:
    here = os.getcwd()
    resolve = lru_cache(_FOLDERS)(os.path.realpath)
    for number, argument in enumerate(arguments):
        if argument == STANDARD_INPUT:
            yield b"-", False, number, b"-", None, True, None, None, None
        else:
            for place in _locate(argument):
                yield _to_row(number, place, here, resolve)


def _to_row(
    number: int, place: _Place, here: str, resolve: Callable[[str], str]
) -> tuple[object, ...]:
    """Absolute, for a worker may stand in another folder; `..` stays, a link may lie before it."""
    if storage.is_url(place.file):
        here, identity = "", place.file
        is_link, size, stamp = False, place.size, place.stamp
    else:
        is_link, size, stamp = _measure(place.file)
        identity = _identify(place.file, resolve, is_plain=size is not None)
    return (
        os.fsencode(identity),
        is_link,
        number,
        os.fsencode(place.name),
        os.fsencode(os.path.join(here, place.root)),
        place.is_named,
        os.fsencode(os.path.join(here, place.file)),
        size,
        stamp,
    )


def _measure(file: str) -> tuple[bool, int | None, str | None]:
    """Whether it is a link, the size and the stamp; a link's file may be another any time."""
    try:
        info = os.lstat(file)
    except OSError:  # reading it will say why
        return False, None, None
    if not stat.S_ISREG(info.st_mode):
        return stat.S_ISLNK(info.st_mode), None, None
    stamp = f"{info.st_size} {info.st_mtime_ns} {info.st_ctime_ns} {info.st_ino}"
    return False, info.st_size, stamp


def _identify(file: str, resolve: Callable[[str], str], *, is_plain: bool) -> str:
    """What two names of the same file share."""
    if not is_plain:
        return os.path.realpath(file)
    folder, name = os.path.split(file)
    return os.path.join(resolve(folder), name)


def _locate(argument: str) -> Iterator[_Place]:
    """The files of one argument, each with the folder its name is relative to."""
    if storage.is_url(argument):
        yield from _expect(_locate_objects(argument), argument, "holds no file")
    elif os.path.isdir(argument):
        yield from _expect(_locate_below(argument), argument, "holds no file")
    elif os.path.lexists(argument):
        root, name = os.path.split(argument)
        yield _Place(root, argument, name, is_named=True)
    elif has_magic(argument):
        yield from _expect(_expand(argument), argument, "matches no file")
    else:
        raise SourceError(f"{to_name(argument)} does not exist")


def _expect(places: Iterator[_Place], argument: str, otherwise: str) -> Iterator[_Place]:
    """The same places; an error if there are none."""
    first = next(places, None)
    if first is None:
        raise SourceError(f"{to_name(storage.to_safe(argument))} {otherwise}")
    yield first
    yield from places


def _locate_objects(url: str) -> Iterator[_Place]:
    for item in storage.find_objects(url):
        stamp = item.tag and f"{item.size}:{item.tag}"
        yield _Place(item.root, item.url, item.name, is_named=True, size=item.size, stamp=stamp)


def _locate_below(folder: str) -> Iterator[_Place]:
    start = os.path.join(folder, "")
    for file in _walk(folder):
        yield _Place(folder, file, file.removeprefix(start) if file != folder else ".")


def _walk(folder: str) -> Iterator[str]:
    """The files below a folder; also folders that cannot be listed, and links that lead away."""
    folders = [folder]
    while folders:
        parent = folders.pop()
        try:
            with os.scandir(parent) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if not _is_folder(entry):
                        yield entry.path
                    elif not entry.is_symlink():
                        folders.append(entry.path)
                    elif not is_inside(entry.path, folder):
                        yield entry.path
        except OSError:
            yield parent


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _expand(pattern: str) -> Iterator[_Place]:
    root = os.path.dirname(re.split(r"[*?\[]", pattern, maxsplit=1)[0])
    for match in iglob(pattern, recursive=True):
        for file in _walk(match) if os.path.isdir(match) else [match]:
            yield _Place(root, file, os.path.relpath(file, root or "."))


def _find_naming(places: sqlite3.Connection) -> Callable[[bytes | None, bytes], str]:
    """What makes the path a file is published under of the folder it was found in and its name."""
    ((is_distinct,),) = places.execute("SELECT count(*) = count(DISTINCT name) FROM places")
    if is_distinct:
        return lambda _root, name: to_name(os.fsdecode(name))
    found = places.execute("SELECT DISTINCT root FROM places WHERE root IS NOT NULL")
    roots = {root: _to_root(os.fsdecode(root)) for (root,) in found}
    labels = _label(set(roots.values()))

    def to_path(root: bytes | None, name: bytes) -> str:
        label = "" if root is None else f"{labels[roots[root]]}/"
        return to_name(label + os.fsdecode(name))

    return to_path


def _to_root(root: str) -> str:
    return root if storage.is_url(root) else os.path.abspath(root)


def _label(roots: set[str]) -> dict[str, str]:
    """For each folder the shortest tail of its path that tells it from the others."""
    parts = {root: root.strip(os.sep).split(os.sep) for root in roots}
    longest = max(map(len, parts.values()))
    for length in range(1, longest + 1):
        labels = {root: "/".join(parts[root][-length:]) for root in roots}
        if len(set(labels.values())) == len(roots):
            return labels
    return {root: root for root in roots}
