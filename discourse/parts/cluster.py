"""Parts on a cluster of machines: the processes of a Dask scheduler, of which one may be lost without a loss."""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor, wait
from functools import partial
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import Any, Self

from discourse.errors import ResourceError, SourceError
from discourse.parts.tree import FAN_IN, join_neighbours, leave_out, pick, span_of
from discourse.parts.versions import own_versions, tell_others

__all__ = ["Cluster"]

_AHEAD = 3  # parts for each thread of the cluster that are under way at a time
TIMEOUT = 30  # seconds in which a scheduler has to answer
PATIENCE = 60  # seconds for which a cluster may be without a process
LOOK = 10  # seconds without a result after which processes are looked for
_RETRIES = 3
_FAILED = ("cancelled", "error", "lost")


class Cluster:
    """Parts in the processes of a ``distributed`` scheduler; those of a process that is lost are done again elsewhere.

    Parameters
    ----------
    scheduler : str
        Address of the scheduler, such as ``tcp://10.0.0.1:8786``.
    """

    shares_files = False

    def __init__(self, scheduler: str) -> None:
        self.scheduler = scheduler

    def __enter__(self) -> Self:
        try:
            client = import_module("distributed").Client
        except ImportError as error:
            raise ResourceError(
                f"`scheduler` is {self.scheduler!r}, and the package of clusters is not installed. "
                "Run: pip install 'arabic-discourse[dask]'"
            ) from error
        try:
            self._client = client(self.scheduler, timeout=TIMEOUT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ResourceError(
                f"`scheduler` is {self.scheduler!r}, where none answers within {TIMEOUT} seconds. "
                "Start one (dask scheduler), or check the address."
            ) from error
        self._fetching = ThreadPoolExecutor(1)
        try:
            self._look_at_processes()
        except OSError as error:
            self.__exit__()
            raise self._lost() from error
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close(timeout=5)  # what is still waited for is cancelled by it
        self._fetching.shutdown(wait=False, cancel_futures=True)

    def _look_at_processes(self) -> None:
        """Raise where there is no process, or one with other versions."""
        try:
            self._client.wait_for_workers(1, timeout=TIMEOUT)
        except TimeoutError as error:
            raise self._without_processes(TIMEOUT) from error
        if told := tell_others(self.scheduler, own_versions(), self._client.run(own_versions, on_error="return")):
            raise ResourceError(told)

    def _without_processes(self, seconds: int) -> ResourceError:
        return ResourceError(
            f"`scheduler` is {self.scheduler!r}, which has had no process for {seconds} seconds. "
            f"Start some: dask worker {self.scheduler}"
        )

    @property
    def n_workers(self) -> int:
        """Threads of the cluster, as many as there are now."""
        return max(sum(self._client.nthreads().values()), 1)

    def begin(self, job: Callable[[Any], Any], given: Any) -> Callable[[], Any]:
        """Return what does the job in this process when it is asked for the result: only parts go to the cluster."""
        return partial(job, given)

    def over(self, job: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Give the place of each part and what the job made of it, as they are done.

        Where the job says which tables come ``apart``, those of a part come by themselves, and all others of
        neighbours, joined where they were made, with the place of the first; a part that has nothing else to give
        comes with nothing as it is done.

        Raises
        ------
        ResourceError
            The scheduler is lost, or all processes are, or parts were tried several times in vain.
        SourceError
            A process cannot read its part.
        """
        distributed, sent = import_module("distributed"), _Sent(self._client, self.scheduler, job, parts)
        try:
            sent.send(_AHEAD * self.n_workers)
            while sent.told:
                future = self._next(sent.done)
                what, number = sent.told.pop(future.key)
                made = self._result(future) if what != "part" or future.status in _FAILED else {}
                if what in ("part", "whole"):
                    sent.n_done += 1
                    sent.send(1)
                yield number, made
        except (distributed.comm.CommClosedError, CancelledError, OSError) as error:
            raise self._lost(sent.n_done, len(parts)) from error

    def _lost(self, n_done: int = 0, n_parts: int = 0) -> ResourceError:
        when = f"after {n_done} of {n_parts} parts" if n_parts else "before the first part"
        return ResourceError(
            f"the scheduler {self.scheduler!r} was lost {when}. Start it again and run the same command."
        )

    def _next(self, done: SimpleQueue) -> Any:
        """Wait for what is done next; look now and then whether anybody works on it."""
        seconds = 0
        while True:
            try:
                return done.get(timeout=LOOK)
            except Empty:
                seconds = self._without_since(seconds)

    def _without_since(self, seconds: int) -> int:
        """Return for how long there has been no process, by how long there was none at the last look."""
        seconds = 0 if self._client.nthreads() else seconds + LOOK
        if seconds >= PATIENCE:
            raise self._without_processes(seconds)
        return seconds

    def _result(self, future: Any) -> Any:
        """Fetch what was made; where the process that made it is lost meanwhile, wait for another one to do so."""
        fetched, seconds = self._fetching.submit(future.result), 0
        while not wait([fetched], timeout=LOOK).done:
            seconds = self._without_since(seconds)
        try:
            return fetched.result()
        except Exception as error:
            if future.status != "error":
                raise  # of the connection, not of the part
            if isinstance(error, import_module("distributed").KilledWorker):
                raise ResourceError(
                    f"a part ended several processes of {self.scheduler!r}, which is mostly want of memory ({error}). "
                    "Give them more, or take smaller parts."
                ) from error
            if isinstance(error, OSError):
                raise SourceError(
                    f"a process of {self.scheduler!r} cannot read its part ({error}). The corpus has to lie where "
                    "every machine reaches it: on a shared disk, or at an address."
                ) from error
            raise


class _Sent:
    """One pass over parts: what was sent of it, and by its key what comes of that."""

    def __init__(self, client: Any, scheduler: str, job: Callable[[Any], Any], parts: Sequence[Any]) -> None:
        self._client, self._scheduler, self._waiting = client, scheduler, list(enumerate(parts))[::-1]
        self._apart, self._n_parts = getattr(job, "apart", None), len(parts)
        n_documents = 0 if self._apart is None else sum(len(part.documents) for part in parts)
        self._span = 1 if self._apart is None else span_of(len(parts), n_documents)
        # a task, not scattered data: it is made again where the process that held it is lost
        self._job = client.submit(pickle.loads, pickle.dumps(job), retries=_RETRIES)
        self._neighbours: list[Any] = []
        self.done: SimpleQueue = SimpleQueue()
        self.told: dict[str, tuple[str, int]] = {}
        self.n_done = 0

    def send(self, n_parts: int) -> None:
        """Send so many more of the parts, and what joins them."""
        while self._waiting and n_parts:
            number, part = self._waiting.pop()
            n_parts -= 1
            whole = self._submit(_do, self._job, part, self._scheduler, own_versions())
            is_last = number + 1 == self._n_parts
            if self._span == 1 or (is_last and not self._neighbours):
                self._wait_for(whole, "whole", number)
                continue
            if self._apart:
                self._wait_for(self._submit(pick, whole, self._apart), "alone", number)
                whole = self._submit(leave_out, whole, self._apart)
            self._wait_for(whole, "part", number)
            self._neighbours.append(whole)
            if len(self._neighbours) == self._span or is_last:
                first = number + 1 - len(self._neighbours)
                self._wait_for(self._joined(self._neighbours), "joined", first)
                self._neighbours = []

    def _joined(self, level: list[Any]) -> Any:
        """Join neighbours, then what came of them; a process that is lost on the way costs its own share alone."""
        while len(level) > 1:
            some = [level[first : first + FAN_IN] for first in range(0, len(level), FAN_IN)]
            level = [self._submit(join_neighbours, few) if len(few) > 1 else few[0] for few in some]
        return level[0]

    def _submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return self._client.submit(function, *arguments, pure=False, retries=_RETRIES)

    def _wait_for(self, future: Any, what: str, number: int) -> None:
        self.told[future.key] = (what, number)
        future.add_done_callback(self.done.put)


def _do(job: Callable[[Any], Any], part: Any, scheduler: str, versions: Mapping[str, str]) -> Any:
    """Do the job to a part, in a process of the same versions: it may have joined after the others were looked at."""
    if own_versions() != versions:
        address = import_module("distributed").get_worker().address
        raise ResourceError(tell_others(scheduler, versions, {address: own_versions()}))
    return job(part)
