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
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match

from assistant.http.responses import error_response
from assistant.memory import ConversationsError, NoConversationError, NoWatchError
from index.errors import DatelineError, LockedError, SettingsError, StoreError, UsageError

_log = logging.getLogger(__name__)

# Errors begin with the path that they are about; others stand in the text. An address is none, nor is "and/or".
_FIRST = re.compile(r"^(?:/|[A-Za-z]:\\)[^\n]*?(?=: )")
_WITHIN = re.compile(r"(?<![\w:/.])(?:[A-Za-z]:\\|/(?!api/))[^\s:;,()'\"]+")


class HttpError(HTTPException):
    """A request that failed. A kind of HTTPException, so that FastAPI lets it pass wherever it is raised."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, message, headers)


class BusyError(HttpError):
    """All workers are taken and the queue is full."""

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


_EXAMPLE = '{"question": "how many displaced?"}'
_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
_NAME_LENGTH = 100
"""Characters that are repeated of the name of a field: clients make up such names."""

# What Starlette says of its own accord, and what to do about it.
_ROUTING = {
    400: f"the body cannot be read; send JSON in UTF-8, such as {_EXAMPLE}.",
    404: "there is nothing here; /api/docs says what there is.",
    405: "this method does nothing here; /api/docs says which do.",
}

# By pydantic's names of its errors (https://docs.pydantic.dev/latest/errors/validation_errors/).
_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here; /api/docs says what is",
    "string_type": "write a string",
    "string_unicode": "has half of a surrogate pair in it; send whole characters",
    "list_type": "write a list",
    "model_type": "write an object",
    "model_attributes_type": "write an object",
    "int_type": "write a whole number",
    "literal_error": "write {expected}",
    "greater_than_equal": "write a number that is at least {ge}",
    "less_than_equal": "write a number that is at most {le}",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_pattern_mismatch": "is empty",
    "string_too_long": "is too long; write at most {max_length:,} characters",
    "value_error": "{error}",
}
_TOO_MANY = "is too long; send at most {max_length:,}"


async def http_error(request: Request, error: Exception) -> Response:
    """Handles an HTTPException; those that are not an HttpError have Starlette's words, and get ours."""
    assert isinstance(error, HTTPException)
    said = None if isinstance(error, HttpError) else _ROUTING.get(error.status_code)
    headers = dict(error.headers or {})
    if "Allow" in headers:
        headers["Allow"] = _methods(request)
    return error_response(HttpError(error.status_code, said or str(error.detail), headers))


def _methods(request: Request) -> str:
    """All that may be done with the path of a request; FastAPI names what one of its operations may do only."""
    return ", ".join(
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    )


def refused_value(error: Mapping[str, Any]) -> HttpError:
    """What to tell of one of pydantic's errors.

    Args:
        error: from `RequestValidationError.errors()`.
    """
    kind, where = str(error["type"]), [str(part) for part in error["loc"][1:]]
    if kind == "json_invalid":
        return HttpError(400, f"the body is not JSON; send an object such as {_EXAMPLE}.")
    if not where:  # the body itself, which FastAPI gives as bytes where it is not called JSON
        if isinstance(error.get("input"), bytes):
            return HttpError(422, "the body is not called JSON; send it with Content-Type: application/json.")
        return HttpError(422, f"the body is not an object; send one such as {_EXAMPLE}.")
    return HttpError(422, f"{'.'.join(where)[:_NAME_LENGTH]}: {_reason(kind, error, where)}")


def _reason(kind: str, error: Mapping[str, Any], where: list[str]) -> str:
    if kind == "too_long" and isinstance(error.get("input"), str):
        kind = "string_too_long"
    reason = _TOO_MANY if kind == "too_long" else _REASONS.get(kind, "cannot be used; /api/docs says what can")
    if reason in ("is empty", "is missing") and where == ["question"]:
        return f"{reason}; ask something, such as: how many displaced?"
    if reason == "is empty":
        return "is empty; leave it out, or say what it is."
    return f"{reason.format(**error.get('ctx', {}))}."
