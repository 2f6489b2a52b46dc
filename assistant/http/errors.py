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
import sqlite3

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from index.errors import DatelineError, QuestionError, StoreError

__all__ = ["BusyError", "HttpError", "TooSlowError", "as_http_error", "fault"]

_log = logging.getLogger(__name__)


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
    if isinstance(error, QuestionError):
        return HttpError(422, str(error))
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
