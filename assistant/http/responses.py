"""JSON as the server sends it, and the headers of every answer, which forbid the browser what is never needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.visible import json_visible, one_line


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


_COMMON = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of a page of ours: files of this server, and nothing that stands in the page itself."""


def closed_policy(*styles: str) -> str:
    """The Content-Security-Policy of what is no page: nothing is loaded or run, and only the named inline styles hold.

    Args:
        styles: their hashes, as `sha256-...`.
    """
    allowed = " ".join(f"'{style}'" for style in styles) or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )


def add_security_headers(headers: MutableHeaders) -> None:
    """Add them where an answer has not set its own, and take away what lets other sites read it."""
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]
    for name, value in {"Content-Security-Policy": _CLOSED, **_COMMON}.items():
        headers.setdefault(name, value)


_CLOSED = closed_policy()
