"""What a client is told of a request that FastAPI, Starlette or pydantic refused: one line, in Dateline's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from assistant.http.errors import HttpError
from assistant.http.responses import error_response

__all__ = ["as_said", "http_error"]

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


def as_said(error: Mapping[str, Any]) -> HttpError:
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
