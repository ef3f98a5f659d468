"""A signal ends a query of DuckDB at once, as it ends other work.

DuckDB looks for signals itself, but only as often as the main thread ends a part of a query,
which can be minutes, and it raises another error than the handler's. So a command listens: Python
writes a byte for each signal the moment it arrives, and a thread interrupts who is asking. Who
uses the package as a library has signals of their own, which are left alone.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from socket import socketpair
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

    from duckdb import DuckDBPyConnection

_ASKING: list[DuckDBPyConnection] = []
"""The connections in use; kept here because a signal concerns them all."""
_BYTES = 16


def listen() -> None:
    """Let SIGINT and SIGTERM end queries from now on; once in a process, whose end it lasts to.

    Raises:
        ValueError: this is not the main thread, to which signals go.
    """
    ear, mouth = socketpair()
    mouth.settimeout(0)
    signal.set_wakeup_fd(mouth.detach(), warn_on_full_buffer=False)
    Thread(target=_listen, args=(ear,), daemon=True).start()


@contextmanager
def heed_interrupts(con: DuckDBPyConnection) -> Iterator[None]:
    """Let a signal interrupt what the connection does, if the process listens."""
    _ASKING.append(con)
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise
    finally:
        _ASKING.remove(con)


def _listen(ear: socket) -> None:
    while numbers := ear.recv(_BYTES):
        if {signal.SIGINT, signal.SIGTERM}.intersection(numbers):
            _interrupt()


def _interrupt() -> None:
    """In a function of its own: the listening thread shall keep no connection alive."""
    for con in tuple(_ASKING):
        with suppress(Exception):  # it has been closed this instant
            con.interrupt()
