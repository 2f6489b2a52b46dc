"""Who makes a request, as the rest of the server knows it, and what each role may do.

```
reader    asks, and sees their own conversations
editor    also adds, removes and restores articles, and has files read again
admin     also sees who did what, and says who may come in
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

__all__ = ["EVERYBODY", "ROLES", "SOMEBODY", "Client", "Role", "client_in"]

Role = Literal["reader", "editor", "admin"]

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Client:
    """A user, a program with a token, or somebody without a name.

    Attributes:
        key: what their conversations are kept under: nobody else has it, now or later. Empty without a name.
        name: what they are called in lists and in the log.
        role: what they may do.
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
