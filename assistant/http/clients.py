"""Who makes a request, what each role may do, and whose conversations a request is about.

```
reader    asks, and sees their own conversations
editor    also adds, removes and restores articles, and has files read again
admin     also sees who did what, and says who may come in
```
Conversations are those of the user that the server knows, or else of one browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from fastapi import Depends, Header, Request
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from assistant.http.errors import HttpError

Role = Literal["reader", "editor", "admin"]

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Client:
    """A user, a program with a token, or somebody without a name.

    Attributes:
        key: what their conversations are kept under: nobody else has it, now or later. Empty without a name.
        name: what they are called in lists and in the log.
    """

    key: str
    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether they may do what this role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


SOMEBODY = Client("", "somebody", "admin")
"""Who asks a server of one person, on that person's machine."""

EVERYBODY = Client("", "somebody", "reader")
"""Who asks a server that lets everybody in, also from elsewhere."""


def client_in(scope: Mapping[str, Any]) -> Client:
    """Who makes the request with this ASGI scope; one that did not go through the guard may least."""
    client = scope.get("dateline.client")
    return client if isinstance(client, Client) else EVERYBODY


BROWSER = "Dateline-Browser"
"""The header with the secret of a browser, which a request needs where users have no names."""


def owner_of(
    request: Request,
    browser: Annotated[
        Annotated[str, Field(pattern=r"^[0-9a-f]{32,128}$")] | SkipJsonSchema[None],
        Header(
            alias=BROWSER,
            description="Where users have no names: a secret that the client made up, which makes these conversations "
            "its own; 32 to 128 hexadecimal digits. Only its hash is kept.",
        ),
    ] = None,
) -> str:
    """The name under which conversations are kept.

    Raises:
        HttpError: 422, nobody is known and there is no secret.
    """
    if user := client_in(request.scope).key:
        return _hashed("user", user)
    if browser is None:
        raise HttpError(422, f"it is not said whose conversations; send 32 random hexadecimal digits as {BROWSER}.")
    return _hashed("browser", browser)


Owner = Annotated[str, Depends(owner_of)]


def _hashed(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode("utf-8", "surrogatepass")).hexdigest()
