"""What the page's script sends through Gradio's queue: an event, and never the value of a component.

Gradio fetches every file that a value names by its address, whatever the component is (`url` beside `meta`). The page
never sends a value, so a request that has one is none of the page's.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.errors import HttpError

__all__ = ["EventsOnly"]

_JOIN = "/gradio_api/queue/join"


class EventsOnly:
    """ASGI middleware around Gradio that refuses values.

    Args:
        app: Gradio.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or raise HttpError: 422 for one that has a value."""
        if scope["type"] != "http" or scope["path"] != _JOIN:
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        if not _is_event(body):
            raise HttpError(422, "this is no event of the page; load it again.")
        whole: Message | None = {"type": "http.request", "body": body, "more_body": False}

        async def again() -> Message:
            nonlocal whole
            if whole is None:
                return await receive()
            message, whole = whole, None
            return message

        await self._app(scope, again, send)


def _is_event(body: bytes) -> bool:
    try:
        joined = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(joined, dict) and joined.get("data") == []
