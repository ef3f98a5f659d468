"""What a worker gets at a time: some files, or some documents out of a large container.

A container of any size must neither stay on one worker nor fill a memory: its documents are set
down in spool files where every worker can read them, one batch in each, as they are needed.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from etl.extract.containers import holds_many
from etl.extract.listing import Found
from etl.extract.sources import fingerprint, read_sources
from etl.records import Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from etl.records import Source

ItemT = TypeVar("ItemT")

WORKER_DIED = "worker_died"

CRASH_VARIABLE = "ETL_CRASH_ON"
"""For tests: a document whose path holds the value of this variable kills its process."""

_MOST_ITEMS = 512
_MOST_BYTES = 4_000_000

_PIECES = 8
"""So many are made of a batch that killed its worker."""

_LARGE = 1_000_000
"""Containers of more bytes are unpacked here, smaller ones by the workers."""


class Item(NamedTuple):
    """A file, a document out of a container, or what could not be read of one.

    `digest` is that of its content where that is known, `known` the one it had when the rows were
    made that the cache has of it.
    """

    found: Found | Reject
    digest: str | None = None
    known: str | None = None

    @property
    def path(self) -> str:
        """The name it is published under."""
        return self.found.path if isinstance(self.found, Found) else self.found.source_path

    @property
    def size(self) -> int:
        """Its bytes, as far as a listing has told."""
        return self.found.source_bytes if isinstance(self.found, Reject) else self.found.size or 0


class Batch(NamedTuple):
    """What one worker does at a time; `deaths` says how many workers died of it.

    The items may be members of the container `owner`, in the file `spool`, which is of no more
    use after the batch.
    """

    name: str
    items: tuple[Item, ...]
    owner: str | None = None
    spool: Path | None = None
    deaths: int = 0

    @property
    def size(self) -> int:
        """The bytes of its items, as far as they are known."""
        return sum(item.size for item in self.items)

    @property
    def paths(self) -> tuple[str, ...]:
        """The names its items are published under."""
        return tuple(item.path for item in self.items)

    def split(self) -> Iterator[Batch]:
        """Pieces of it; they share the spool file, so that none may say when it can go."""
        for number, (start, stop) in enumerate(_part(0, len(self.items))):
            items = self.items[start:stop]
            yield self._replace(name=f"{self.name}-{number}", items=items, spool=None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Documents of a part of the extract stage, from the one numbered `start` up to `stop`.

    `blame` says how their worker died, if one did of a single document.
    """

    part: str
    start: int = 0
    stop: int | None = None
    deaths: int = 0
    blame: str | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """What to call it."""
        return (self.name,)

    @property
    def name(self) -> str:
        """What its rows are kept under."""
        return self.part if self.stop is None else f"{self.part}-{self.start:06d}"

    def recover(self, count: int, how: str) -> tuple[Stretch, ...]:
        """As `Cutter.recover`, for a stretch of a part with `count` documents."""
        start, stop = self.start, count if self.stop is None else self.stop
        if not self.deaths:
            return (replace(self, deaths=1),)
        if stop - start <= 1:
            return (replace(self, stop=stop, blame=how),)
        return tuple(replace(self, start=at, stop=end) for at, end in _part(start, stop))


def cut(items: Iterable[ItemT], size: Callable[[ItemT], int]) -> Iterator[list[ItemT]]:
    """Runs of items that a worker can hold in memory, `size` telling their bytes.

    >>> list(cut([3_000_000, 900_000, 5_000_000, 1], size=int))
    [[3000000, 900000, 5000000], [1]]
    >>> list(cut([], size=int))
    []
    """
    run: list[ItemT] = []
    total = 0
    for item in items:
        run.append(item)
        total += size(item)
        if len(run) >= _MOST_ITEMS or total >= _MOST_BYTES:
            yield run
            run, total = [], 0
    if run:
        yield run


