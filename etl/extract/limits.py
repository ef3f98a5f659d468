"""How much of what somebody else wrote is read, so that no file can cost more than it should."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing_extensions import Buffer

MOST_BYTES = 32 << 20
"""Bytes of one document; the longest newspaper article has well under one million."""

MOST_CHARS = 1_000_000
"""Characters of one article; a long novel has as many."""

MOST_BLOCKS = 100_000
"""Blocks of one document."""

LONGEST_BLOCK = 30_000
"""Characters of one block; a government's yearly report on a single line has two thirds of that."""

MOST_STACKED = 10_000
"""Documents in one stacked file."""

MOST_MEMBERS = 100_000
"""Members of one archive."""

MOST_EXPANSION = 100
"""How many times its own size an archive may grow to; news text grows about threefold."""

FREE_BYTES = 16 << 20
"""What any archive may grow to, however small it is."""

DEEPEST = 2
"""Archives within archives."""


_CHUNK = 1 << 20


class Readable(Protocol):
    """All that is asked of a decompressor."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes."""


class ExpansionError(ValueError):
    """An archive grows beyond every measure: a bomb."""


class Budget:
    """What an archive of `size` bytes may still grow to.

    >>> Budget(1_000).spend(5_000)
    >>> Budget(1_000).spend(1 << 40)
    Traceback (most recent call last):
    etl.extract.limits.ExpansionError: grows to more than 100 times its size
    """

    def __init__(self, size: int) -> None:
        """A fresh budget for an archive of `size` bytes."""
        self._left = max(FREE_BYTES, MOST_EXPANSION * size)

    def spend(self, count: int) -> None:
        """Take `count` bytes off.

        Raises:
            ExpansionError: nothing is left.
        """
        self._left -= count
        if self._left < 0:
            raise ExpansionError(f"grows to more than {MOST_EXPANSION} times its size")


class Metered(io.RawIOBase):
    """What a decompressor yields, read forward only and within a budget."""

    def __init__(self, stream: Readable, budget: Budget) -> None:
        """Read `stream`, and spend `budget` on it."""
        super().__init__()
        self._stream = stream
        self._budget = budget
        self._position = 0

    def readable(self) -> bool:
        """Reading is all it does."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill `buffer`; fewer bytes only at the end."""
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        self._budget.spend(len(data))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        """How many bytes were read."""
        return self._position

    def seek(self, position: int, whence: int = 0, /) -> int:
        """Read on to `position`; what was read is gone."""
        if whence != 0 or position < self._position:
            raise io.UnsupportedOperation("a compressed stream is read forward only")
        while self._position < position and self.read(min(position - self._position, _CHUNK)):
            pass
        return self._position
