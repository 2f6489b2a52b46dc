"""Files that come in: where they may come from, what they are called, and whose page asks."""

from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from assistant.http.clients import Client
from assistant.http.errors import HttpError
from assistant.http.owners import owner_of
from assistant.http.uploads import accepted, is_upload, uploads_of
from index.errors import UsageError


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("news.txt", "news.txt"),
        ("../../etc/news.txt", "news.txt"),
        ("C:\\Users\\me\\news.TXT", "news.TXT"),
        ("..hidden.txt", "hidden.txt"),
        ("a\0b\n<c>.txt", "a_b__c_.txt"),
        ("naïve 新聞.jsonl.gz", "naïve 新聞.jsonl.gz"),
        ("n" * 500 + ".md", "n" * 180 + ".md"),
        ("聞" * 90 + ".txt", "聞" * 60 + ".txt"),
    ],
)
def test_only_the_harmless_part_of_a_name_counts(inbox: Path, tmp_path: Path, name: str, kept: str) -> None:
    came_in = inbox / "file"
    came_in.write_text("Title\nText.")
    place = accepted(tmp_path / "home", came_in, name)
    assert place == uploads_of(tmp_path / "home") / kept
    assert place.read_text() == "Title\nText."
    assert is_upload(tmp_path / "home", place)
    assert not came_in.exists()


@pytest.mark.parametrize("name", ["picture.png", "news", "", "news.txt.exe", "../"])
def test_other_kinds_are_refused(inbox: Path, tmp_path: Path, name: str) -> None:
    (inbox / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be read"):
        accepted(tmp_path / "home", inbox / "file", name)
    assert list(inbox.iterdir()) == []


def test_what_did_not_come_in_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did not arrive"):
        accepted(tmp_path / "home", None, "news.txt")


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
