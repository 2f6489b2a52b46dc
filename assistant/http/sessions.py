"""Who signed in with a browser, and until when. Sessions are kept in memory: when the server ends, all end."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

__all__ = ["COOKIE", "Proof", "Sessions", "cookie_header", "session_in"]

COOKIE = "dateline-session"
_TLS_COOKIE = f"__Host-{COOKIE}"
"""Its name over TLS: a browser takes such a cookie only from this very host, and only over TLS."""

_SESSIONS = 10_000
"""Sessions that are remembered; the one that began first is forgotten first."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody proved once: who they are, and with which password or token, as it is stored.

    Attributes:
        key: as `Client.key`.
        stored: as it was stored then. Where it is not so any more, nothing is proved.
    """

    key: str
    stored: str


class Sessions:
    """Sessions of browsers. Used from one event loop.

    Args:
        hours: how long one lasts from signing in on.
        clock: seconds, for the tests.
    """

    def __init__(self, hours: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = hours * 3600
        self._clock = clock
        self._open: OrderedDict[bytes, tuple[Proof, float]] = OrderedDict()

    def begin(self, proof: Proof) -> str:
        """Begin a session; returns its secret, of which only the hash is kept."""
        secret = secrets.token_urlsafe(32)
        self._open[_hashed(secret)] = (proof, self._clock() + self.seconds)
        while len(self._open) > _SESSIONS:
            self._open.popitem(last=False)
        return secret

    def proof(self, secret: str) -> Proof | None:
        """What was proved when the session with this secret began; None where there is none, or no more."""
        found = self._open.get(_hashed(secret))
        if found is None:
            return None
        if self._clock() >= found[1]:
            self.end(secret)
            return None
        return found[0]

    def end(self, secret: str) -> None:
        """End a session, if there is one."""
        self._open.pop(_hashed(secret), None)


def session_in(header: str, scheme: str) -> str:
    """The secret of the session in a Cookie header, empty where there is none."""
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return ""
    found = cookies.get(_name(scheme))
    return found.value if found else ""


def cookie_header(secret: str, scheme: str, seconds: float) -> str:
    """The Set-Cookie header that gives a browser its session, or with no seconds takes it away."""
    secure = "; Secure" if scheme == "https" else ""
    return f"{_name(scheme)}={secret}; Path=/; Max-Age={seconds:.0f}; HttpOnly; SameSite=Strict{secure}"


def _name(scheme: str) -> str:
    return _TLS_COOKIE if scheme == "https" else COOKIE


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
