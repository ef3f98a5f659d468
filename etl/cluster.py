"""Batches on a Dask cluster: the same steps, on whatever machines its workers run.

A worker needs this package, the same as here, and has to see the sources and the folder where the
rows are written; each task makes sure of that first. The scheduler needs nothing but Dask.
Addresses that begin with `tls://` take their certificates from Dask's own configuration.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import platform
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory, gettempdir
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from etl import storage
from etl.errors import EtlError, UsageError, WorkerDiedError
from etl.executors import count_cores
from etl.extract.listing import Found
from etl.installation import find_makers_of_rows, read_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client, LocalCluster

ResultT = TypeVar("ResultT")

_SECONDS_TO_ANSWER = 5
_SECONDS_TO_JOIN = 30
_SECONDS_ALONE = 60


@contextmanager
def open_cluster(
    scheduler: str | None, output: Path | str, workers: int | None = None
) -> Iterator[Executor]:
    """An executor on the cluster of `scheduler`, or on one of this machine for the time being.

    The workers must see the folder of `output`, where their results are written; for a URL, the one
    for temporary files. `workers` is how many processes a cluster of this machine has, one a core
    unless told otherwise.

    Raises:
        UsageError: Dask is not installed, nothing answers at this address, or a worker is not fit
            for the work.
        EtlError: no worker is there.
    """
    with ExitStack() as held:
        client = _connect(held, scheduler, workers)
        terms = _Terms(find_installation(), held.enter_context(_mark(_find_folder(output))))
        _check_workers(client, terms)
        yield held.enter_context(_Cluster(client, terms))


@cache
def find_installation() -> dict[str, str]:
    """What this machine and a worker must have in common: name → version."""
    return {"distributed": read_version("distributed"), **find_makers_of_rows()}


class _Terms(NamedTuple):
    """What a worker must have: the same code and libraries, and the file `mark` in its sight."""

    installation: dict[str, str]
    mark: str


class _Cluster(Executor):
    """Dask's own executor, with what may go wrong there told in our words."""

    def __init__(self, client: Client, terms: _Terms) -> None:
        self._client, self._terms = client, terms
        self._executor = client.get_executor(pure=False)
        self._open: set[Future[Any]] = set()
        self._is_over = Event()
        Thread(target=self._watch, daemon=True).start()

    def submit(
        self, fn: Callable[..., ResultT], /, *args: object, **kwargs: object
    ) -> Future[ResultT]:
        """What `fn` returns on some worker."""
        future: Future[ResultT] = Future()
        self._open.add(future)
        request = pickle.dumps(_Errand(_work, self._terms, partial(fn, *args, **kwargs)))
        done = self._executor.submit(pickle.loads, request)
        done.add_done_callback(partial(self._pass_on, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  as every Executor
        """Nothing more is wanted; what still runs is given up."""
        self._is_over.set()
        self._executor.shutdown(wait=False)

    def _pass_on(self, future: Future[Any], done: Future[Any]) -> None:
        self._open.discard(future)
        with suppress(InvalidStateError):  # `_watch` was faster
            try:
                future.set_result(done.result())
            except CancelledError:
                future.set_exception(EtlError("The Dask scheduler has gone away."))
            except Exception as error:  # noqa: BLE001  whoever asks the future gets it
                future.set_exception(_to_own(error))

    def _watch(self) -> None:
        """Give up when no worker is left: Dask would wait for ever."""
        alone = 0
        while alone < _SECONDS_ALONE and not self._is_over.wait(1):
            with suppress(Exception):  # the scheduler is gone, which `_pass_on` tells
                alone = 0 if self._client.scheduler_info()["workers"] else alone + 1
        while self._open and not self._is_over.is_set():
            with suppress(InvalidStateError):
                self._open.pop().set_exception(EtlError("No worker is left on the Dask cluster."))


class _Errand:
    """A call that is made where it is unpickled.

    Dask is only ever asked to unpickle: so its scheduler need not know our modules, and a worker
    that lacks them raises an error, where it would end otherwise.
    """

    def __init__(self, function: Callable[..., object], *args: object) -> None:
        self._call = function, args

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._call


def _work(terms: _Terms, task: partial[ResultT]) -> ResultT:
    """What a worker does."""
    _check_terms(terms)
    files = [place for place in _find_places(task.args) if not storage.is_url(place)]
    if files and not any(map(os.path.lexists, files)):
        raise UsageError(
            f"The worker on {platform.node()} does not see {files[0]}: "
            "the sources must lie where all workers find them, under the same name."
        )
    return task()


def _check_terms(terms: _Terms) -> None:
    """Done by a worker.

    Raises:
        UsageError: it is not fit for the work.
    """
    here = find_installation()
    for name, version in terms.installation.items():
        if here.get(name) != version:
            raise UsageError(
                f"The worker on {platform.node()} has {name} {here.get(name)}, this machine "
                f"{version}: install the same on both."
            )
    if not Path(terms.mark).exists():
        raise UsageError(
            f"The worker on {platform.node()} does not see {Path(terms.mark).parent}: "
            "the output must lie where all workers find it, under the same name."
        )


def _find_places(value: object) -> Iterator[str]:
    """Where the sources lie that a task is about."""
    if isinstance(value, Found):
        if value.location:
            yield value.location
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _find_places(item)


def _to_own(error: Exception) -> Exception:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return WorkerDiedError("it ended the Dask workers that tried it")
    if isinstance(error, ImportError):
        return UsageError(f"A worker lacks this package ({error}): install it there as well.")
    return error


def _find_folder(output: Path | str) -> Path:
    """The nearest there is: a run makes the others."""
    place = Path(gettempdir(), "release") if storage.is_url(output) else Path(output).resolve()
    return next(folder for folder in place.parents if folder.is_dir())


@contextmanager
def _mark(folder: Path) -> Iterator[str]:
    """A new file in `folder`, by which it is told from one of the same name elsewhere."""
    try:
        mark = NamedTemporaryFile(prefix=".etl-", dir=folder)  # noqa: SIM115  it is, below
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from error
    with mark:
        yield mark.name


def _check_workers(client: Client, terms: _Terms) -> None:
    """Before anything is asked of them; who joins later is checked with the first task."""
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_JOIN)
        client.run(pickle.loads, pickle.dumps(_Errand(_check_terms, terms)))
    except TimeoutError as error:
        raise EtlError(
            "The Dask scheduler has no workers: start some with `dask worker`."
        ) from error
    except Exception as error:
        raise _to_own(error) from error


def _connect(held: ExitStack, scheduler: str | None, workers: int | None) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--engine dask needs Dask: pip install 'jingjinji-etl[dask]'.") from error
    _silence_logs()
    if not scheduler:
        return held.enter_context(Client(held.enter_context(_open_local(workers))))
    try:
        asyncio.run(asyncio.wait_for(_greet(scheduler), 2 * _SECONDS_TO_ANSWER))
        return held.enter_context(Client(scheduler, timeout=_SECONDS_TO_ANSWER))
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        reason = f" ({error})" if str(error) else ""
        raise UsageError(f"No Dask scheduler answers at {scheduler}{reason}.") from error


def _silence_logs() -> None:
    """What matters is told in a sentence; each part of Dask has a log of its own."""
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


async def _greet(address: str) -> None:
    """Be answered as by a scheduler: a client would wait for ever for another server's greeting."""
    from distributed import Security
    from distributed.comm import connect

    arguments = Security().get_connection_args("client")
    comm = await connect(address, timeout=_SECONDS_TO_ANSWER, **arguments)
    await comm.close()


@contextmanager
def _open_local(workers: int | None) -> Iterator[LocalCluster]:
    """Processes of this machine, which only they who started them can talk to."""
    from dask import config
    from distributed import LocalCluster

    with (
        TemporaryDirectory(prefix="etl-") as scratch,
        config.set(temporary_directory=scratch),
        LocalCluster(
            n_workers=workers or count_cores(),
            threads_per_worker=1,
            memory_limit=0,
            host="127.0.0.1",
            dashboard_address=None,
            security=True,
            silence_logs=logging.CRITICAL,
            env={"POLARS_MAX_THREADS": "1"},
        ) as cluster,
    ):
        yield cluster
