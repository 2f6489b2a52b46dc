"""Whose conversations a browser sees: those of the user that the server knows, or else of this one browser."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import gradio as gr
from starlette.requests import Request

from index.errors import UsageError

__all__ = ["owner_of"]

_SECRET = re.compile(r"[0-9a-f]{32,128}")


def owner_of(secret: Any, request: gr.Request | Request | None) -> str:
    """The name under which conversations are kept.

    Args:
        secret: what the browser made up and kept to itself, in hexadecimal digits; only its hash is kept here.
        request: with it, who the server says makes it. Gradio wraps it for events, and not for functions of the page.

    Raises:
        UsageError: the secret is none, so that others could guess it.
    """
    scope = getattr(request.request if isinstance(request, gr.Request) else request, "scope", {})
    user = scope.get("user") if isinstance(scope, dict) else None
    if isinstance(user, str) and user:
        return _hashed("user", user)
    if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
        raise UsageError("the page is out of date; load it again.")
    return _hashed("browser", secret)


def _hashed(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode("utf-8", "surrogatepass")).hexdigest()
