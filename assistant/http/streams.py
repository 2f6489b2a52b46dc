"""Server-sent events, and following a job for a client: until it ends, takes too long, or the client goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi.sse import format_sse_event
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from assistant.http.errors import TooSlowError, as_http_error
from assistant.http.responses import encoded
from assistant.http.workers import End, Job

HEARTBEAT = 5.0
"""Seconds without news after which None comes, so that a stream can show that it lives."""

_T = TypeVar("_T")


async def follow(job: Job[_T], receive: Receive, *, seconds: float) -> AsyncGenerator[_T | None]:
    """The results of a job as they come, and None every HEARTBEAT seconds without one.

    It ends early when the client goes away; however it ends, the job is stopped.

    Args:
        receive: tells when the client goes away; the body must have been read.

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


MEDIA_TYPE = "text/event-stream"
"""The media type."""

Event = tuple[str, dict[str, Any]]
"""The name of an event, and its data: a JSON document."""

Events = AsyncGenerator[Event | None]


class EventStream(Response):
    """Events as they come; None among them is a comment that keeps the line open. A fault is the last event, `error`.

    Args:
        events: gives them, and is told when the client goes away.
    """

    media_type = MEDIA_TYPE

    def __init__(self, events: Callable[[Receive], Events]) -> None:
        # A proxy that collects an answer before it passes it on (nginx) is told not to.
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send events until there are no more, or the client goes away."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with aclosing(self._written(receive)) as events:
            async for event in events:
                await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _written(self, receive: Receive) -> AsyncGenerator[bytes]:
        try:
            async with aclosing(self._events(receive)) as events:
                async for event in events:
                    if event is None:
                        yield format_sse_event(comment="still looking")
                    else:
                        yield format_sse_event(event=event[0], data_str=encoded(event[1]))
        except Exception as error:  # noqa: BLE001  the status is sent already, so the stream says it
            failed = as_http_error(error)
            document = {"status": failed.status_code, "error": str(failed.detail)}
            yield format_sse_event(event="error", data_str=encoded(document))


def followed(job: Job[_T], events_of: Callable[[_T], Iterator[Event]], *, seconds: float) -> EventStream:
    """The results of a job as events. Whoever goes away stops it."""

    async def events(receive: Receive) -> Events:
        results = follow(job, receive, seconds=seconds)
        async with aclosing(results):
            async for result in results:
                if result is None:
                    yield None
                else:
                    for event in events_of(result):
                        yield event

    return EventStream(events)
