"""Publish whole or not at all: build in a hidden folder beside the target, then swap.

A reader finds the old release or the new one, never a mixture; readers that have a file of
the old one open keep it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from etl.errors import ReleaseError, UsageError
from etl.load import checksums

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def stage(target: Path) -> Iterator[Path]:
    """A new folder to build a release in; it takes the target's place if all goes well.

    Raises:
        UsageError: what stands at `target` is no release, or nothing can be written beside it.
    """
    target = target.resolve()
    _check_replaceable(target)
    folder = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    except OSError as error:
        raise UsageError(f"{target.parent} cannot be written: {error.strerror}.") from error
    try:
        yield folder
        _sync(folder)
        _swap(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_replaceable(target: Path) -> None:
    """Only a release, or the pages of one that a checkout keeps, may be replaced."""
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{target} is a file; a release is a folder.")
    present = checksums.list_files(target)
    strays = sorted(present - _files_of_release(target))
    if strays:
        raise UsageError(
            f"{target} holds files that are no part of a release ({strays[0]}): "
            "move them away or publish to another folder."
        )


def _files_of_release(target: Path) -> set[str]:
    try:
        listed = checksums.read_checksums(target)
    except ReleaseError:
        pages = {f"dictionary/{path.name}" for path in (target / "dictionary").glob("*.md")}
        return {"README.md", *pages}
    return {checksums.FILE_NAME, *listed}


def _sync(folder: Path) -> None:
    """Everything on disk before the name points at it."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(folder: Path, target: Path) -> None:
    """Put `folder` at `target`; what stood there is at `folder` afterwards, or nothing is."""
    try:
        if not target.exists():
            folder.rename(target)
        elif not _exchange(folder, target):
            _rename_both(folder, target)
    except OSError as error:
        raise ReleaseError(f"{target} cannot be replaced: {error.strerror}.") from error
    _sync_entry(target.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    try:
        failed = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    except AttributeError:  # a C library without it
        return False
    return not failed


def _rename_both(folder: Path, target: Path) -> None:
    """Two steps where one is not to be had; the first is undone if the second fails."""
    old = folder.with_suffix(".old")
    target.rename(old)
    try:
        folder.rename(target)
    except OSError:
        old.rename(target)
        raise
    old.rename(folder)


def _sync_entry(parent: Path) -> None:
    handle = os.open(parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
