"""The cache of one run: which of its files have rows already, and where the others' rows go."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from etl.cache import parts
from etl.cache.ledger import Ledger
from etl.errors import ReleaseError, UsageError
from etl.installation import find_makers_of_rows
from etl.load import lock
from etl.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from etl.cache.parts import Manifest
    from etl.extract.listing import Found

_TAG = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of etl: it may be removed.\n"
_LEDGER = "ledger.sqlite"
_SPOOL = "spool"

_UNSETTLED_NS = 2_000_000_000
"""A file that was changed so shortly before a run may change again and bear the same stamp."""

_FEW_FILES, _FEW_BYTES, _MANY_PARTS = 64, 1_000_000, 64


class Measure(NamedTuple):
    """The size of a cache: parts, documents whose rows they hold, bytes of all its files."""

    parts: int
    documents: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Store:
    """A cache in use: `folder` is where the workers write, `started_ns` when the run began."""

    folder: Path
    ledger: Ledger
    started_ns: int

    @property
    def spool(self) -> Path:
        """Where containers are unpacked."""
        return self.folder / _SPOOL

    def list_files(self, founds: Iterable[Found], *, check_content: bool = False) -> None:
        """Note what the run found; what bears the stamp it had is taken to be unchanged."""
        self.ledger.list_files(map(self._settle, founds), check_content=check_content)

    def register(self, part: str | None, same: Iterable[str]) -> None:
        """Note the part that came of a batch, and the files that are as they were."""
        if part:
            manifest = parts.read_manifest(parts.find_part(self.folder, part))
            if manifest is None:
                raise ReleaseError(f"{self.folder} is not to be trusted: part {part} is damaged.")
            self.ledger.register(part, manifest)
        self.ledger.confirm(same)

    def check_parts(self, *, debug: bool = False) -> bool:
        """Open the files again whose rows cannot be used; whether there were any.

        A part is made anew if it is damaged, if half of its files are gone, or, for `debug`, if
        it holds a fault of our own, and many small ones together; a file, if its rows were left
        out because it repeats one that is gone.
        """
        small: list[str] = []
        for name, live in self.ledger.find_parts():
            part = parts.find_part(self.folder, name)
            manifest = parts.read_manifest(part)
            if (
                manifest is None
                or not parts.is_sound(part, manifest)
                or live < len(manifest.files) / 2
                or (debug and manifest.tally.reasons["internal_error"])
            ):
                self.ledger.forget(self.ledger.find_live(name))
            elif live < len(manifest.files):
                self.ledger.forget(self._find_orphans(name, manifest))
            elif _is_small(manifest):
                small.append(name)
        if len(small) > _MANY_PARTS:
            for name in small:
                self.ledger.forget(self.ledger.find_live(name))
        return self.ledger.measure_open()[0] > 0

    def link(self, folder: Path) -> Tally:
        """Let all parts with live rows lie in `folder`, by table; a tally of the live rows.

        A part never changes: what it holds of files that are gone, `folder/gone` lists.
        """
        total = Tally()
        for name, live in self.ledger.find_parts():
            part = parts.find_part(self.folder, name)
            manifest = parts.read_manifest(part)
            if manifest is None:
                raise ReleaseError(f"{part} has just been damaged: run again.")
            for table in manifest.tables:
                _link(part / table, folder / parts.to_place(name, table))
            if live == len(manifest.files):
                total += manifest.tally
            else:
                kept = self.ledger.find_live(name)
                total += parts.write_gone(part, manifest, kept, folder / "gone")
        return total

    def commit(self, notes: dict[str, str]) -> None:
        """Keep `notes` and what is live, and nothing else."""
        kept = self.ledger.commit(notes)
        for part in parts.list_parts(self.folder):
            if part.name not in kept:
                shutil.rmtree(part, ignore_errors=True)
        for entry in self.folder.parent.iterdir():
            if entry.is_dir() and entry != self.folder:
                shutil.rmtree(entry, ignore_errors=True)

    def _settle(self, found: Found) -> Found:
        """What was found, without its stamp if that cannot tell of the next change.

        The times are in the stamp of a file; the tag of an object needs none.
        """
        times = (found.stamp or "").split()[1:3]
        is_new = any(int(time) > self.started_ns - _UNSETTLED_NS for time in times)
        return found._replace(stamp=None) if is_new else found

    def _find_orphans(self, name: str, manifest: Manifest) -> list[str]:
        """Live files that repeat one that is gone."""
        live = self.ledger.find_live(name)
        return [other for first, other in manifest.repeats if other in live and first not in live]


@contextmanager
def open_store(folder: Path, options: object = None) -> Iterator[Store]:
    """The cache in `folder`, for rows that are made with `options`; no other run can use it.

    Raises:
        UsageError: the folder holds something else, cannot be written, or another run uses it.
    """
    folder = folder.resolve()
    _check_own(folder)
    with _own(folder):
        (folder / _TAG).write_text(_SIGNATURE, "utf-8")
        home = folder / _name_home(options)
        home.mkdir(exist_ok=True)
        parts.clear_partial(home)
        shutil.rmtree(home / _SPOOL, ignore_errors=True)
        ledger = _open_ledger(home)
        try:
            yield Store(home, ledger, (folder / lock.FILE_NAME).stat().st_mtime_ns)
        finally:
            is_empty = not ledger.count_files()
            ledger.close()
            parts.clear_partial(home)
            shutil.rmtree(home / _SPOOL, ignore_errors=True)
            if is_empty:
                _remove_all(folder)


def find_cache(output: Path) -> Path:
    """Where the cache of a release lies: beside it, hidden.

    >>> from pathlib import Path
    >>> find_cache(Path("datasets")).name
    '.datasets.etl-cache'
    """
    output = output.resolve()
    return output.with_name(f".{output.name}.etl-cache")


def measure_cache(folder: Path) -> Measure | None:
    """What a cache holds; None if there is none.

    Raises:
        UsageError: the folder is something else.
    """
    if not folder.is_dir():
        return None
    _check_own(folder)
    homes = [entry for entry in folder.iterdir() if entry.is_dir()]
    manifests = [parts.read_manifest(part) for home in homes for part in parts.list_parts(home)]
    documents = sum(m.tally.documents.total() for m in manifests if m)
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    return Measure(len(manifests), documents, size)


def clear_cache(folder: Path) -> None:
    """Remove a cache, if there is one.

    Raises:
        UsageError: the folder is something else, or a run uses it.
    """
    if not folder.is_dir():
        return
    _check_own(folder)
    with _own(folder):
        _remove_all(folder)


def _remove_all(folder: Path) -> None:
    """Everything but the lock, which goes with its owner, and what a worker is still writing."""
    homes = [entry for entry in folder.iterdir() if entry.is_dir()]
    for home in homes:
        shutil.rmtree(home, ignore_errors=True)
    if not any(home.exists() for home in homes):
        (folder / _TAG).unlink(missing_ok=True)


def _check_own(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; a cache is a folder.")
    if folder.is_dir() and not (folder / _TAG).exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds other files: give a new or an empty folder to --cache.")


@contextmanager
def _own(folder: Path) -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(lock.hold(folder, folder))
        except ReleaseError as error:
            raise UsageError(
                f"Another run uses the cache {folder}: wait until it ends, or work with another "
                "--cache or with --no-cache."
            ) from error
        except OSError as error:
            raise UsageError(f"The cache {folder} cannot be used: {error.strerror}.") from error
        yield


def _name_home(options: object) -> str:
    """After all that has a say in the rows but the documents."""
    return sha256(repr((find_makers_of_rows(), options)).encode()).hexdigest()[:24]


def _open_ledger(home: Path) -> Ledger:
    """The ledger; one that is damaged or lost is written anew from the manifests of the parts."""
    file = home / _LEDGER
    try:
        if file.exists():
            return Ledger(file)
    except sqlite3.DatabaseError:
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            (home / name).unlink(missing_ok=True)
    ledger = Ledger(file)
    for part in parts.list_parts(home):
        if manifest := parts.read_manifest(part):
            ledger.register(part.name, manifest)
    return ledger


def _is_small(manifest: Manifest) -> bool:
    files = manifest.files
    is_few = len(files) < _FEW_FILES and sum(file.size for file in files) < _FEW_BYTES
    return is_few and all(file.owner is None for file in files)


def _link(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, place)
    except OSError:  # another file system, or one without links
        shutil.copyfile(file, place)
