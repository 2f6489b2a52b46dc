"""Whose conversations a request is about: those of the user that the server knows, or else of one browser."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Depends, Header, Request
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from assistant.http.clients import client_in
from assistant.http.errors import HttpError

__all__ = ["BROWSER", "Owner", "owner_of"]

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
