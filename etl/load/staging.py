"""Publish whole or not at all: build in a hidden folder beside the target, then swap.

A run for `datasets` owns the folder `.datasets.partial` beside it::

    lock        held while the run lives
    parts/      what the batches wrote
    spill/      what does not fit into memory
    release/    the release as it grows; it changes places with the target when it is done
    old/        the release before, where the swap takes two steps

What a run that was killed left there, the next one removes; a run that ends, well or not,
removes the folder. Readers that have a file of the old release open keep it.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from etl.errors import ReleaseError, UsageError
from etl.load import checksums, lock
from etl.load.disk import tell_full_disk
from etl.load.swap import restore, swap, sync

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a run works: `output` is what it will replace, the others are its own."""

    output: Path
    parts: Path
    spill: Path
    release: Path


@contextmanager
def stage(output: Path) -> Iterator[Staging]:
    """New folders to work in; `release` takes the place of `output` if all goes well.

    If the caller has removed it, what stands at `output` stays.

    Raises:
        UsageError: what stands at `output` is no release, or nothing can be written there.
        ReleaseError: another run publishes there, or what stands there cannot be moved.
    """
    target = output.resolve()
    _check_replaceable(target)
    with _own_folder(target) as work:
        staging = Staging(output, *(work / name for name in ("parts", "spill", "release")))
        with tell_full_disk(work, output):
            staging.release.mkdir()
            yield staging
            if not staging.release.exists():
                return
            sync(staging.release)
        _check_replaceable(target)  # nobody's file has come since
        with _undisturbed():
            _keep_mode(target, staging.release)
            swap(staging.release, target, work / "old")
            with suppress(OSError):  # published all the same; the next run will say so
                _clear(work)


@contextmanager
def _own_folder(target: Path) -> Iterator[Path]:
    """The folder to work in, empty at first; no other run has it, and it is gone afterwards."""
    work = target.with_name(f".{target.name}.partial")
    made = [folder for folder in target.parents if not folder.exists()]
    with ExitStack() as held:
        held.callback(_remove_empty, made)
        try:
            held.enter_context(lock.hold(work, target))
            restore(target, work / "old")
            _clear(work)
        except OSError as error:
            raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
        try:
            yield work
        finally:
            with suppress(OSError):
                _clear(work)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # it holds the release
            folder.rmdir()


def _clear(work: Path) -> None:
    """Remove everything but the lock, whatever its mode."""
    for entry in work.iterdir():
        if entry.is_dir():
            for folder, _, _ in os.walk(entry):
                Path(folder).chmod(stat.S_IRWXU)
            shutil.rmtree(entry)
        elif entry.name != lock.FILE_NAME:
            entry.unlink()


def _check_replaceable(target: Path) -> None:
    """Only a release, or the pages of one that a checkout keeps, may be replaced."""
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{target} is a file; a release is a folder.")
    if target.is_mount():
        raise UsageError(f"{target} cannot be replaced as a whole: publish to a folder inside it.")
    if not os.access(target, os.W_OK | os.X_OK):
        raise UsageError(f"{target} cannot be written: it is read-only.")
    known = _files_of_release(target)
    stray = next((name for name in checksums.iterate_files(target) if name not in known), None)
    if stray:
        raise UsageError(
            f"{target} holds files that are no part of a release ({stray}): "
            "move them away or publish to another folder."
        )


def _files_of_release(target: Path) -> set[str]:
    """What a release lists, and the pages that a checkout keeps; they may be newer."""
    pages = {f"dictionary/{path.name}" for path in (target / "dictionary").glob("*.md")}
    try:
        listed = checksums.read_checksums(target)
    except ReleaseError:
        return {"README.md", *pages}
    return {checksums.FILE_NAME, *listed, *pages}


def _keep_mode(target: Path, release: Path) -> None:
    """Who may look into the old release may look into the new one, and nobody else."""
    if target.exists():
        release.chmod(stat.S_IMODE(target.stat().st_mode))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and the like have no effect: they come too late, the release is done."""
    if current_thread() is not main_thread():  # it never gets there
        yield
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, signal.SIG_IGN) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
