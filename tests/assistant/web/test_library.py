"""Changing the articles from the page: what is added is kept, wherever the store is said to be."""

import asyncio
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.http.clients import SOMEBODY
from assistant.web.calls import Fields
from assistant.web.library import Library
from index import Embedding, index_paths


def test_an_upload_is_kept_where_the_home_folder_is_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedding: Embedding
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "in"))
    (tmp_path / "in").mkdir()
    (tmp_path / "news.txt").write_text("Dam\n\nThe dam held.")
    index_paths(Path("home"), [tmp_path / "news.txt"], embedding, passage_tokens=160)
    came_in = tmp_path / "in" / "file"
    came_in.write_text("Zoo\n\nThe zoo of Ravnholm has 27 penguins.")

    async def add(library: Library) -> dict[str, object]:
        fields = Fields({"action": "add", "paths": [str(came_in)], "names": ["zoo.txt"]})
        return [document async for document in library.change(SOMEBODY, fields)][-1]

    with Assistant.open("home") as assistant:
        done = asyncio.run(add(Library(assistant)))
        assert (done["state"], done["added"]) == ("done", 1)
    assert (tmp_path / "home" / "uploads" / "zoo.txt").read_text() == "Zoo\n\nThe zoo of Ravnholm has 27 penguins."
