"""Work that takes a while: threads that do it, a queue with an end and a share for each, and a way to stop."""

from __future__ import annotations

import asyncio
import functools
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar, TypeVarTuple

from assistant.http.errors import BusyError

_T = TypeVar("_T")
_Given = TypeVarTuple("_Given")

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

    def __init__(self, work: Callable[[], Iterator[_T]], owner: str = "") -> None:
        self.owner = owner
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._results: asyncio.Queue[_T | Exception | End] = asyncio.Queue()
        self._stopped = threading.Event()
        self.withdraw: Callable[[], None] | None = None

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
        if self.withdraw is not None:
            self.withdraw()

    def give_way(self, error: Exception) -> None:
        """Leave the queue for somebody else's job, with the reason for whoever waits."""
        self._stopped.set()
        self._give(error)

    def run(self) -> None:
        """Do the work, in a worker."""
        if self._stopped.is_set():
            return
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

    The threads stay: the store keeps a connection for each. Those who wait take turns, however much each of them wants;
    and where the queue is full, whoever has most in it gives a place to whoever has less.
    """

    def __init__(self, threads: int, queue: int, name: str) -> None:
        self._threads = threads
        self._room = threads + queue
        self._taken = 0
        self._seconds = 0.0  # that a job takes of late
        self._lock = threading.Lock()
        self._jobs: set[Job[object]] = set()
        self._waiting: OrderedDict[str, deque[Job[object]]] = OrderedDict()  # by owner; the first is the next one
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def start(self, work: Callable[[], Iterator[_T]], owner: str = "") -> Job[_T]:
        """Begin a job, or put it into the queue.

        Raises:
            BusyError: the queue is full, and nobody has more in it than this owner.
        """
        job = Job(work, owner)
        job.withdraw = functools.partial(self._withdraw, job)  # type: ignore[arg-type]
        with self._lock:
            if self._taken >= self._room:
                self._make_room(owner)
            self._taken += 1
            self._jobs.add(job)  # type: ignore[arg-type]
            self._waiting.setdefault(owner, deque()).append(job)  # type: ignore[arg-type]
        self._executor.submit(self._work_on_next)
        return job

    async def result(self, work: Callable[[*_Given], _T], *given: *_Given, owner: str = "") -> _T:
        """The one result of some work, with what it is given; see `start`.

        Raises:
            BusyError: the queue is full, and nobody has more in it than this owner.
            Exception: whatever the work raised.
        """
        job = self.start(lambda: iter((work(*given),)), owner)
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

    def _make_room(self, owner: str) -> None:
        """Have a job leave the queue: the last one of whoever has most in it. Called with the lock."""
        busy = BusyError(max(1, math.ceil(self._taken / self._threads * self._seconds)))
        most = max(self._waiting, key=lambda each: len(self._waiting[each]), default=owner)
        if len(self._waiting.get(most, ())) <= len(self._waiting.get(owner, ())) + 1:
            raise busy
        given_up = self._waiting[most][-1]
        self._dequeue(given_up)
        self._left(given_up)
        given_up.give_way(busy)

    def _withdraw(self, job: Job[object]) -> None:
        """Take a job out of the queue, if it is still there."""
        with self._lock:
            waiting = self._waiting.get(job.owner, ())
            if job in waiting:
                self._dequeue(job)
                self._left(job)

    def _dequeue(self, job: Job[object]) -> None:
        self._waiting[job.owner].remove(job)
        if not self._waiting[job.owner]:
            del self._waiting[job.owner]

    def _work_on_next(self) -> None:
        """Do a job of the owner whose turn it is, in a worker."""
        with self._lock:
            if not self._waiting:  # it was given up
                return
            owner, jobs = self._waiting.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._waiting[owner] = jobs  # behind all others
        started = time.monotonic()
        job.run()
        with self._lock:
            self._seconds += _RECENT * (time.monotonic() - started - self._seconds)
            # Only now is its place free again: work that nobody waits for any more still takes a thread.
            self._left(job)

    def _left(self, job: Job[object]) -> None:
        self._taken -= 1
        self._jobs.discard(job)
