"""The page on which a user signs in: a form of ours alone, in front of everything that is Gradio's."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.web.theme import static_text

__all__ = ["sign_in_page"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}


def sign_in_page(request: Request) -> Response:  # noqa: ARG001
    """The form; what it sends goes to /api/session."""
    return HTMLResponse(static_text("sign-in.html"), headers=_HEADERS)
