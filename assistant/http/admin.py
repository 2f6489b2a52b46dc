"""/api/users, /api/tokens and /api/log: who may come in, and who did what. For admins alone.

```
GET     /users           {"users": [{"name", "role"}]}
PUT     /users/NAME      {"password", "role"}  ->  {"name", "role"}      a new user, or another password or role
DELETE  /users/NAME                            ->  {"name"}
GET     /tokens          {"tokens": [{"name", "role", "made"}]}
POST    /tokens          {"name", "role"}      ->  {"name", "role", "token"}      the token is shown this once
DELETE  /tokens/NAME                           ->  {"name"}
GET     /log             {"entries": [{"when", "who", "what", "which", "count"}]}      the last 200, oldest first
```
They change the files that `dateline user` and `dateline token` change, and note it in the same log.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Body, Depends, Request
from pydantic import Field
from starlette.responses import Response

from assistant.audit import Audit
from assistant.http.access import users_path
from assistant.http.clients import Client, Role, client_in
from assistant.http.errors import HttpError
from assistant.http.requests import Sent
from assistant.http.responses import JsonResponse
from assistant.http.tokens import TOKENS_NAME, add_token, read_tokens, revoke_token, tokens_of_setting
from assistant.http.users import add_user, read_users, remove_user, set_role
from assistant.http.workers import Workers
from assistant.settings import Settings
from index.errors import UsageError

_ENTRIES = 200
_T = TypeVar("_T")


class _User(Sent):
    password: str | None = Field(default=None, max_length=1024)
    role: Role | None = None


class _Token(Sent):
    name: str = Field(max_length=64)
    role: Role = "reader"


def _admin(request: Request) -> Client:
    client = client_in(request.scope)
    if not client.may("admin"):
        raise HttpError(403, "only an admin may see or say who comes in.")
    return client


_Admin = Annotated[Client, Depends(_admin)]


def admin_router(settings: Settings, workers: Workers) -> APIRouter:
    """The operations."""
    router = APIRouter(include_in_schema=False)
    files = Files(settings)
    changing = asyncio.Lock()

    async def changed(work: Callable[[], _T]) -> _T:
        # One at a time: each reads its file, and writes it anew.
        async with changing:
            try:
                return await workers.result(work)
            except UsageError as error:
                raise HttpError(422, str(error)) from None

    @router.get("/users")
    async def users(_: _Admin) -> Response:
        return JsonResponse({"users": await workers.result(files.users)})

    @router.put("/users/{name}")
    async def put_user(name: str, given: Annotated[_User, Body()], admin: _Admin) -> Response:
        return JsonResponse(await changed(functools.partial(files.put_user, admin, name, given.password, given.role)))

    @router.delete("/users/{name}")
    async def delete_user(name: str, admin: _Admin) -> Response:
        return JsonResponse(await changed(functools.partial(files.remove_user, admin, name)))

    @router.get("/tokens")
    async def tokens(_: _Admin) -> Response:
        return JsonResponse({"tokens": await workers.result(files.tokens)})

    @router.post("/tokens")
    async def post_token(given: Annotated[_Token, Body()], admin: _Admin) -> Response:
        return JsonResponse(await changed(functools.partial(files.add_token, admin, given.name, given.role)))

    @router.delete("/tokens/{name}")
    async def delete_token(name: str, admin: _Admin) -> Response:
        return JsonResponse(await changed(functools.partial(files.revoke_token, admin, name)))

    @router.get("/log")
    async def log(_: _Admin) -> Response:
        entries = await workers.result(files.audit.entries, _ENTRIES)
        return JsonResponse({"entries": [entry.to_dict() for entry in entries]})

    return router


class Files:
    """The files of users and tokens, as admins see and change them."""

    def __init__(self, settings: Settings) -> None:
        self.audit = Audit(settings.home)
        self._users = users_path(settings)
        self._tokens = settings.home / TOKENS_NAME
        self._of_setting = tokens_of_setting(settings.tokens.get_secret_value())

    def users(self) -> list[dict[str, Any]]:
        """The users with their roles."""
        found = read_users(self._users) if self._users.exists() else {}
        return [{"name": name, "role": user.role} for name, user in found.items()]

    def put_user(self, admin: Client, name: str, password: str | None, role: Role | None) -> dict[str, Any]:
        """Add a user, who needs a password, or give one another password or role."""
        before = {each["name"]: each["role"] for each in self.users()}
        if password is None and name not in before:
            raise HttpError(422, "password: is missing; a new user needs one.")
        if password is None and role is None:
            raise HttpError(422, "give the user a password, a role, or both.")
        if role not in (None, "admin"):
            _refuse_oneself(admin, name)
        if password is None:
            assert role is not None
            set_role(self._users, name, role)
            self.audit.note(admin.name, "role given", f"{name}: {role}")
            return {"name": name, "role": role}
        user = add_user(self._users, name, password, role)
        what = "password given" if name in before else "user added"
        self.audit.note(admin.name, what, f"{name}: {user.role}")
        return {"name": name, "role": user.role}

    def remove_user(self, admin: Client, name: str) -> dict[str, Any]:
        """Remove a user, whose sessions end with that."""
        if name not in (each["name"] for each in self.users()):
            raise HttpError(404, "there is no such user; /api/users lists those that there are.")
        _refuse_oneself(admin, name)
        remove_user(self._users, name)
        self.audit.note(admin.name, "user removed", name)
        return {"name": name}

    def tokens(self) -> list[dict[str, Any]]:
        """The tokens by name; those of DATELINE_TOKENS have no day."""
        made = read_tokens(self._tokens) if self._tokens.exists() else []
        return [
            {"name": each.name, "role": each.role, "made": each.made.isoformat() if each.made else None}
            for each in (*made, *self._of_setting)
        ]

    def add_token(self, admin: Client, name: str, role: Role) -> dict[str, Any]:
        """Make a token."""
        token = add_token(self._tokens, name, role)
        self.audit.note(admin.name, "token added", f"{name}: {role}")
        return {"name": name, "role": role, "token": token}

    def revoke_token(self, admin: Client, name: str) -> dict[str, Any]:
        """Revoke a token: whoever has it is a stranger from then on."""
        made = read_tokens(self._tokens) if self._tokens.exists() else []
        if name not in (each.name for each in made):
            raise HttpError(404, "there is no such token that can be revoked; /api/tokens lists those that there are.")
        revoke_token(self._tokens, name)
        self.audit.note(admin.name, "token revoked", name)
        return {"name": name}


def _refuse_oneself(admin: Client, name: str) -> None:
    """An admin who took their own role away could not give it back."""
    if admin.key == name:
        raise HttpError(422, "you cannot take your own role away; another admin can.")
