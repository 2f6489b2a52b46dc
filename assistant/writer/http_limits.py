"""HTTP with an end: a reply of a Writer's server that takes too long, or is too long, is cut off.

httpx limits the silence between two pieces. A server that sends a byte now and then, or comments that no client passes
on, would be listened to for ever; so the time and the bytes of a whole reply are limited here, below the client
libraries.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import httpx

from assistant.writer.protocol import Limits

_BYTES_A_CHARACTER = 400  # of a stream, in which every few letters come with a name, an id and a time
_DEADLINE = "dateline.deadline"
_HERE = ("localhost", "127.0.0.1", "::1")


def client_options(limits: Limits, url: str) -> dict[str, Any]:
    """The options of an httpx client that keeps to the limits, for a server at `url`.

    A server on this machine is asked without a proxy, and cannot send its questions on to another one. Reading a reply
    raises `httpx.ReadTimeout` where it takes too long, in all or between two pieces, and `httpx.ReadError` where it is
    larger than any reply in words can be.
    """
    hooks: dict[str, list[Callable[..., None]]] = {
        "request": [lambda request: request.extensions.update({_DEADLINE: time.monotonic() + limits.total})],
        "response": [lambda response: _limit(response, limits)],
    }
    elsewhere = httpx.URL(url).host not in _HERE
    timeout = httpx.Timeout(limits.silence, connect=limits.connect)
    return {"event_hooks": hooks, "timeout": timeout, "trust_env": elsewhere, "follow_redirects": elsewhere}


def _limit(response: httpx.Response, limits: Limits) -> None:
    deadline = cast("float", response.request.extensions[_DEADLINE])
    stream = cast("httpx.SyncByteStream", response.stream)
    response.stream = _Limited(stream, response.request, deadline, limits.characters * _BYTES_A_CHARACTER)


class _Limited(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, request: httpx.Request, deadline: float, most: int) -> None:
        self._stream, self._request = stream, request
        self._deadline, self._left = deadline, most

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise httpx.ReadError("the reply is too long", request=self._request)
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the reply takes too long", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
