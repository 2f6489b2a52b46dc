"""Whose conversations a request is about."""

import httpx
import pytest
from starlette.requests import Request

from assistant.http.clients import Client, owner_of
from assistant.http.errors import HttpError


def request(client: Client | None = None) -> Request:
    return Request({"type": "http", "headers": [], "dateline.client": client})


def test_a_user_owns_what_is_asked_whatever_the_browser_says() -> None:
    maria = request(Client("maria", "maria", "reader"))
    assert owner_of(maria, None) == owner_of(maria, "ab" * 16) != owner_of(request(), "ab" * 16)
    assert owner_of(request(), "ab" * 16) != owner_of(request(), "cd" * 16)
    with pytest.raises(HttpError, match="whose conversations"):
        owner_of(request(), None)


@pytest.mark.parametrize("secret", ["", "abc", "AB" * 16, "7", "ab" * 100])
def test_a_secret_that_can_be_guessed_is_none(client: httpx.Client, secret: str) -> None:
    response = client.get("/api/conversations", headers={"Dateline-Browser": secret})
    assert response.status_code == 422
