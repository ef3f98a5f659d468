"""Two folders change places in one step."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import TYPE_CHECKING

from etl.errors import ReleaseError

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux: renameat2
_RENAME_SWAP = 2  # macOS: renamex_np


def swap(new: Path, target: Path, old: Path) -> None:
    """Put the folder `new` at `target`; what stood there is at `new` or `old` afterwards.

    One step where the system and the file system can: Linux on ext4, XFS, Btrfs, tmpfs and
    others, macOS on APFS. Elsewhere two, so that for an instant nothing stands at `target`; a run
    that ends just then leaves the old release at `old`, for `restore` to put back.

    Raises:
        ReleaseError: `target` cannot be moved.
    """
    try:
        if not target.exists():
            new.rename(target)
        elif not _exchange(new, target):
            _rename_both(new, target, old)
    except OSError as error:
        raise ReleaseError(f"{target} cannot be replaced: {_explain(error)}.") from error
    for folder in (target.parent, new.parent):
        _sync_one(folder)


def restore(target: Path, old: Path) -> None:
    """Put back what a run that ended between two steps had moved away."""
    if old.exists() and not target.exists():
        old.rename(target)
        _sync_one(target.parent)


def sync(folder: Path) -> None:
    """Wait until all of it is on disk."""
    for path in [*folder.rglob("*"), folder]:
        _sync_one(path)


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where that is not to be had."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(*names, _RENAME_SWAP)
        else:
            failed = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    except AttributeError:  # a C library without it
        return False
    return not failed


def _rename_both(new: Path, target: Path, old: Path) -> None:
    """The first step is undone if the second fails."""
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise


def _explain(error: OSError) -> str:
    if error.errno == errno.EXDEV:  # a folder of a container's image
        return "its folder comes from a read-only layer of the file system; remove it first"
    return str(error.strerror)
