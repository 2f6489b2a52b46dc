"""Tokens: known by their hash, never by their place; made and revoked while the server runs."""

import asyncio
from pathlib import Path

import pytest
from starlette.datastructures import Headers

from assistant import Assistant
from assistant.http.access import Access
from assistant.http.clients import Client
from assistant.http.errors import HttpError
from assistant.http.tokens import TOKENS_NAME, add_token, read_tokens, revoke_token, tokens_of_setting
from assistant.settings import Settings
from index.errors import SettingsError, UsageError
from tests.assistant.http.support import client_of, with_settings

A, B = "a-token-of-some-length", "another-token-16"


def client_with(token: str, home: Path, **settings: str) -> Client:
    access = Access(Settings.load({}, home=home, **settings))
    headers = Headers({"authorization": f"Bearer {token}"})
    return asyncio.run(access.client(headers, "http", "192.0.2.1"))


def test_a_token_is_itself_wherever_it_stands_in_the_list(tmp_path: Path):
    first, second = client_with(A, tmp_path, tokens=f"{A},{B}"), client_with(B, tmp_path, tokens=f"{A},{B}")
    assert first.key != second.key
    assert client_with(B, tmp_path, tokens=B) == second  # and not who A was
    assert client_with(B, tmp_path, tokens=f"wire-desk:{B}").key == second.key
    assert client_with(B, tmp_path, tokens=f"wire-desk:{B}").name == "token wire-desk"


@pytest.mark.parametrize(
    "setting", ["short", "a b:" + A, ":" + A, f"{A}:short", "desk:", f"x:y:{A}", "токен-токен-токен"]
)
def test_a_setting_that_is_no_token_says_what_to_write(setting: str):
    with pytest.raises(SettingsError, match=r"token 1 is neither TOKEN nor NAME:TOKEN.*dateline token add"):
        tokens_of_setting(setting)


def test_tokens_come_and_go_without_a_restart(assistant: Assistant, tmp_path: Path):
    file = tmp_path / TOKENS_NAME
    old = add_token(file, "old")
    settings = Settings.load({}, home=tmp_path)
    with client_of(Assistant(assistant.searcher, assistant.reader, assistant.verifier, settings=settings)) as client:

        def status(token: str) -> int:
            return client.get("/api/health", headers={"Authorization": f"Bearer {token}"}).status_code

        assert status(old) == 200
        new = add_token(file, "new", "editor")
        assert (status(old), status(new)) == (200, 200)
        revoke_token(file, "old")
        assert (status(old), status(new)) == (401, 200)
        revoke_token(file, "new")  # and that does not open the door to everybody
        assert status(new) == 401
        assert client.get("/api/health").status_code == 401


def test_a_file_that_cannot_be_read_lets_nobody_in_until_it_can(assistant: Assistant, tmp_path: Path):
    file = tmp_path / TOKENS_NAME
    token = add_token(file, "desk")
    good = file.read_text()
    settings = Settings.load({}, home=tmp_path)
    with client_of(Assistant(assistant.searcher, assistant.reader, assistant.verifier, settings=settings)) as client:
        headers = {"Authorization": f"Bearer {token}"}
        for broken in ("desk:reader", "desk:root:" + good.split(":", 2)[2], good + good):
            file.write_text(broken)
            assert client.get("/api/health", headers=headers).status_code == 503
        file.write_text(good)
        assert client.get("/api/health", headers=headers).status_code == 200


def test_the_file_holds_no_token_and_is_nobody_elses_to_read(tmp_path: Path):
    file = tmp_path / "home" / TOKENS_NAME
    token = add_token(file, "desk", "editor")
    assert token not in file.read_text()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [(each.name, each.role) for each in read_tokens(file)] == [("desk", "editor")]


def test_a_name_that_is_taken_or_no_name_is_refused(tmp_path: Path):
    file = tmp_path / TOKENS_NAME
    add_token(file, "desk")
    for name in ("desk", "a:b", "", "x" * 65, "a\nb"):
        with pytest.raises(UsageError):
            add_token(file, name)
    with pytest.raises(UsageError, match="no token wire"):
        revoke_token(file, "wire")
    assert len(read_tokens(file)) == 1


def test_a_revoked_name_does_not_inherit(tmp_path: Path):
    file = tmp_path / TOKENS_NAME
    before = client_with(add_token(file, "desk"), tmp_path)
    revoke_token(file, "desk")
    after = client_with(add_token(file, "desk"), tmp_path)
    assert before.name == after.name
    assert before.key != after.key


def test_a_wrong_token_is_a_guess(tmp_path: Path):
    with pytest.raises(HttpError, match="not right"):
        client_with("x" * 20, tmp_path, tokens=A)


def test_the_old_setting_still_lets_programs_ask(assistant: Assistant):
    with client_of(with_settings(assistant, tokens=f"{A},{B}")) as client:
        for token in (A, B):
            assert client.get("/api/articles", headers={"Authorization": f"Bearer {token}"}).status_code == 200
