"""Where batches run: in this process, in processes of our own, or on the caller's executor."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, wait
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from etl.errors import WorkerDiedError
from etl.processes import Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

BatchT = TypeVar("BatchT")
ResultT = TypeVar("ResultT")

_WINDOW = 256
"""So many batches are handed out to an executor of the caller's: it may have as many cores."""

_FEW_DEATHS = 100

# Polars lets the system resume a wait that Ctrl-C has broken off: Python hears of it afterwards.
_SECONDS_UNHEARD = 0.2


def run_each(
    step: Callable[[BatchT], ResultT],
    batches: Iterable[BatchT],
    workers: int | Executor | None = None,
    recover: Callable[[BatchT, str], Iterable[BatchT]] | None = None,
    *,
    isolate: bool = False,
) -> Iterator[ResultT]:
    """What `step` returns for every batch, in the order they finish; batches are taken as needed.

    `workers` is how many processes to use, None for one a core; or an executor, whose processes
    must be able to import the step. One worker, or a single batch, is this process, unless
    `isolate`: another costs more than it saves. `recover` is told of a batch whose process died,
    and how, and says what to run in its stead.

    Raises:
        WorkerDiedError: processes die one after the other, or one died and there is no `recover`.

    >>> list(run_each(str, [1, 2], workers=1))
    ['1', '2']
    """
    batches = iter(batches)
    if isinstance(workers, Executor):
        yield from _hand_out(step, batches, workers, _WINDOW, recover)
        return
    count = workers or count_cores()
    first = list(islice(batches, 2))
    batches = chain(first, batches)
    if not isolate and (count == 1 or len(first) <= 1):
        yield from map(step, batches)
        return
    module = getattr(step, "func", step).__module__
    with Crew(count, module) as crew:
        yield from _hand_out(step, batches, crew, 2 * count, recover)


def count_cores() -> int:
    """The cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not everywhere
        return os.cpu_count() or 1


def _hand_out(
    step: Callable[[BatchT], ResultT],
    batches: Iterator[BatchT],
    executor: Executor,
    window: int,
    recover: Callable[[BatchT, str], Iterable[BatchT]] | None,
) -> Iterator[ResultT]:
    """Never more than about `window` batches at a time: they may be taking up room."""
    waiting: dict[Future[ResultT], BatchT] = {}
    again: deque[BatchT] = deque()
    deaths, done = 0, 0
    try:
        while True:
            while len(waiting) < window and (batch := _take(again, batches)) is not None:
                waiting[executor.submit(step, batch)] = batch
            if not waiting:
                return
            for future in wait(waiting, _SECONDS_UNHEARD, FIRST_COMPLETED).done:
                batch = waiting.pop(future)
                try:
                    result = future.result()
                except WorkerDiedError as error:
                    deaths += 1
                    if recover is None or deaths > _FEW_DEATHS + done:
                        raise
                    again += recover(batch, str(error))
                else:
                    done += 1
                    yield result
    except (BrokenExecutor, WorkerDiedError) as error:
        raise WorkerDiedError(
            f"Worker processes end abruptly ({error}), perhaps for want of memory: "
            "try fewer --workers."
        ) from error


def _take(again: deque[BatchT], batches: Iterator[BatchT]) -> BatchT | None:
    """The next batch to hand out, those of a dead worker first; None if there is no more."""
    return again.popleft() if again else next(batches, None)
