"""Where parts are worked on: in this process, in several of this machine, or on a cluster."""

import copyreg
import multiprocessing
import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from multiprocessing.connection import wait as wait_for
from multiprocessing.util import Finalize
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, Self, runtime_checkable

from discourse.errors import ResourceError, SchemaError

__all__ = ["Here", "Pool", "Processes", "open_pool"]

_AHEAD = 2  # parts for each process that are under way at a time

_jobs: dict[str, Callable[[Any], Any]] = {}  # the job that this process did last, by its file


def closed(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    """Return a mapping that no one may change: lexicons hold such ones, which are sent as plain ones.

    Examples
    --------
    >>> pickle.loads(pickle.dumps(closed({"a": 1})))["a"]
    1
    """
    return MappingProxyType(mapping)


def _sent(mapping: Any) -> Any:
    return closed, (dict(mapping),)


copyreg.pickle(MappingProxyType, _sent)


@runtime_checkable
class Pool(Protocol):
    """Does a job to every part."""

    @property
    def n_workers(self) -> int:
        """How many parts are worked on at a time."""
        ...

    def over(self, job: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Give the place of each part and what the job made of it, in the order in which they are done."""
        ...

    def begin(self, job: Callable[[Any], Any], given: Any) -> Callable[[], Any]:
        """Begin a job beside the parts, and return what gives its result, waiting for it."""
        ...

    @property
    def shares_files(self) -> bool:
        """Whether what works on parts has the files of this machine."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


class Here:
    """One part after the other in this process."""

    n_workers = 1
    shares_files = True

    def begin(self, job: Callable[[Any], Any], given: Any) -> Callable[[], Any]:
        """Return what does the job when it is asked for the result."""
        return partial(job, given)

    def over(self, job: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Give the place of each part and what the job made of it."""
        return ((number, job(part)) for number, part in enumerate(parts))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass


class Processes:
    """Parts in several processes of this machine; no more than two for each are under way at a time.

    Each process is begun anew (spawned) and reads its parts itself; what they share is read once from a file.

    Parameters
    ----------
    n_workers : int
        Processes.
    first : callable, optional
        What each does as soon as it is begun, while this process still does other things: imports, mostly.
    """

    shares_files = True

    def __init__(self, n_workers: int, first: Callable[[], Any] | None = None) -> None:
        if isinstance(n_workers, bool) or not isinstance(n_workers, int) or n_workers < 1:
            raise SchemaError(f"`workers` is {n_workers!r}; it must be a whole number of processes, 1 or more.")
        self.n_workers, self._first = n_workers, first

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory()
        spawn = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.n_workers, mp_context=spawn, initializer=begin_process)
        self._n_jobs = 0
        if self._first is not None:
            for _ in range(self.n_workers):
                self._pool.submit(self._first)
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._folder.cleanup()

    def begin(self, job: Callable[[Any], Any], given: Any) -> Callable[[], Any]:
        """Begin a job in the next process that is free, and return what gives its result.

        Raises
        ------
        ResourceError
            A process ended before the job was done.
        """
        with self._telling():
            future = self._pool.submit(job, given)

        def result() -> Any:
            with self._telling():
                return future.result()

        return result

    def over(self, job: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Give the place of each part and what the job made of it, as they are done.

        Raises
        ------
        ResourceError
            A process ended before its part was done.
        """
        path = os.path.join(self._folder.name, f"job-{self._n_jobs}")
        self._n_jobs += 1
        Path(path).write_bytes(pickle.dumps(job))
        waiting, running = list(enumerate(parts))[::-1], dict[Future, int]()
        try:
            with self._telling():
                while waiting or running:
                    while waiting and len(running) < _AHEAD * self.n_workers:
                        number, part = waiting.pop()
                        running[self._pool.submit(_do, path, part)] = number
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        yield running.pop(future), future.result()
        finally:
            for future in running:
                future.cancel()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except BrokenProcessPool as error:
            raise ResourceError(
                f"a process of {self.n_workers} ended before its part was done, which is mostly want of memory. "
                "Take fewer workers, or smaller parts."
            ) from error


def begin_process() -> None:
    """Have this process end with the one that began it, and end at once: tables need not be taken down one by one."""
    end_with_parent()
    Finalize(None, _leave, exitpriority=-1_000)  # behind all others


def _leave() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def end_with_parent() -> None:
    """End this process when the one that began it is gone, killed or not: nobody waits for its part."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait_for([parent.sentinel]), os._exit(1)), daemon=True).start()


def _do(path: str, part: Any) -> Any:
    """Do the job in a file to a part; a process reads the file once."""
    if path not in _jobs:
        _jobs.clear()
        _jobs[path] = pickle.loads(Path(path).read_bytes())  # written by the process that began this one
    return _jobs[path](part)


def open_pool(
    workers: "int | Pool | None", scheduler: str | None, first: Callable[[], Any] | None = None
) -> AbstractContextManager[Pool]:
    """Return the pool that is asked for: a cluster by its scheduler, so many processes, or none beside this one.

    A pool that is open already is given back and stays open; ``first`` as for ``Processes``.
    """
    if isinstance(workers, Pool):
        return nullcontext(workers)
    if scheduler is not None:
        from discourse.parts.cluster import Cluster

        return Cluster(scheduler)
    return Here() if workers is None else Processes(workers, first)
