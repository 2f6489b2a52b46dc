"""How many requests a client may make: a bucket of tokens for each, which fills up again with time."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["RateLimit"]

_CLIENTS = 10_000
"""Clients that are remembered; the one that asked longest ago is forgotten first."""


class RateLimit:
    """A number of requests a minute for each client, spread as the client likes. Used from one event loop.

    Args:
        per_minute: how many; 0 is no limit.
        clock: seconds, for the tests.
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
