"""Who may use the server: users with passwords, programs with tokens, and nobody else."""

import stat
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.http.access import Access, check_exposure
from assistant.http.routes import UPLOAD
from assistant.http.users import add_user, matches, read_users
from assistant.settings import Settings
from index.errors import SettingsError, UsageError
from tests.assistant.http.support import client_of, error_of, with_settings

TOKEN = "a-token-of-some-length"
PASSWORD = "correct horse: battery"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("users") / "users.txt"
    add_user(file, "maria", PASSWORD)
    add_user(file, "jo@paper.example", "другой пароль")
    return file


@pytest.fixture
def guarded(assistant: Assistant, users: Path):
    with client_of(with_settings(assistant, users=users, tokens=f"{TOKEN},another-token-16")) as client:
        yield client


def test_users_and_tokens_come_in(guarded: httpx.Client):
    for way in (("maria", PASSWORD), ("jo@paper.example", "другой пароль"), ("anybody", TOKEN)):
        for _ in range(2):  # the second time it is known
            assert guarded.get("/api/health", auth=httpx.BasicAuth(*way)).status_code == 200
    for token in (TOKEN, "another-token-16"):
        assert guarded.get("/api/health", headers={"Authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Basic",
        "Basic !",
        "Basic bWFyaWE=",
        "Basic bWFyaWE6",
        "Bearer",
        "Bearer wrong",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer maria:{PASSWORD}",
        f"Bearer {PASSWORD}",
        "Negotiate x",
    ],
)
def test_nobody_else_does(guarded: httpx.Client, authorization: str | None):
    response = guarded.get("/api/health", headers={} if authorization is None else {"Authorization": authorization})
    assert response.status_code == 401
    assert "Basic" in response.headers["www-authenticate"]
    assert "Bearer" in response.headers["www-authenticate"]
    assert error_of(response)


@pytest.mark.parametrize("path", ["/api/docs", "/api/openapi.json", "/api/articles", "/api/nothing", "/", "/nothing"])
def test_nothing_is_given_to_strangers(guarded: httpx.Client, path: str):
    assert guarded.get(path).status_code == 401


def test_a_password_of_one_is_none_of_another(guarded: httpx.Client):
    assert guarded.get("/api/health", auth=("jo@paper.example", PASSWORD)).status_code == 401
    assert guarded.get("/api/health", auth=("nobody", PASSWORD)).status_code == 401


def test_guessing_has_an_end_and_those_who_are_known_stay(guarded: httpx.Client):
    assert guarded.get("/api/health", auth=("maria", PASSWORD)).status_code == 200
    # Tokens, which take no time to check: the count of guesses goes down again with time.
    statuses = [guarded.get("/api/health", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(40)]
    assert statuses[:10] == [401] * 10
    assert 429 in statuses[10:]
    assert guarded.get("/api/health", auth=("maria", PASSWORD)).status_code == 200
    assert guarded.get("/api/health", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_each_client_has_a_rate_of_its_own(assistant: Assistant):
    limited = with_settings(assistant, tokens=f"{TOKEN},another-token-16", rate_limit=1)
    with client_of(limited) as client:
        statuses = [
            client.get("/api/articles", headers={"Authorization": f"Bearer {token}"}).status_code
            for token in (TOKEN, TOKEN, "another-token-16")
        ]
    assert statuses == [200, 429, 200]


def test_the_file_holds_no_password_and_is_nobody_elses_to_read(users: Path):
    text = users.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert stat.S_IMODE(users.stat().st_mode) == 0o600
    stored = read_users(users)
    assert list(stored) == ["maria", "jo@paper.example"]
    assert matches(PASSWORD, stored["maria"].stored)
    assert not matches(PASSWORD + " ", stored["maria"].stored)


def test_the_same_password_is_stored_differently_and_can_be_changed(tmp_path: Path):
    file = tmp_path / "users"
    add_user(file, "a", PASSWORD)
    add_user(file, "b", PASSWORD)
    first = read_users(file)
    assert first["a"].stored != first["b"].stored
    add_user(file, "a", "another password")
    second = read_users(file)
    assert matches("another password", second["a"].stored)
    assert not matches(PASSWORD, second["a"].stored)
    assert second["b"] == first["b"]


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("a:b", PASSWORD), ("a\nb", PASSWORD), ("a", "short")])
def test_what_cannot_be_a_user(tmp_path: Path, name: str, password: str):
    with pytest.raises(UsageError):
        add_user(tmp_path / "users", name, password)
    assert not (tmp_path / "users").exists()


@pytest.mark.parametrize(
    "line",
    [
        "maria",
        "maria:password",
        "maria:scrypt$16384$8$5$c2FsdA==$aGFzaA==",
        "maria:scrypt$1073741824$8$5$" + "A" * 22 + "==$" + "A" * 43 + "=",
        "maria:scrypt$16383$8$5$" + "A" * 22 + "==$" + "A" * 43 + "=",
        ":",
    ],
)
def test_a_line_that_is_no_user_is_named(tmp_path: Path, line: str):
    file = tmp_path / "users"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="users:2: not a user"):
        read_users(file)


def test_settings_that_would_let_nobody_or_anybody_in(tmp_path: Path):
    (tmp_path / "empty").write_text("", encoding="utf-8")
    for settings in ({"users": tmp_path / "none"}, {"users": tmp_path / "empty"}, {"tokens": "short"}):
        with pytest.raises(SettingsError):
            Access(Settings.load({}, home=tmp_path, **settings))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_where_others_can_come_in_somebody_must_watch(users: Path, host: str):
    with pytest.raises(UsageError, match="--insecure"):
        check_exposure(Settings.load({}, host=host))
    for watched in ({"users": users}, {"tokens": TOKEN}, {"insecure": True}):
        check_exposure(Settings.load({}, host=host, **watched))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_alone_needs_no_watch(host: str):
    check_exposure(Settings.load({}, host=host))


def test_nothing_can_be_uploaded_where_nothing_can_be_added(assistant: Assistant):
    sent = {"content": b"Zoo", "headers": {"Content-Type": "application/octet-stream"}}
    with client_of(with_settings(assistant, insecure=True)) as open_to_all:
        response = open_to_all.post(UPLOAD, **sent)  # type: ignore[arg-type]
        assert response.status_code == 403
        assert open_to_all.get("/api/library").json()["can_change"] is False
