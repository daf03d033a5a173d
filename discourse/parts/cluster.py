"""Parts on a cluster of machines: the processes of a Dask scheduler, of which one may be lost without a loss."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from functools import partial
from importlib import import_module
from typing import Any, Self

from discourse.errors import ResourceError

__all__ = ["Cluster"]

_AHEAD = 3  # parts for each thread of the cluster that are under way at a time
TIMEOUT = 30  # seconds in which a scheduler has to answer
_RETRIES = 3


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
        return self

    @property
    def n_workers(self) -> int:
        """Threads of the cluster, as many as there are now."""
        return max(sum(self._client.nthreads().values()), 1)

    def __exit__(self, *error: object) -> None:
        self._client.close(timeout=5)

    def begin(self, job: Callable[[Any], Any], given: Any) -> Callable[[], Any]:
        """Return what does the job in this process when it is asked for the result: only parts go to the cluster."""
        return partial(job, given)

    def over(self, job: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Give the place of each part and what the job made of it, as they are done.

        Raises
        ------
        ResourceError
            The scheduler is lost, or parts were tried several times in vain.
        """
        distributed, client = import_module("distributed"), self._client
        waiting, numbers = list(enumerate(parts))[::-1], dict[str, int]()
        try:
            # a task, not scattered data: it is made again where the process that held it is lost
            shared = client.submit(pickle.loads, pickle.dumps(job), retries=_RETRIES)
            running = distributed.as_completed(loop=client.loop, with_results=False)

            def send() -> None:
                number, part = waiting.pop()
                future = client.submit(_do, shared, part, pure=False, retries=_RETRIES)
                numbers[future.key] = number
                running.add(future)

            for _ in range(min(len(waiting), _AHEAD * self.n_workers)):
                send()
            for future in running:
                made = future.result()
                if waiting:
                    send()
                yield numbers.pop(future.key), made
        except (distributed.comm.CommClosedError, CancelledError, OSError) as error:
            raise ResourceError(
                f"the scheduler {self.scheduler!r} was lost after {len(parts) - len(waiting) - len(numbers)} of "
                f"{len(parts)} parts. Start it again and run the same command."
            ) from error
        except distributed.KilledWorker as error:
            raise ResourceError(
                f"a part ended several processes of {self.scheduler!r}, which is mostly want of memory ({error}). "
                "Give them more, or take smaller parts."
            ) from error


def _do(job: Callable[[Any], Any], part: Any) -> Any:
    return job(part)
