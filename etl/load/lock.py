"""One run at a time for each output: a lock that ends with the process that holds it.

The system lets go of it however a process ends, also by `kill -9` or a power cut; so a lock
that can be taken was left by nobody who still lives.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from etl.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_NAME = "lock"


@contextmanager
def hold(folder: Path, target: Path) -> Iterator[None]:
    """Own `folder`, where the run for `target` works; it is made here, and removed if empty.

    Raises:
        ReleaseError: another run owns it; the message names its process.
        OSError: the folder cannot be made, or its file system has no locks.
    """
    file = folder / FILE_NAME
    handle = _take(file, target)
    try:
        yield
    finally:
        # Still held while its name goes: who has the old file open sees that it is gone.
        file.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def _take(file: Path, target: Path) -> int:
    while True:
        handle = _open(file)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_there(handle, file):
                os.truncate(handle, 0)
                os.write(handle, str(os.getpid()).encode())
                return handle
        except BlockingIOError:
            raise _refuse(handle, target) from None
        os.close(handle)  # the run before has just ended and taken the file along


def _open(file: Path) -> int:
    while True:
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # as in `_take`, with the folder
            return os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)


def _is_there(handle: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except FileNotFoundError:
        return False


def _refuse(handle: int, target: Path) -> ReleaseError:
    owner = os.read(handle, 20).decode("ascii", "replace") or "that has just started"
    os.close(handle)
    return ReleaseError(
        f"Another run (process {owner}) is publishing at {target}: wait until it ends, or "
        "publish elsewhere with --output."
    )