class Cutter:
    """Cuts what was found into batches, unpacking large containers into the folder `spool`.

    `is_known` is asked, with path, digest and container, whether the rows of a member are there
    already; `finish` is told the path of a container that has been read to its end.
    """

    def __init__(
        self,
        spool: Path,
        is_known: Callable[[str, str, str], bool] = lambda _path, _digest, _owner: False,
        finish: Callable[[str], None] = lambda _path: None,
    ) -> None:
        """A cutter that counts its batches from the first."""
        self._spool = spool
        self._is_known = is_known
        self._finish = finish
        self._numbers = count()

    def cut(self, founds: Iterable[tuple[Found, str | None]]) -> Iterator[Batch]:
        """Batches of what was found, each with the digest it had when its rows were made."""
        large: list[Found] = []
        for items in cut(self._set_aside(founds, large), lambda item: item.size):
            yield Batch(self._name(), tuple(items))
            while large:
                yield from self.unpack(large.pop(0))
        for found in large:
            yield from self.unpack(found)

    def unpack(self, container: Found) -> Iterator[Batch]:
        """Batches of the documents in a container whose rows are not there yet."""
        for sources in cut(self._find_unknown(container), lambda pair: _measure(pair[0])):
            name = self._name()
            self._spool.mkdir(parents=True, exist_ok=True)
            file = self._spool / name
            yield Batch(name, tuple(_set_down(file, sources)), container.path, file)
        self._finish(container.path)

    def discard(self, spool: Path | None) -> None:
        """Remove the spool file of a batch that is done, if it had one."""
        if spool:
            spool.unlink()

    def clear(self) -> None:
        """Remove the spool files that are left."""
        shutil.rmtree(self._spool, ignore_errors=True)

    def recover(self, batch: Batch, how: str) -> Iterator[Batch]:
        """What to do instead of a batch whose worker died, `how` tells how.

        The same once more, for anything can kill a worker; then pieces of it, down to the one item
        to blame, which is refused.
        """
        again = batch._replace(deaths=batch.deaths + 1)
        (first, *others) = batch.items
        if not batch.deaths:
            yield again
        elif others:
            yield from again.split()
        elif batch.owner is None and isinstance(first.found, Found) and holds_many(first.path):
            yield from (b._replace(deaths=1) for b in self.unpack(first.found))
        else:
            yield again._replace(items=(_blame(first, how),))

    def _name(self) -> str:
        return f"{next(self._numbers):06d}"

    def _set_aside(
        self, founds: Iterable[tuple[Found, str | None]], large: list[Found]
    ) -> Iterator[Item]:
        for found, known in founds:
            if holds_many(found.path) and (found.size or 0) > _LARGE:
                large.append(found)
            else:
                yield Item(found, known=known)

    def _find_unknown(self, container: Found) -> Iterator[tuple[Source | Reject, str]]:
        for source in read_sources(container):
            if isinstance(source, Reject):
                path, digest = source.source_path, f"{source.reason}: {source.detail}"
            else:
                path, digest = source.path, sha256(source.data).hexdigest()
            if not self._is_known(path, digest, container.path):
                yield source, digest


def _part(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a range into pieces; with halves, more processes would die until one item is left.

    >>> list(_part(0, 20))
    [(0, 3), (3, 6), (6, 9), (9, 12), (12, 15), (15, 18), (18, 20)]
    >>> list(_part(4, 6))
    [(4, 5), (5, 6)]
    """
    size = -(-(stop - start) // _PIECES)
    return ((at, min(at + size, stop)) for at in range(start, stop, size))


def _measure(source: Source | Reject) -> int:
    return 0 if isinstance(source, Reject) else len(source.data)


def _set_down(file: Path, sources: Iterable[tuple[Source | Reject, str]]) -> Iterator[Item]:
    with file.open("wb") as stream:
        for source, digest in sources:
            if isinstance(source, Reject):
                yield Item(source, digest)
                continue
            start = stream.tell()
            stream.write(source.data)
            end = stream.tell()
            found = Found(source.path, str(file), size=end - start, span=(start, end))
            yield Item(found, digest)


def _blame(item: Item, how: str) -> Item:
    """The item as the reject it becomes; its digest, which no content has, lets one try again."""
    if isinstance(item.found, Reject):
        return item
    digest = item.digest or fingerprint(item.found)
    return Item(Reject(item.path, digest, item.size, None, WORKER_DIED, how), WORKER_DIED)
