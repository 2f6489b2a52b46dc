"""Every reason for which a request fails, as the status and the one line that the client gets.

```
HttpError                    a status, one line that says what to do, headers
├── BusyError        429     all workers are taken and the queue is full
└── TooSlowError     504     the answer took longer than a request may take
```
Errors of the rest of Dateline become one of these in `as_http_error`; nothing else about them leaves the server.
"""

from __future__ import annotations

import logging
import re
import sqlite3

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from assistant.memory import ConversationsError, NoConversationError, NoWatchError
from index.errors import DatelineError, LockedError, SettingsError, StoreError, UsageError

__all__ = ["BusyError", "HttpError", "TooSlowError", "as_http_error", "fault", "without_places"]

_log = logging.getLogger(__name__)

# Errors begin with the path that they are about; others stand in the text. An address is none, nor is "and/or".
_FIRST = re.compile(r"^(?:/|[A-Za-z]:\\)[^\n]*?(?=: )")
_WITHIN = re.compile(r"(?<![\w:/.])(?:[A-Za-z]:\\|/(?!api/))[^\s:;,()'\"]+")


class HttpError(HTTPException):
    """A request that failed. A kind of HTTPException, so that FastAPI lets it pass wherever it is raised.

    Args:
        status: the HTTP status.
        message: one line for the client.
        headers: further headers of the response.
    """

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, message, headers)


class BusyError(HttpError):
    """All workers are taken and the queue is full.

    Args:
        seconds: when to try again.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(
            429, f"too many requests wait already; try again in {seconds} s.", {"Retry-After": str(seconds)}
        )


class TooSlowError(HttpError):
    """The answer took longer than a request may take."""

    def __init__(self, seconds: float) -> None:
        super().__init__(504, f"no answer within {seconds:g} s; ask again later.")


def as_http_error(error: Exception) -> HTTPException:
    """What the client learns of an error. The cause of one that is ours to mend goes to the log, and only there."""
    error = _unwrapped(error)
    if isinstance(error, HTTPException):
        return error
    if isinstance(error, ClientDisconnect):
        return HttpError(400, "the request ended before its end.")
    if isinstance(error, (NoConversationError, NoWatchError)):
        return HttpError(404, str(error))
    if isinstance(error, UsageError) and not isinstance(error, SettingsError):
        return HttpError(422, without_places(str(error)))
    if isinstance(error, (ConversationsError, LockedError)):  # which whoever asks can do something about
        return HttpError(503, without_places(str(error)))
    if isinstance(error, (StoreError, sqlite3.Error)):
        _log.error("the store cannot be used: %s", error)
        return HttpError(503, "the store cannot be used now; the server's log says why.")
    if isinstance(error, DatelineError):
        _log.error("a request failed: %s", error)
        return HttpError(503, "the question cannot be answered now; the server's log says why.")
    _log.error("a request failed", exc_info=error)
    return fault(error)


def _unwrapped(error: Exception) -> Exception:
    """What was raised in a stream, of which Starlette makes a group, and a RuntimeError about it."""
    while True:
        if isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
            error = error.exceptions[0]
        elif type(error) is RuntimeError and isinstance(error.__cause__, (HTTPException, ExceptionGroup)):
            error = error.__cause__
        else:
            return error


def fault(error: Exception) -> HttpError:
    """What the client learns of an error that nobody expected: nothing but its kind."""
    return HttpError(500, f"a fault in Dateline ({type(error).__name__}); the server's log says more.")


def without_places(line: str) -> str:
    """A line with the last name of each path only: where the server keeps its files is nothing for its users."""
    return _WITHIN.sub(_last_name, _FIRST.sub(_last_name, line))


def _last_name(path: re.Match[str]) -> str:
    return re.split(r"[/\\]", path[0].rstrip("/\\"))[-1]
