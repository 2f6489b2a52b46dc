"""Changing the articles: what is added is kept, wherever the store is said to be."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from assistant import Assistant
from assistant.audit import Audit
from assistant.http.clients import SOMEBODY, Client
from assistant.http.errors import HttpError
from assistant.http.library import Library
from assistant.http.streams import Event
from assistant.http.uploads import Inbox
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
        return await last(library.add(SOMEBODY, "maria", [(name, "zoo.txt")]))

    with Assistant.open("home") as assistant:
        assert asyncio.run(add(Library(assistant, inbox)))["added"] == 1
    assert (tmp_path / "home" / "uploads" / "zoo.txt").read_text() == "Zoo\n\nThe zoo of Ravnholm has 27 penguins."
    inbox.close()


@pytest.fixture
def library(tmp_path: Path, embedding: Embedding) -> Iterator[Library]:
    (tmp_path / "news.txt").write_text("Dam\n\nThe dam held.")
    index_paths(tmp_path / "home", [tmp_path / "news.txt"], embedding, passage_tokens=160)
    with Assistant.open(tmp_path / "home") as assistant:
        inbox = Inbox(tmp_path / "home", 1_000_000)
        yield Library(assistant, inbox)
        inbox.close()


MARIA, JO = Client("maria", "maria", "editor"), Client("jo", "jo", "editor")


async def last(events: AsyncIterator[Event | None]) -> dict[str, Any]:
    event = [event async for event in events][-1]
    assert event is not None
    assert event[0] == "done"
    return event[1]


def outcome(events: AsyncIterator[Event | None]) -> dict[str, Any]:
    return asyncio.run(last(events))


def add(library: Library, client: Client, name: str, text: str) -> dict[str, Any]:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": text.encode(), "more_body": False}

    async def send() -> dict[str, Any]:
        headers = [(b"content-length", str(len(text)).encode())]
        request = Request({"type": "http", "headers": headers, "client_key": client.key}, receive)
        file = json.loads(bytes((await library._inbox.receive(request)).body))["id"]
        return await last(library.add(client, client.key, [(file, name)]))

    return asyncio.run(send())


def texts(library: Library) -> list[str]:
    return sorted(article.text for article in library._assistant.record.articles())


def uploads(library: Library) -> list[Path]:
    return [path for path in (library._home / "uploads").rglob("*") if path.is_file()]


def test_a_file_of_the_same_name_takes_no_place_but_ones_own(library: Library) -> None:
    dam = "Dam\n\nThe dam held."
    first, second, third = (f"Zoo\n\nThe zoo has {count} penguins." for count in ("27", "28", "29"))
    assert add(library, MARIA, "zoo.txt", first)["added"] == 1
    assert add(library, JO, "zoo.txt", second)["added"] == 1
    assert texts(library) == [dam, first, second]
    assert add(library, MARIA, "zoo.txt", third)["updated"] == 1
    assert texts(library) == [dam, second, third]


def test_a_broken_upload_destroys_nothing(library: Library) -> None:
    line = '{"id": "zoo", "title": "Zoo", "text": "The zoo has 27 penguins."}\n'
    add(library, MARIA, "zoo.jsonl", line)
    before = texts(library)
    for broken in ("", line[:30], line.replace("27", "28") + line[:30], "\x00\x01"):
        assert add(library, MARIA, "zoo.jsonl", broken)["faults"]
        assert texts(library) == before
        assert [path.read_text() for path in uploads(library)] == [line]
    outcome(library.refresh(MARIA))
    assert texts(library) == before


def test_what_an_editor_removed_can_be_restored_and_all_of_it_is_in_the_log(library: Library) -> None:
    zoo = "Zoo\n\nThe zoo has 27 penguins."
    add(library, MARIA, "zoo.txt", zoo)
    (file,) = uploads(library)
    (article_id,) = library._assistant.record.articles_of_file(str(file))
    assert outcome(library.remove(JO, [article_id]))["removed"] == 1
    assert not file.exists()
    (removed,) = library.removed(MARIA)
    assert (removed["title"], removed["who"]) == ("Zoo", "jo")
    outcome(library.restore(MARIA, [removed["key"]]))
    assert file.read_text() == zoo
    assert zoo in texts(library)
    assert [(e.who, e.what, e.which) for e in Audit(library._home).entries()] == [
        ("maria", "files added", ("zoo.txt",)),
        ("jo", "articles removed", (article_id,)),
        ("maria", "articles restored", (article_id,)),
    ]


def test_a_reader_changes_nothing(library: Library) -> None:
    reader = Client("ann", "ann", "reader")
    assert library.about(reader)["can_change"] is False
    with pytest.raises(HttpError, match="your role"):
        library.check(reader)
    with pytest.raises(HttpError, match="your role"):
        library.removed(reader)


def test_the_page_says_that_what_is_removed_stays_out_while_its_file_is_there(library: Library) -> None:
    add(library, MARIA, "zoo.txt", "Zoo\n\nThe zoo has 27 penguins.")
    removed = outcome(library.remove(JO, ["news"]))
    assert "stays out while its text is the same" in removed["note"]
    assert outcome(library.refresh(MARIA))["added"] == 0
    assert texts(library) == ["Zoo\n\nThe zoo has 27 penguins."]
    (key,) = [one["key"] for one in library.removed(MARIA)]
    outcome(library.restore(MARIA, [key]))
    assert len(texts(library)) == 2
    assert outcome(library.refresh(MARIA))["removed"] == 0
    assert len(texts(library)) == 2
