"""Files that come in: where they may come from, what they are called, and whose page asks."""

from pathlib import Path

import gradio as gr
import pytest
from starlette.requests import Request

from assistant.web.owners import owner_of
from assistant.web.uploads import accepted, is_upload, uploads_of
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


def test_the_user_owns_what_is_asked_however_the_request_comes() -> None:
    request = Request({"type": "http", "headers": [], "user": "maria"})
    assert owner_of(None, request) == owner_of("ab" * 16, gr.Request(request)) != owner_of("ab" * 16, None)
    nobody = Request({"type": "http", "headers": []})
    assert owner_of("ab" * 16, nobody) == owner_of("ab" * 16, gr.Request(nobody)) == owner_of("ab" * 16, None)


def test_a_secret_that_can_be_guessed_is_none() -> None:
    assert owner_of("ab" * 16, None) == owner_of("ab" * 16, None) != owner_of("cd" * 16, None)
    for secret in (None, "", "abc", "AB" * 16, 7, "ab" * 100):
        with pytest.raises(UsageError, match="load it again"):
            owner_of(secret, None)
