"""Work that takes a while: a number of threads that do it, a queue with an end, and a way to stop."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from assistant.http.errors import BusyError

__all__ = ["END", "End", "Job", "Workers"]

_T = TypeVar("_T")

_RECENT = 0.2
"""How much the last piece of work counts in the time that the next one is expected to take."""


class End:
    """What comes when a job has nothing more to give."""


END = End()


class Job(Generic[_T]):
    """One piece of work that waits, runs or is done. Used from the event loop that began it.

    Args:
        work: gives the results one by one; it is iterated in a worker.
    """

    def __init__(self, work: Callable[[], Iterator[_T]]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._results: asyncio.Queue[_T | Exception | End] = asyncio.Queue()
        self._stopped = threading.Event()
        self.future: Future[None] | None = None

    async def next(self) -> _T | End:
        """The next result, or END.

        Raises:
            Exception: whatever the work raised.
        """
        result = await self._results.get()
        if isinstance(result, Exception):
            raise result
        return result

    def stop(self) -> None:
        """Want no more of it: it leaves the queue, or ends at its next result."""
        self._stopped.set()
        if self.future is not None:
            self.future.cancel()

    def run(self) -> None:
        """Do the work, in a worker."""
        try:
            for result in self._work():
                if self._stopped.is_set():
                    return  # which closes a generator, so that whoever writes there stops too
                self._give(result)
            self._give(END)
        except Exception as error:  # noqa: BLE001  it is raised where the results are waited for
            self._give(error)

    def _give(self, result: _T | Exception | End) -> None:
        try:
            self._loop.call_soon_threadsafe(self._results.put_nowait, result)
        except RuntimeError:  # the loop has ended, and with it whoever waited
            self._stopped.set()


class Workers:
    """Threads that work, and a queue before them. Used from one event loop.

    The threads stay: the store keeps a connection for each.

    Args:
        threads: how many jobs run at once.
        queue: how many may wait.
        name: of the threads, for who looks at a stuck process.
    """

    def __init__(self, threads: int, queue: int, name: str) -> None:
        self._threads = threads
        self._room = threads + queue
        self._taken = 0
        self._seconds = 0.0  # that a job takes of late
        self._lock = threading.Lock()
        self._jobs: set[Job[object]] = set()
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def start(self, work: Callable[[], Iterator[_T]]) -> Job[_T]:
        """Begin a job, or put it into the queue.

        Raises:
            BusyError: the queue is full.
        """
        job = Job(work)
        with self._lock:
            if self._taken >= self._room:
                raise BusyError(max(1, math.ceil(self._taken / self._threads * self._seconds)))
            self._taken += 1
            self._jobs.add(job)  # type: ignore[arg-type]
        job.future = self._executor.submit(self._timed, job)
        # Only now is its place free again: work that nobody waits for any more still takes a thread.
        job.future.add_done_callback(lambda _: self._left(job))
        return job

    async def result(self, work: Callable[[], _T]) -> _T:
        """The one result of some work.

        Raises:
            BusyError: the queue is full.
            Exception: whatever the work raised.
        """
        job = self.start(lambda: iter((work(),)))
        try:
            result = await job.next()
        finally:
            job.stop()
        assert not isinstance(result, End)
        return result

    def close(self) -> None:
        """Stop everything and wait until no thread uses the store any more."""
        with self._lock:
            jobs = list(self._jobs)
        for job in jobs:
            job.stop()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _timed(self, job: Job[_T]) -> None:
        started = time.monotonic()
        job.run()
        with self._lock:
            self._seconds += _RECENT * (time.monotonic() - started - self._seconds)

    def _left(self, job: Job[_T]) -> None:
        with self._lock:
            self._taken -= 1
            self._jobs.discard(job)
