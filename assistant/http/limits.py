"""How many requests a client may make, and what a connection may cost before anybody knows whose it is.

Headers come within some seconds and have an end. A body comes at some pace. Where there are too many connections, those
go first that have waited longest for a request: whoever asks is never kept out by who only holds connections open.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.http.addresses import client_key

_CLIENTS = 10_000
"""Clients that are remembered; the one that asked longest ago is forgotten first."""


class RateLimit:
    """A number of requests a minute for each client, spread as the client likes. Used from one event loop.

    Args:
        per_minute: how many; 0 is no limit.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, at which moment

    def take(self, client: str) -> int:
        """Take one request: 0 if it may be made, else the seconds until one may."""
        wait = self.wait(client)
        if not wait and self._size:
            self._buckets[client] = (self._tokens(client) - 1, self._clock())
            self._buckets.move_to_end(client)
            if len(self._buckets) > _CLIENTS:
                self._buckets.popitem(last=False)
        return wait

    def wait(self, client: str) -> int:
        """The seconds until the client may make a request; nothing is taken."""
        if not self._size:
            return 0
        missing = 1 - self._tokens(client)
        return math.ceil(missing * 60 / self._size) if missing > 1e-9 else 0

    def _tokens(self, client: str) -> float:
        tokens, since = self._buckets.get(client, (float(self._size), self._clock()))
        return min(float(self._size), tokens + (self._clock() - since) * self._size / 60)


HEADER_BYTES = 16_384
"""Of a request line with its headers."""

_SECONDS = 20.0
"""In which headers come; in which a body does, and a second more for each _PACE bytes; in which something is read."""
_PACE = 5_000
_GRACE = 2.0
"""Seconds in which a client may read why its request is refused before it has sent all of it."""
_TOTAL = 512
_OF_ONE = 128
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

_log = logging.getLogger(__name__)


class Connections:
    """All connections of a server. Used from one event loop; call it as uvicorn calls a protocol's class.

    Args:
        proxies: addresses behind which there are many clients, so that they have no limit of their own.
    """

    def __init__(self, proxies: Iterable[str]) -> None:
        self._proxies = frozenset(proxies)
        self._open: dict[_Connection, str] = {}  # the oldest first, with the address of each
        self._watch: asyncio.TimerHandle | None = None
        self._complained = 0.0

    def __call__(self, *args: Any, **more: Any) -> asyncio.Protocol:
        """The protocol of a new connection."""
        return _Connection(self, *args, **more)

    def opened(self, connection: _Connection) -> None:
        """Count a connection, and make room for it."""
        address = client_key({"client": connection.client})
        self._open[connection] = address
        same = [each for each, other in self._open.items() if other == address]
        is_crowd = len(same) > _OF_ONE and address not in self._proxies
        if is_crowd or len(self._open) > _TOTAL:
            self._make_room(connection, same if is_crowd else list(self._open), address)
        if self._watch is None:
            self._look()

    def closed(self, connection: _Connection) -> None:
        """Count it no more."""
        self._open.pop(connection, None)

    def _make_room(self, fresh: _Connection, among: list[_Connection], address: str) -> None:
        now = time.monotonic()
        if now - self._complained > 60:
            self._complained = now
            _log.warning("too many connections (%d open, the last from %s); idle ones end.", len(self._open), address)
        idle = min((each for each in among if each.is_idle), key=lambda each: each.since, default=fresh)
        if idle is fresh:
            fresh.transport.write(_BUSY)
        idle.end()

    def _look(self) -> None:
        """End those that are late; again and again as long as there are any."""
        now = time.monotonic()
        for connection in list(self._open):
            if connection.is_late(now):
                connection.end()
        self._watch = asyncio.get_running_loop().call_later(1, self._look) if self._open else None


class _Connection(H11Protocol):
    """One connection, which knows since when something is awaited from its client."""

    def __init__(self, among: Connections, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._among = among
        self._awaited: object = None
        self._received = 0
        self._is_refused = False
        self._unread = 0
        self._read_at = time.monotonic()
        self.since = time.monotonic()

    @property
    def is_idle(self) -> bool:
        """Whether its client has asked for nothing, or not to the end."""
        return self._awaited is h11.IDLE

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn's, and counted."""
        super().connection_made(transport)
        self._await()
        self._among.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's, and counted no more."""
        self._among.closed(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, and taken down."""
        self._received += len(data)
        super().data_received(data)
        self._await()

    def on_response_complete(self) -> None:
        """As uvicorn's, and the next request is awaited."""
        super().on_response_complete()
        self._is_refused = self.conn.their_state is h11.SEND_BODY
        self._await(again=self._is_refused)

    def is_late(self, now: float) -> bool:
        """Whether its client takes too long to send, or to read."""
        unread = self.transport.get_write_buffer_size()
        if unread == 0 or unread != self._unread:
            self._unread, self._read_at = unread, now
        elif now - self._read_at > _SECONDS:
            return True
        if self._awaited is h11.IDLE:
            return now - self.since > _SECONDS
        if self._awaited is h11.SEND_BODY and not self.flow.read_paused:
            allowed = _GRACE if self._is_refused else _SECONDS + self._received / _PACE
            return now - self.since > allowed
        return False

    def end(self) -> None:
        """End it, with what is still to be sent if that goes at once."""
        if self.transport.is_closing() or self._unread:
            self.transport.abort()
        else:
            self.transport.close()

    def _await(self, *, again: bool = False) -> None:
        state = self.conn.their_state
        awaited = state if state in (h11.IDLE, h11.SEND_BODY) else None
        if awaited is not self._awaited or again:
            self._awaited, self.since, self._received = awaited, time.monotonic(), 0
