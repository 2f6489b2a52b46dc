"""/api/session: signing in with a browser, signing out, and who that is.

```
GET     {"user": name or null, "role": role, "required": whether only some may use the server, "session": whether ...}
PUT     {"user": name, "password": password or token}  ->  the same, and a cookie
DELETE  the session ends                               ->  the same
```
It is for the page, and open to strangers, who cannot sign in otherwise.
"""

from __future__ import annotations

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from pydantic import Field
from starlette.responses import Response

from assistant.audit import Audit
from assistant.http.access import Access
from assistant.http.addresses import client_key
from assistant.http.clients import Client
from assistant.http.errors import HttpError
from assistant.http.requests import Sent
from assistant.http.responses import JsonResponse
from assistant.http.sessions import cookie_header, session_in

_log = logging.getLogger(__name__)


class _Credentials(Sent):
    user: str = Field(max_length=64)
    password: str = Field(min_length=1, max_length=1024)


def session_router(access: Access, audit: Audit) -> APIRouter:
    """The three operations."""
    router = APIRouter(include_in_schema=False)

    @router.get("/session")
    async def who(request: Request) -> Response:
        return JsonResponse(_document(access, await _who(access, request), request))

    @router.put("/session")
    async def sign_in(request: Request, given: Annotated[_Credentials, Body()]) -> Response:
        if not access.required:
            raise HttpError(404, "there is nobody to sign in as: this server has no users.")
        try:
            client, secret = await access.signed_in(given.user.strip(), given.password, client_key(request.scope))
        except HttpError as error:
            user = given.user.strip()[:64] or "somebody"
            audit.note(user, "sign-in failed", client_key(request.scope))
            _log.warning("%s as %r: sign-in failed: %s", client_key(request.scope), user, error.detail)
            # Without a challenge, for which the browser would have a dialog of its own.
            raise HttpError(403 if error.status_code == 401 else error.status_code, str(error.detail)) from None
        audit.note(client.name, "signed in", client_key(request.scope))
        scheme = request.scope["scheme"]
        return JsonResponse(
            {**_document(access, client, request), "session": True},
            headers={"Set-Cookie": cookie_header(secret, scheme, access.sessions.seconds)},
        )

    @router.delete("/session")
    async def sign_out(request: Request) -> Response:
        scheme = request.scope["scheme"]
        client = access.in_session(request.headers, scheme)
        if client is not None:
            access.sessions.end(session_in(request.headers.get("cookie", ""), scheme))
            audit.note(client.name, "signed out", client_key(request.scope))
        return JsonResponse(_document(access, None, request), headers={"Set-Cookie": cookie_header("", scheme, 0)})

    return router


async def _who(access: Access, request: Request) -> Client | None:
    try:
        return await access.client(request.headers, request.scope["scheme"], client_key(request.scope))
    except HttpError as error:
        if error.status_code != 401:
            raise
        return None


def _document(access: Access, client: Client | None, request: Request) -> dict[str, Any]:
    return {
        "user": client.name if client is not None and client.key else None,
        "role": client.role if client is not None else None,
        "required": access.required,
        "session": client is not None and access.in_session(request.headers, request.scope["scheme"]) is not None,
    }
