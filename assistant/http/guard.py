"""What every request goes through before anything of the server sees it, and every answer before it leaves.

In this order: whom it comes from (proxies), which name it was sent to and by which page (hosts), who that is (access),
whether there is such a path (routes), how many the client made of late (rates), how large it is. A fault behind it
becomes one line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.access import Access, claimed
from assistant.http.addresses import Hosts, Proxies, client_key
from assistant.http.clients import Client, client_in
from assistant.http.errors import HttpError, as_http_error
from assistant.http.limits import RateLimit
from assistant.http.logs import ACCESS
from assistant.http.responses import add_security_headers, error_response
from assistant.http.routes import API_ROUTES, UPLOAD, Route, route_of
from assistant.settings import Settings

_API = "/api"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})

_log = logging.getLogger(__name__)
_access_log = logging.getLogger(ACCESS)


class Admission:
    """Decides which requests are let in.

    Raises:
        SettingsError: one of them cannot be used.
    """

    def __init__(self, settings: Settings, routes: Sequence[Route] = ()) -> None:
        self.access = Access(settings)
        self._hosts = Hosts(settings)
        self._proxies = Proxies(settings)
        self._rates = RateLimit(settings.rate_limit)
        self._routes = (*API_ROUTES, *routes)

    def seen(self, scope: Scope) -> Scope:
        """The scope of a request with its true client, which is also its `client_key`."""
        scope = self._proxies.client_scope(scope)
        return {**scope, "client_key": client_key(scope)}

    async def admitted(self, scope: Scope) -> Scope:
        """The scope of a request as the server sees it: with `user`, who asks, if it is known.

        Args:
            scope: from `seen`.

        Raises:
            HttpError: it is not let in.
        """
        headers = Headers(scope=scope)
        if "transfer-encoding" in headers and "content-length" in headers:  # RFC 9112, 6.3: it may hide another request
            message = "the request says in two ways how long it is; send Content-Length or Transfer-Encoding."
            raise HttpError(400, message, {"Connection": "close"})
        self._hosts.check_name(headers.getlist("host"))
        path, method = scope["path"], scope["method"]
        route = route_of(method, path, self._routes)
        changes = method not in _READING
        self._hosts.check_page(
            scope["scheme"], headers, changes=changes, may_be_linked=route is not None and route.is_document
        )
        client = scope["client_key"]
        if route is None or not route.is_open:
            who = await self._who(scope, headers)
            client = who.key or client
            scope = {**scope, "user": who.key, "client_key": client, "dateline.client": who}
        if route is None:
            raise HttpError(404, "there is nothing here; /api/docs says what there is.")
        if changes and not _is_below(path, _API):  # which says itself what it wants
            _check_kind(headers, "application/json")
        self._count(client, route)
        return scope

    async def _who(self, scope: Scope, headers: Headers) -> Client:
        try:
            return await self.access.client(headers, scope["scheme"], scope["client_key"])
        except HttpError as error:
            wants_page = scope["method"] == "GET" and headers.get("accept", "").startswith("text/html")
            if error.status_code == HTTPStatus.UNAUTHORIZED and wants_page and "authorization" not in headers:
                raise HttpError(HTTPStatus.SEE_OTHER, "sign in first.", {"Location": "/sign-in"}) from None
            raise

    def refused(self, scope: Scope) -> HttpError | None:
        """Count a request that was refused: what the client is told instead, where it makes too many of them."""
        return _too_many(self._rates.take(scope["client_key"]))

    def _count(self, client: str, route: Route) -> None:
        if route.is_work and (error := _too_many(self._rates.take(client))):
            raise error


class Guard:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp, admission: Admission, body_limit: int, upload_limit: int) -> None:
        self._app = app
        self._admission = admission
        self._body_limit = body_limit
        self._upload_limit = upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the reason why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        scope = self._admission.seen(scope)
        answer = _Answer(send)
        try:
            scope = await self._admission.admitted(scope)
            limit = self._upload_limit if scope["path"] == UPLOAD else self._body_limit
            await self._app(scope, _Body(scope, receive, limit), answer.send)
        except Exception as error:  # noqa: BLE001  the outermost boundary
            failed = self._counted(scope, error)
            if not answer.begun:
                await error_response(failed)(scope, receive, answer.send)
            elif failed.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:  # a stream, which has said it
                await answer.send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            answer.log(scope)

    def _counted(self, scope: Scope, error: Exception) -> HTTPException:
        """What is told of a fault. Whoever makes many is told so, and fills the log no further."""
        if isinstance(error, ClientDisconnect):
            return as_http_error(error)
        if (too_many := self._admission.refused(scope)) is not None:
            return too_many
        failed = as_http_error(error)
        authorization = Headers(scope=scope).get("authorization", "")
        is_stranger = failed.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.SEE_OTHER)
        is_said = failed.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR  # by as_http_error
        if not is_said and (authorization or not is_stranger):  # a browser comes once without
            user = f" as {claimed(authorization)!r}" if is_stranger else ""
            asked = (_named(scope), user, scope["method"], scope["path"])
            _log.warning("%s%s: %s %s: %s %s", *asked, failed.status_code, failed.detail)
        return failed


class _Answer:
    """An answer on its way out."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._began = time.monotonic()
        self._status = 0
        self._bytes = 0
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            self._status = message["status"]
            add_security_headers(MutableHeaders(scope=message))
        self._bytes += len(message.get("body", b""))
        await self._send(message)

    def log(self, scope: Scope) -> None:
        """One line in the access log. Of an address only its path: what follows may be what was looked for."""
        taken = 1000 * (time.monotonic() - self._began)
        said = (_named(scope), scope["method"], scope["path"], self._status, self._bytes, taken)
        _access_log.info("%s %s %s %d %d %.0fms", *said)


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


def _named(scope: Scope) -> str:
    """Who asks, as the logs say it."""
    return client_in(scope).name if client_in(scope).key else str(scope["client_key"])


def _check_kind(headers: Headers, wanted: str) -> None:
    """A page of another site can send forms without being asked for leave, and nothing else."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != wanted:
        raise HttpError(415, f"the body is of another kind than is wanted; send it with Content-Type: {wanted}.")


def _too_many(wait: int) -> HttpError | None:
    if not wait:
        return None
    return HttpError(429, f"too many requests; try again in {wait} s.", {"Retry-After": str(wait)})


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")
