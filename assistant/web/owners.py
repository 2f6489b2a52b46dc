"""Whose conversations a browser sees: those of the user that the server knows, or else of this one browser."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import gradio as gr
from starlette.requests import Request

from assistant.http.clients import Client, client_in
from index.errors import UsageError

__all__ = ["Asker", "asker_of", "client_of", "owner_of", "sender_of"]

_SECRET = re.compile(r"[0-9a-f]{32,128}")


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose page asks.

    Attributes:
        owner: the name under which conversations are kept.
        client: who the server knows it is, and what they may do.
    """

    owner: str
    client: Client


def asker_of(secret: Any, request: gr.Request | Request | None) -> Asker:
    """Whose page asks; see `owner_of`.

    Raises:
        UsageError: as `owner_of`.
    """
    return Asker(owner_of(secret, request), client_of(request))


def owner_of(secret: Any, request: gr.Request | Request | None) -> str:
    """The name under which conversations are kept.

    Args:
        secret: what the browser made up and kept to itself, in hexadecimal digits; only its hash is kept here.
        request: with it, who the server says makes it. Gradio wraps it for events, and not for functions of the page.

    Raises:
        UsageError: the secret is none, so that others could guess it.
    """
    user = _scope(request).get("user")
    if isinstance(user, str) and user:
        return _hashed("user", user)
    if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
        raise UsageError("the page is out of date; load it again.")
    return _hashed("browser", secret)


def client_of(request: gr.Request | Request | None) -> Client:
    """Who makes a request, and what they may do."""
    return client_in(_scope(request))


def sender_of(request: gr.Request | Request | None) -> str:
    """Who makes a request, as the limits of the server see it: the user, or else the address."""
    return str(_scope(request).get("client_key", ""))


def _scope(request: gr.Request | Request | None) -> dict[str, Any]:
    scope = getattr(request.request if isinstance(request, gr.Request) else request, "scope", {})
    return scope if isinstance(scope, dict) else {}


def _hashed(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode("utf-8", "surrogatepass")).hexdigest()
