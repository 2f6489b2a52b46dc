"""Following a job on behalf of a client: until it ends, takes too long, or the client goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import TypeVar

from starlette.types import Receive

from assistant.http.errors import TooSlowError
from assistant.http.workers import End, Job

__all__ = ["HEARTBEAT", "follow"]

HEARTBEAT = 5.0
"""Seconds without news after which None comes, so that a stream can show that it lives."""

_T = TypeVar("_T")


async def follow(job: Job[_T], receive: Receive, *, seconds: float) -> AsyncGenerator[_T | None]:
    """The results of a job as they come, and None every HEARTBEAT seconds without one.

    It ends early when the client goes away; however it ends, the job is stopped.

    Args:
        job: what is followed.
        receive: tells when the client goes away; the body must have been read.
        seconds: how long it may take from now on.

    Raises:
        TooSlowError: that time is over.
        Exception: whatever the work raised.
    """
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    left = asyncio.ensure_future(_client_left(receive))
    coming = asyncio.ensure_future(job.next())
    try:
        while True:
            wait = max(0.0, min(HEARTBEAT, end - clock()))
            await asyncio.wait({coming, left}, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            if left.done():
                return
            if coming.done():
                result = coming.result()
                if isinstance(result, End):
                    return
                coming = asyncio.ensure_future(job.next())
                yield result
            elif clock() >= end:
                raise TooSlowError(seconds)
            elif wait == HEARTBEAT:  # else it woke a moment before its end
                yield None
    finally:
        job.stop()
        left.cancel()
        coming.cancel()


async def _client_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
