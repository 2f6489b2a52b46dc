"""JSON as the server sends it: the documents of the command line, and errors of one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.visible import json_visible, one_line

__all__ = ["JsonResponse", "encoded", "error_response"]


def encoded(document: Any) -> str:
    r"""A document as one line of JSON, as the command line writes it.

    Characters that hide or that a terminal would obey are written as `\u001b`, and so are lone surrogates, which an
    article can bring in and UTF-8 cannot hold.
    """
    return json_visible(json.dumps(document, ensure_ascii=False, allow_nan=False))


class JsonResponse(Response):
    """A JSON document. It is never stored on the way: the next may see other articles, or be somebody else."""

    media_type = "application/json"

    def __init__(self, content: Any, status_code: int = 200, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(content, status_code, {"Cache-Control": "no-store", **(headers or {})})

    def render(self, content: Any) -> bytes:
        """The document as bytes."""
        return encoded(content).encode()


def error_response(error: HTTPException) -> JsonResponse:
    """The answer to a request that failed: `{"error": "one line that says what to do"}`."""
    return JsonResponse({"error": one_line(str(error.detail))}, error.status_code, error.headers)
