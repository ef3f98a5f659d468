"""Where batches run: in this process, in processes of our own, or on the caller's executor."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import wait as wait_for_any
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from etl.errors import EtlError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BatchT = TypeVar("BatchT")
ResultT = TypeVar("ResultT")

_WINDOW = 256
"""So many batches are handed out at a time: more than any machine has cores."""


def run_each(
    step: Callable[[BatchT], ResultT],
    batches: Sequence[BatchT],
    workers: int | Executor | None = None,
) -> Iterator[ResultT]:
    """What `step` returns for every batch, in the order they finish.

    `workers` is how many processes to use, None for one a core; or an executor, whose processes
    must be able to import the step. A single batch runs here: a process costs more than it saves.

    Raises:
        EtlError: a process ended abruptly.

    >>> list(run_each(str, [1, 2], workers=1))
    ['1', '2']
    """
    if isinstance(workers, Executor):
        yield from _hand_out(step, batches, workers)
        return
    count = min(workers or os.cpu_count() or 1, len(batches))
    if count <= 1:
        yield from map(step, batches)
        return
    with _open_pool(count) as executor:
        yield from _hand_out(step, batches, executor)


def _hand_out(
    step: Callable[[BatchT], ResultT], batches: Sequence[BatchT], executor: Executor
) -> Iterator[ResultT]:
    left = iter(batches)
    waiting = {executor.submit(step, batch) for batch in islice(left, _WINDOW)}
    try:
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {executor.submit(step, batch) for batch in islice(left, len(done))}
            yield from (future.result() for future in done)
    except BrokenProcessPool as error:
        raise EtlError(
            "A worker process ended abruptly, perhaps for want of memory: try fewer --workers."
        ) from error


@contextmanager
def _open_pool(workers: int) -> Iterator[Executor]:
    """Processes that start fresh, never forked: Polars' threads do not survive a fork."""
    others = set(multiprocessing.active_children())
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_start_worker) as executor:
        try:
            yield executor
        except BaseException:
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()
            raise


def _start_worker() -> None:
    """One thread for each process, Ctrl-C left to the parent, and no life after the parent's."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait_for_any([parent.sentinel])
        os._exit(1)
