"""Who signed in with a browser, and until when. Sessions outlast the server: their hashes are in the home folder."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from index.errors import SettingsError
from index.store.home import write_private

SESSIONS_NAME = "sessions.json"
"""The file in the home folder."""

COOKIE = "dateline-session"
_TLS_COOKIE = f"__Host-{COOKIE}"
"""Its name over TLS: a browser takes such a cookie only from this very host, and only over TLS."""

_SESSIONS = 10_000
"""Sessions that are remembered; the one that began first is forgotten first."""


_log = logging.getLogger(__name__)


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
        path: the file in which they are found again, read once; where it cannot be used, there are none yet.
    """

    def __init__(self, hours: float, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.seconds = hours * 3600
        self._path = path
        self._clock = clock
        self._open = OrderedDict(_read(path))

    def begin(self, proof: Proof) -> str:
        """Begin a session; returns its secret, of which only the hash is kept."""
        secret = secrets.token_urlsafe(32)
        self._open[_hashed(secret)] = (proof, self._clock() + self.seconds)
        while len(self._open) > _SESSIONS:
            self._open.popitem(last=False)
        self._write()
        return secret

    def proof(self, secret: str) -> Proof | None:
        """What was proved when the session with this secret began; None where there is none, or no more."""
        found = self._open.get(_hashed(secret))
        return found[0] if found is not None and self._clock() < found[1] else None

    def end(self, secret: str) -> None:
        """End a session, if there is one."""
        if self._open.pop(_hashed(secret), None) is not None:
            self._write()

    def _write(self) -> None:
        now = self._clock()
        self._open = OrderedDict((key, each) for key, each in self._open.items() if now < each[1])
        rows = [[key, proof.key, proof.stored, until] for key, (proof, until) in self._open.items()]
        try:
            write_private(self._path, json.dumps(rows))
        except SettingsError as error:
            _log.error("sessions will end with the server: %s", error)


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


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> list[tuple[str, tuple[Proof, float]]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [(str(key), (Proof(str(who), str(stored)), float(until))) for key, who, stored, until in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        _log.warning("%s: the sessions cannot be read (%s); whoever was signed in signs in again.", path, error)
        return []
