"""A signal ends a query of DuckDB at once, as it ends other work."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from socket import socketpair
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

    from duckdb import DuckDBPyConnection


@contextmanager
def heed_interrupts(con: DuckDBPyConnection) -> Iterator[None]:
    """Interrupt what the connection does when a signal arrives that Python handles.

    DuckDB looks for signals itself, but only as often as the main thread ends a part of a query,
    which can be minutes, and it raises another error than the handler's.
    """
    if current_thread() is not main_thread():  # signals go to the main thread
        yield
        return
    ear, mouth = socketpair()
    mouth.settimeout(0)
    listener = Thread(target=_listen, args=(ear, con), daemon=True)
    listener.start()
    before = signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.set_wakeup_fd(before)
        mouth.close()
        listener.join()
        ear.close()


def _listen(ear: socket, con: DuckDBPyConnection) -> None:
    """Python tells each signal by a byte, its number, until the other end is closed."""
    while numbers := ear.recv(16):
        if {signal.SIGINT, signal.SIGTERM}.intersection(numbers):
            con.interrupt()
