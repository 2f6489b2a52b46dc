"""Changing the articles from the page: what is added is kept, wherever the store is said to be."""

import asyncio
import json
from pathlib import Path

import pytest
from starlette.requests import Request

from assistant import Assistant
from assistant.http.clients import SOMEBODY
from assistant.web.calls import Fields
from assistant.web.inbox import Inbox
from assistant.web.library import Library
from index import Embedding, index_paths


def test_an_upload_is_kept_where_the_home_folder_is_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedding: Embedding
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text("Dam\n\nThe dam held.")
    index_paths(Path("home"), [tmp_path / "news.txt"], embedding, passage_tokens=160)
    inbox = Inbox(Path("home"), 1_000)
    sent = b"Zoo\n\nThe zoo of Ravnholm has 27 penguins."

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def add(library: Library) -> dict[str, object]:
        headers = [(b"content-length", str(len(sent)).encode())]
        request = Request({"type": "http", "headers": headers, "client_key": "maria"}, receive)
        name = json.loads(bytes((await inbox.receive(request)).body))["id"]
        fields = Fields({"action": "add", "files": [name], "names": ["zoo.txt"]})
        return [document async for document in library.change(SOMEBODY, "maria", fields)][-1]

    with Assistant.open("home") as assistant:
        done = asyncio.run(add(Library(assistant, inbox)))
        assert (done["state"], done["added"]) == ("done", 1)
    assert (tmp_path / "home" / "uploads" / "zoo.txt").read_text() == "Zoo\n\nThe zoo of Ravnholm has 27 penguins."
    inbox.close()
