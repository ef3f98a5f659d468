"""What the user named, as documents' bytes: files, folders, globs, standard input."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from etl.errors import SourceError
from etl.records import Reject, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STANDARD_INPUT = "-"
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file that was found: the name it is published under, and where it lies.

    `location` None means standard input, whose bytes are `data`.
    """

    path: str
    location: str | None
    data: bytes = b""


def find_sources(arguments: Sequence[str]) -> Iterator[Found]:
    """Every file that `arguments` name, once, sorted by its published path.

    Folders are walked, hidden files and folders skipped. Paths are relative to the argument
    that found them; if two files would share one, its argument's folder is put in front.

    Raises:
        SourceError: an argument names nothing, or a folder without a single file.
    """
    located = [(root, location) for argument in arguments for root, location in _locate(argument)]
    unique = {os.path.realpath(location): (root, location) for root, location in reversed(located)}
    found = [Found("stdin", None, sys.stdin.buffer.read())] if STANDARD_INPUT in arguments else []
    found += _name(list(unique.values()))
    yield from sorted(found)


def read_sources(found: Found) -> Iterator[Source | Reject]:
    """The documents' bytes of one file, or why it cannot be read."""
    if found.location is None:
        yield Source(found.path, found.data)
        return
    try:
        data = Path(found.location).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        digest = hashlib.sha256().hexdigest()
        yield Reject(found.path, digest, 0, None, "unreadable", reason)
        return
    yield Source(found.path, data)


def _locate(argument: str) -> Iterator[tuple[str, str]]:
    """The files of one argument, each with the folder its name is relative to."""
    if argument == STANDARD_INPUT:
        return
    if os.path.isdir(argument):  # noqa: PTH112  a name may be no valid text
        files = sorted(_walk(argument))
        if not files:
            raise SourceError(f"{argument} holds no file")
        yield from ((argument, file) for file in files)
    elif os.path.exists(argument):  # noqa: PTH110
        yield os.path.dirname(argument), argument  # noqa: PTH120
    elif has_magic(argument):
        yield from _expand(argument)
    else:
        raise SourceError(f"{argument} does not exist")


def _expand(pattern: str) -> Iterator[tuple[str, str]]:
    files = sorted(name for name in glob(pattern, recursive=True) if os.path.isfile(name))  # noqa: PTH113, PTH207
    if not files:
        raise SourceError(f"{pattern} matches no file")
    fixed = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    root = os.path.dirname(fixed)  # noqa: PTH120
    yield from ((root, file) for file in files)


def _walk(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(parent, name) for name in files if not name.startswith("."))  # noqa: PTH118


def _name(located: Sequence[tuple[str, str]]) -> Iterator[Found]:
    names = [os.path.relpath(location, root or ".") for root, location in located]
    if len(set(names)) < len(names):
        labels = _label({os.path.abspath(root or ".") for root, _ in located})  # noqa: PTH100
        names = [
            os.path.join(labels[os.path.abspath(root or ".")], name)  # noqa: PTH100, PTH118
            for (root, _), name in zip(located, names, strict=True)
        ]
    for (_, location), name in zip(located, names, strict=True):
        yield Found(_to_text(name), location)


def _label(roots: set[str]) -> dict[str, str]:
    """For each folder the shortest tail of its path that tells it from the others."""
    parts = {root: Path(root).parts for root in roots}
    for length in range(1, max(map(len, parts.values())) + 1):
        labels = {root: "/".join(parts[root][-length:]) for root in roots}
        if len(set(labels.values())) == len(roots):
            break
    return labels


def _to_text(name: str) -> str:
    """A file's name as printable text; bytes that are no UTF-8 and line ends are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace").replace(os.sep, "/")
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
