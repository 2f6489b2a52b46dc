"""The inline scripts of the page: none may run but those that Gradio's template has.

The page is a template of Gradio's with its configuration in a script, so its scripts differ with the address that the
page is asked for under. They are hashed as they leave, and named in the page's Content-Security-Policy; what anybody
brought into the page later is on no such list. Text of articles, users and models is never in this page: it comes as
JSON, and is drawn as text.
"""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.headers import page_policy
from assistant.http.routes import PAGE

__all__ = ["InlineScripts", "hashes"]

_INLINE = re.compile(rb"<script(?: data-gradio-mode)?>(.*?)</script>", re.DOTALL)
_HTML = "text/html"


def hashes(page: bytes) -> list[str]:
    """The hashes of the inline scripts of a page, as a Content-Security-Policy names them."""
    return [f"sha256-{base64.b64encode(hashlib.sha256(each).digest()).decode()}" for each in _INLINE.findall(page)]


class InlineScripts:
    """ASGI middleware around Gradio that gives the page its policy.

    Args:
        app: Gradio.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the page is held until it is whole."""
        if scope["type"] != "http" or scope["path"] != PAGE:
            await self._app(scope, receive, send)
            return
        # Compressed, it could not be read here; and by `?deep_link=` a state that somebody saved would come into it.
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        held: list[Message] = []
        body = b""

        async def hold(message: Message) -> None:
            nonlocal body
            body += message.get("body", b"")
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if not message.get("more_body"):
                start = held.pop()
                answered = MutableHeaders(scope=start)
                if answered.get("content-type", "").startswith(_HTML):
                    answered["Content-Security-Policy"] = page_policy(hashes(body))
                    answered["Cache-Control"] = "no-store"
                await send(start)
                await send({**message, "body": body})

        await self._app({**scope, "headers": headers, "query_string": b""}, receive, hold)
