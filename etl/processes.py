"""Worker processes of our own: each holds one task at a time, so a death tells which.

A process is started fresh, never forked: Polars' threads do not survive a fork. It imports what
its tasks need once, takes tasks from one pipe, and ends as soon as another, its standard input,
is closed: so it never outlives who started it.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import traceback
from concurrent.futures import Executor, Future
from importlib import import_module
from multiprocessing.connection import Connection, Pipe
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from etl.errors import EtlError, WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import Callable

ResultT = TypeVar("ResultT")

_START = "import sys; sys.path[:] = {}; from etl.processes import serve; serve({}, {!r})"


class Crew(Executor):
    """Up to `count` processes; each starts with its first task and imports `module` once.

    The future of a task whose process dies raises WorkerDiedError, and another process takes over.
    Leaving the context by an exception kills the processes; no task is waited for.
    """

    def __init__(self, count: int, module: str) -> None:
        """Nothing is started yet."""
        self._module = module
        self._tasks: SimpleQueue[tuple[Future[Any], bytes] | None] = SimpleQueue()
        self._workers: set[_Worker] = set()
        self._is_over = False
        self._threads = [Thread(target=self._employ, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(
        self, fn: Callable[..., ResultT], /, *args: object, **kwargs: object
    ) -> Future[ResultT]:
        """What `fn`, which a process must be able to import, returns there."""
        future: Future[ResultT] = Future()
        self._tasks.put((future, pickle.dumps((fn, args, kwargs))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  as every Executor
        """Let the processes end after their tasks, or at once with `cancel_futures`."""
        self._is_over = cancel_futures
        for _ in self._threads:
            self._tasks.put(None)
        if cancel_futures:
            for worker in list(self._workers):
                worker.kill()
        if wait:
            for thread in self._threads:
                thread.join()

    def __exit__(self, error: object, *_: object) -> None:
        """Wait for the tasks, unless something went wrong."""
        self.shutdown(cancel_futures=error is not None)

    def _employ(self) -> None:
        """What each thread does: keep one process busy, and replace it when it dies."""
        worker = None
        while task := self._tasks.get():
            future, request = task
            if self._is_over or not future.set_running_or_notify_cancel():
                continue
            try:
                worker = worker or self._start()
                future.set_result(worker.ask(request))
            except Exception as error:  # noqa: BLE001  whoever asks the future gets it
                if worker and isinstance(error, WorkerDiedError):
                    self._dismiss(worker)
                    worker = None
                future.set_exception(error)
        if worker:
            self._dismiss(worker)

    def _start(self) -> _Worker:
        worker = _Worker(self._module)
        self._workers.add(worker)
        if self._is_over:  # `shutdown` did not see it
            worker.kill()
        try:
            worker.receive()
        except WorkerDiedError as error:
            self._dismiss(worker)
            raise EtlError(f"No worker process can be started: {error}.") from error
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        worker.end()


class _Worker:
    """One process, as its owner sees it."""

    def __init__(self, module: str) -> None:
        self._pipe, far_end = Pipe()
        code = _START.format(sys.path, far_end.fileno(), module)
        self._process = subprocess.Popen(  # noqa: S603  our own code
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            pass_fds=[far_end.fileno()],
            env=os.environ | {"POLARS_MAX_THREADS": "1"},
            process_group=0,  # Ctrl-C is for the owner alone
        )
        far_end.close()

    def ask(self, request: bytes) -> object:
        """The answer to a task.

        Raises:
            WorkerDiedError: the process ended instead of answering.
        """
        try:
            self._pipe.send_bytes(request)
        except OSError as error:
            raise WorkerDiedError(self._describe_end()) from error
        return self.receive()

    def receive(self) -> object:
        """The next answer; the first one says that the process is ready."""
        try:
            answer = self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkerDiedError(self._describe_end()) from error
        is_done, value = pickle.loads(answer)  # noqa: S301  from our own process
        if not is_done:
            raise value
        return value

    def kill(self) -> None:
        """Let the process end, whatever it does; `ask` will notice."""
        self._process.kill()

    def end(self) -> None:
        """The same, when nobody asks any more."""
        self._process.kill()
        self._process.communicate()
        self._pipe.close()

    def _describe_end(self) -> str:
        code = self._process.wait()
        if code < 0:
            return f"it was killed by {signal.Signals(-code).name}"
        return f"it ended with exit code {code}"


def serve(fd: int, module: str) -> None:
    """What a process does: import `module`, say so, and answer tasks as long as it has an owner."""
    Thread(target=_leave_with_owner, daemon=True).start()
    import_module(module)
    gc.freeze()  # what is imported stays: no collection needs to look at it again
    pipe = Connection(fd)
    answer: tuple[bool, object] = (True, None)
    while True:
        pipe.send_bytes(_pack(answer))
        try:
            request = pipe.recv_bytes()
        except EOFError:
            return
        answer = _answer(request)


def _answer(request: bytes) -> tuple[bool, object]:
    try:
        function, args, kwargs = pickle.loads(request)  # noqa: S301  from our own owner
        return True, function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  it is for the owner to judge
        error.add_note(traceback.format_exc())
        return False, error


def _pack(answer: tuple[bool, object]) -> bytes:
    try:
        message = pickle.dumps(answer)
        pickle.loads(message)  # noqa: S301  some errors can be written but not read back
    except Exception as error:  # noqa: BLE001  pickling runs the code of any class
        value = answer[1]
        return pickle.dumps((False, EtlError(f"{type(value).__name__}: {value} ({error})")))
    return message


def _leave_with_owner() -> None:
    os.read(0, 1)  # nothing ever comes
    os._exit(1)
