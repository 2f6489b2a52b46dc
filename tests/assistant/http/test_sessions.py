"""Signing in with a browser: the session's cookie, how long it lasts, and what ends it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.audit import Audit
from assistant.http.sessions import COOKIE, SESSIONS_NAME, Proof, Sessions
from assistant.http.tokens import TOKENS_NAME, add_token
from assistant.http.users import add_user, remove_user, set_role
from assistant.settings import Settings
from tests.assistant.http.support import client_of, error_of

PASSWORD = "correct horse: battery"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)", "Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    add_user(tmp_path / "users.txt", "maria", PASSWORD, "editor")
    return tmp_path


@pytest.fixture
def client(assistant: Assistant, home: Path) -> Iterator[httpx.Client]:
    settings = Settings.load({}, home=home, proxies="127.0.0.1", allowed_hosts="news.example.org")
    with client_of(Assistant(assistant.searcher, assistant.reader, assistant.verifier, settings=settings)) as client:
        yield client


@pytest.fixture(autouse=True)
def audit(assistant: Assistant) -> Audit:
    audit = Audit(assistant.home)
    audit.path.unlink(missing_ok=True)
    return audit


def sign_in(client: httpx.Client, user: str = "maria", password: str = PASSWORD, **options) -> httpx.Response:
    return client.put("/api/session", json={"user": user, "password": password}, **options)


def test_a_user_signs_in_is_known_and_signs_out(client: httpx.Client, audit: Audit):
    assert client.get("/api/session").json() == {"user": None, "role": None, "required": True, "session": False}
    answer = sign_in(client)
    assert answer.json() == {"user": "maria", "role": "editor", "required": True, "session": True}
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert cookie.endswith("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict")
    assert client.get("/api/session").json()["user"] == "maria"
    assert client.get("/api/health").status_code == 200
    secret = client.cookies[COOKIE]
    assert client.delete("/api/session").json()["user"] is None
    assert COOKIE not in client.cookies
    # Who kept the cookie has nothing of it.
    assert client.get("/api/health", headers={"Cookie": f"{COOKIE}={secret}"}).status_code == 401
    assert [(e.who, e.what) for e in audit.entries()] == [("maria", "signed in"), ("maria", "signed out")]


def test_behind_tls_the_cookie_never_leaves_it(client: httpx.Client):
    tls = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Host": "news.example.org"}
    cookie = sign_in(client, headers=tls).headers["set-cookie"]
    assert cookie.startswith(f"__Host-{COOKIE}=")
    assert cookie.endswith("; HttpOnly; SameSite=Strict; Secure")
    assert "Domain" not in cookie
    session = {"Cookie": cookie.split(";")[0]}
    assert client.get("/api/health", headers={**tls, **session}).status_code == 200
    assert client.get("/api/health", headers=session).status_code == 401


def test_who_is_not_known_gets_no_session_and_guessing_has_an_end(client: httpx.Client, audit: Audit):
    for user, password in (("maria", "wrong password"), ("nobody", PASSWORD), ("", PASSWORD)):
        answer = sign_in(client, user, password)
        assert answer.status_code == 403
        assert "not right" in error_of(answer)
        assert "set-cookie" not in answer.headers
        assert "www-authenticate" not in answer.headers
        assert password not in audit.path.read_text()
    assert [e.who for e in audit.entries() if e.what == "sign-in failed"] == ["maria", "nobody", "somebody"]
    tokens = [sign_in(client, "", f"no-such-token-{n:02}").status_code for n in range(12)]
    assert tokens[:5] == [403] * 5
    assert 429 in tokens


def test_a_session_lasts_as_long_as_what_was_proved(client: httpx.Client, home: Path):
    def health() -> int:
        return client.get("/api/health").status_code

    users = home / "users.txt"
    sign_in(client)
    assert health() == 200
    set_role(users, "maria", "reader")
    assert client.get("/api/session").json()["role"] == "reader"
    add_user(users, "maria", "another password")
    assert health() == 401
    sign_in(client, password="another password")
    assert health() == 200
    add_user(users, "jo", PASSWORD)
    remove_user(users, "maria")
    assert health() == 401
    add_user(users, "maria", "another password")  # hashed with another salt: it is another one
    assert health() == 401


def test_a_token_signs_in_where_there_are_no_passwords(client: httpx.Client, home: Path):
    token = add_token(home / TOKENS_NAME, "desk")
    assert sign_in(client, "", token).json()["user"] == "token desk"
    assert client.get("/api/health").status_code == 200


def test_sessions_outlast_the_server_but_not_their_end(assistant: Assistant, home: Path):
    settings = Settings.load({}, home=home)
    served = Assistant(assistant.searcher, assistant.reader, assistant.verifier, settings=settings)
    cookies = []
    with client_of(served) as client:
        for _ in range(2):
            assert sign_in(client).status_code == 200
            cookies.append({"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"})
            client.cookies.clear()
        assert client.delete("/api/session", headers=cookies[1]).status_code == 200
    file = home / SESSIONS_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert all(each["Cookie"].partition("=")[2] not in file.read_text() for each in cookies)
    with client_of(served) as client:
        assert [client.get("/api/health", headers=each).status_code for each in cookies] == [200, 401]
        remove_user(home / "users.txt", "maria")
        assert client.get("/api/health", headers=cookies[0]).status_code == 401
    for broken in ("", "{", "{}", "[[1]]", '[["a", "b", "c", null]]', "\ud800"):
        file.write_text(broken, errors="surrogatepass")
        assert Sessions(12, file).proof("x") is None


def test_sessions_end_in_time_and_are_not_without_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    now = 0.0
    sessions = Sessions(12, tmp_path / SESSIONS_NAME, clock=lambda: now)
    proof = Proof("maria", "hash")
    secret = sessions.begin(proof)
    now = 12 * 3600 - 1
    assert sessions.proof(secret) == proof
    assert sessions.proof(secret + "x") is None
    now = 12 * 3600
    assert sessions.proof(secret) is None
    monkeypatch.setattr("assistant.http.sessions._SESSIONS", 3)
    secrets = [sessions.begin(proof) for _ in range(5)]
    assert [sessions.proof(each) is not None for each in secrets] == [False, False, True, True, True]


def test_a_browser_is_sent_to_the_form_and_a_program_is_not(client: httpx.Client):
    asked = client.get("/", headers=BROWSER)
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in")
    script = client.get("/api/health", headers={**BROWSER, "Accept": "*/*"})
    assert script.status_code == 401
    assert "Basic" not in script.headers["www-authenticate"]  # it would open the browser's own dialog
    program = client.get("/")
    assert program.status_code == 401
    assert "Basic" in program.headers["www-authenticate"]
    wrong = client.get("/", headers=BROWSER, auth=("maria", "wrong password"))
    assert wrong.status_code == 401


def test_what_is_no_session_and_no_password_is_nothing(client: httpx.Client):
    for cookie in (f"{COOKIE}=", f"{COOKIE}=x", f"{COOKIE}=a b;;=", "=", f"{COOKIE}={'x' * 3000}"):
        assert client.get("/api/health", headers={"Cookie": cookie}).status_code == 401
    bodies: tuple[object, ...] = (
        {},
        {"user": "maria"},
        {"user": "maria", "password": ""},
        {"user": 1, "password": 2},
        [],
    )
    for body in bodies:
        answer = client.put("/api/session", json=body)
        assert answer.status_code == 422
        assert error_of(answer)


def test_where_everybody_may_there_is_nobody_to_sign_in_as(assistant: Assistant):
    with client_of(assistant) as client:
        assert client.get("/api/session").json() == {
            "user": None, "role": "admin", "required": False, "session": False
        }  # fmt: skip
        assert sign_in(client).status_code == 404
