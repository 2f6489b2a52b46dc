"""What every request goes through before anything of the server sees it, and every answer before it leaves.

In this order: whom it comes from (proxies), which name it was sent to and by which page (hosts), who that is (access),
how many the client made of late (rates), how large it is. A fault behind it becomes one line.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.access import Access
from assistant.http.errors import HttpError, as_http_error
from assistant.http.headers import add_security_headers
from assistant.http.hosts import Hosts
from assistant.http.proxies import Proxies, client_key
from assistant.http.rates import RateLimit
from assistant.http.responses import error_response
from index import Settings

__all__ = ["Admission", "Guard"]

_API = "/api"
_LIMITED = (
    *("/api/ask", "/api/articles", "/gradio_api/call", "/gradio_api/api", "/gradio_api/run", "/gradio_api/queue/join"),
    *("/gradio_api/mcp", "/gradio_api/upload", "/gradio_api/component_server"),
)
"""Where the work is. A page loads dozens of files at once, and health is asked by machines: they are not counted."""
_CLOSED = (
    *("/monitoring", "/gradio_api/deep_link", "/gradio_api/proxy=", "/gradio_api/vibe", "/gradio_api/undo-vibe"),
    *("/gradio_api/process_recording", "/gradio_api/stream", "/gradio_api/run-history"),
)
"""How the paths begin of what Gradio brings and no page here uses; some of it writes files."""
_UPLOAD = "/gradio_api/upload"
"""Gradio limits the size of files itself, while they come in."""


class Admission:
    """Decides which requests are let in.

    Args:
        settings: who may use the server, under which names, how often.

    Raises:
        SettingsError: one of them cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._access = Access.of(settings)
        self._hosts = Hosts(settings)
        self._proxies = Proxies(settings)
        self._rates = RateLimit(settings.rate_limit)
        # Who may not change the articles could only fill the disk.
        self._closed = (*_CLOSED, _UPLOAD) if settings.insecure else _CLOSED

    async def admitted(self, scope: Scope) -> Scope:
        """The scope of a request as the server sees it: with its true client, and as `user` who asks, if it is known.

        Raises:
            HttpError: it is not let in.
        """
        scope = self._proxies.seen_through(scope)
        if scope["path"].startswith(self._closed):
            raise HttpError(404, "there is nothing here.")
        headers = Headers(scope=scope)
        self._hosts.check(headers.getlist("host"), headers.get("origin"))
        client = client_key(scope)
        if self._access.required:
            client = await self._access.client(headers.get("authorization", ""), client)
            scope = {**scope, "user": client}
        if any(_is_below(scope["path"], limited) for limited in _LIMITED) and (wait := self._rates.take(client)):
            raise HttpError(429, f"too many requests; try again in {wait} s.", {"Retry-After": str(wait)})
        return scope


class Guard:
    """ASGI middleware around the whole server.

    Args:
        app: the server.
        admission: decides which requests reach it.
        body_limit: bytes that a request may carry.
    """

    def __init__(self, app: ASGIApp, admission: Admission, body_limit: int) -> None:
        self._app = app
        self._admission = admission
        self._body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the reason why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        answer = _Answer(send, api=_is_below(scope["path"], _API))
        try:
            scope = await self._admission.admitted(scope)
            limited = receive if scope["path"] == _UPLOAD else _Body(scope, receive, self._body_limit)
            await self._app(scope, limited, answer.send)
        except Exception as error:  # noqa: BLE001  the outermost boundary
            failed = as_http_error(error)
            if not answer.begun:
                await error_response(failed)(scope, receive, answer.send)


class _Answer:
    """An answer on its way out."""

    def __init__(self, send: Send, *, api: bool) -> None:
        self._send = send
        self._api = api
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            add_security_headers(MutableHeaders(scope=message), api=self._api)
        await self._send(message)


class _Body:
    """A request's body as it comes in, with an end to it."""

    def __init__(self, scope: Scope, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._size = 0
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal():
            self._check(int(announced))

    async def __call__(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        self._check(self._size)
        return message

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise HttpError(413, f"the request is too large; send at most {self._limit:,} bytes.")


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")
