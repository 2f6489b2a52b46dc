"""/api/users, /api/tokens and /api/log: an admin says who comes in, and nobody else does."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.audit import Audit
from assistant.http.tokens import TOKENS_NAME, add_token
from assistant.http.users import add_user, read_users
from assistant.settings import Settings
from tests.assistant.http.support import client_of, error_of

PASSWORD = "correct horse: battery"
ALL = [
    ("GET", "/api/users", None),
    ("PUT", "/api/users/jo", {"password": PASSWORD}),
    ("DELETE", "/api/users/maria", None),
    ("GET", "/api/tokens", None),
    ("POST", "/api/tokens", {"name": "desk"}),
    ("DELETE", "/api/tokens/boss", None),
    ("GET", "/api/log", None),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    add_user(tmp_path / "users.txt", "maria", PASSWORD, "editor")
    return tmp_path


@pytest.fixture
def server(assistant: Assistant, home: Path) -> Iterator[httpx.Client]:
    settings = Settings.load({}, home=home)
    served = Assistant(assistant.searcher, assistant.reader, assistant.verifier, settings=settings)
    with client_of(served) as client:
        yield client


def kept(home: Path) -> dict[Path, bytes]:
    """All that is in a home folder, with the inbox of the server."""
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def admin(server: httpx.Client, home: Path) -> httpx.Client:
    server.headers.update(bearer(add_token(home / TOKENS_NAME, "boss", "admin")))
    return server


def test_users_come_get_another_role_and_go(admin: httpx.Client, home: Path):
    assert admin.put("/api/users/jo", json={"password": PASSWORD}).json() == {"name": "jo", "role": "reader"}
    jo = httpx.BasicAuth("jo", PASSWORD)
    assert admin.get("/api/users", auth=jo).status_code == 403
    assert admin.put("/api/users/jo", json={"role": "admin"}).json() == {"name": "jo", "role": "admin"}
    assert admin.get("/api/users", auth=jo).json() == {
        "users": [{"name": "maria", "role": "editor"}, {"name": "jo", "role": "admin"}]
    }
    assert admin.put("/api/users/jo", json={"password": "another password"}).json()["role"] == "admin"
    assert admin.get("/api/users", auth=jo).status_code == 401
    assert admin.delete("/api/users/jo").json() == {"name": "jo"}
    assert list(read_users(home / "users.txt")) == ["maria"]
    noted = [(entry.who, entry.what, entry.which) for entry in Audit(home).entries()]
    assert noted == [
        ("token boss", "user added", ("jo: reader",)),
        ("token boss", "role given", ("jo: admin",)),
        ("token boss", "password given", ("jo: admin",)),
        ("token boss", "user removed", ("jo",)),
    ]
    assert [entry["what"] for entry in admin.get("/api/log").json()["entries"]] == [what for _, what, _ in noted]


def test_a_token_is_shown_once_comes_in_and_is_revoked(admin: httpx.Client, home: Path):
    made = admin.post("/api/tokens", json={"name": "desk", "role": "editor"}).json()
    assert (made["name"], made["role"]) == ("desk", "editor")
    assert admin.get("/api/articles", headers=bearer(made["token"])).status_code == 200
    listed = admin.get("/api/tokens")
    assert [(each["name"], each["role"]) for each in listed.json()["tokens"]] == [("boss", "admin"), ("desk", "editor")]
    assert made["token"] not in listed.text + (home / TOKENS_NAME).read_text() + Audit(home).path.read_text()
    assert admin.delete("/api/tokens/desk").json() == {"name": "desk"}
    assert admin.get("/api/articles", headers=bearer(made["token"])).status_code == 401


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_nobody_else_may(server: httpx.Client, home: Path, role):
    token = add_token(home / TOKENS_NAME, "some", role)
    before = kept(home)
    for method, path, body in ALL:
        assert server.request(method, path, json=body).status_code == 401
        refused = server.request(method, path, json=body, headers=bearer(token))
        assert refused.status_code == 403
        assert "admin" in error_of(refused)
    assert kept(home) == before


def test_a_page_of_another_site_may_not(admin: httpx.Client):
    for method, path, body in ALL:
        for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert admin.request(method, path, json=body, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/api/users/jo", {}, 422),
        ("PUT", "/api/users/jo", {"role": "reader"}, 422),
        ("PUT", "/api/users/jo", {"password": "short"}, 422),
        ("PUT", "/api/users/jo", {"password": PASSWORD, "role": "root"}, 422),
        ("PUT", "/api/users/jo", {"password": PASSWORD, "is_admin": True}, 422),
        ("PUT", "/api/users/a%3Ab", {"password": PASSWORD}, 422),
        ("PUT", "/api/users/a%0Ab", {"password": PASSWORD}, 404),
        ("PUT", "/api/users/maria", {}, 422),
        ("DELETE", "/api/users/jo", None, 404),
        ("POST", "/api/tokens", {"name": "a:b"}, 422),
        ("POST", "/api/tokens", {"name": "boss"}, 422),
        ("POST", "/api/tokens", {}, 422),
        ("DELETE", "/api/tokens/desk", None, 404),
        ("PATCH", "/api/users/maria", {}, 405),
    ],
)
def test_what_cannot_be_done_changes_nothing(admin: httpx.Client, home: Path, method, path, body, status):
    before = kept(home)
    refused = admin.request(method, path, json=body)
    assert refused.status_code == status
    assert str(home) not in error_of(refused)
    assert kept(home) == before


def test_an_admin_stays_one(server: httpx.Client, home: Path):
    add_user(home / "users.txt", "ann", PASSWORD, "admin")
    server.auth = httpx.BasicAuth("ann", PASSWORD)
    for response in (server.delete("/api/users/ann"), server.put("/api/users/ann", json={"role": "reader"})):
        assert (response.status_code, "another admin can" in error_of(response)) == (422, True)
    assert server.put("/api/users/ann", json={"password": "another password"}).json()["role"] == "admin"
