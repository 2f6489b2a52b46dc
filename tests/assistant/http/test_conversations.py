"""Conversations over HTTP: asked in, kept, named, exported, judged, deleted; and the library beside."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant import Assistant
from assistant.answer import Citation
from assistant.http.reading import of_cited
from assistant.memory import Conversations
from assistant.settings import Settings
from tests.assistant.http.support import ARTICLE, QUESTION, HeldReader, client_of, error_of, with_settings

MINE, OTHER = {"Dateline-Browser": "ab" * 16}, {"Dateline-Browser": "cd" * 16}
KILLED = "How many people have been killed?"
FILE = {"Content-Type": "application/octet-stream"}
Events = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def home(seed_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*")))


@pytest.fixture
def own(home: Path) -> Iterator[Assistant]:
    with Assistant.open(settings=Settings.load({}, home=home, rate_limit=0)) as assistant:
        yield assistant


@pytest.fixture
def api(own: Assistant) -> Iterator[httpx.Client]:
    with client_of(own, headers=MINE) as client:
        yield client


def events(response: httpx.Response) -> Events:
    assert response.status_code == 200, response.text
    blocks = [block.splitlines() for block in response.text.strip().split("\n\n") if not block.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def asked(api: httpx.Client, question: str, number: int | None = None, **more: Any) -> dict[str, Any]:
    """What comes of a question, by the names of the events."""
    path = "/api/conversations" if number is None else f"/api/conversations/{number}"
    return dict(events(api.post(path, json={"question": question, **more})))


def test_a_conversation_from_its_first_question_to_its_end(api: httpx.Client):
    first = asked(api, QUESTION)
    assert list(first) == ["statement", "answer", "kept", "related"]
    assert first["answer"]["short_answer"] == "approximately 14,000 residents"
    assert first["statement"]["sources"] == first["answer"]["citations"]
    assert first["kept"] == {"conversation": 1, "title": QUESTION, "turn": 1, "note": None}
    assert 1 <= len(first["related"]["questions"]) <= 3
    assert asked(api, KILLED, 1)["kept"]["turn"] == 2

    (listed,) = api.get("/api/conversations").json()["conversations"]
    assert (listed["id"], listed["questions"]) == (1, 2)
    (found,) = api.get("/api/conversations?words=killed").json()["conversations"]
    assert found["turn"] == 2
    conversation = api.get("/api/conversations/1").json()
    assert [turn["answer"]["question"] for turn in conversation["turns"]] == [
        QUESTION,
        KILLED,
    ]
    assert conversation["turns"][0]["sources"] == [{"marker": 1, "state": "current", "start": 924, "end": 1056}]

    assert api.patch("/api/conversations/1", json={"name": " Aleppo "}).json() == {"title": "Aleppo"}
    exported = api.get("/api/conversations/1/export/md")
    assert "14,000 residents" in exported.text
    assert exported.headers["content-disposition"] == "attachment; filename*=UTF-8''Aleppo.md"
    assert api.delete("/api/conversations/1").status_code == 204
    assert api.get("/api/conversations").json() == {"conversations": []}
    assert "there is no conversation 1" in error_of(api.get("/api/conversations/1"))
    assert api.post("/api/conversations/1", json={"question": QUESTION}).status_code == 404


def test_what_became_of_the_sources_is_told(api: httpx.Client):
    asked(api, QUESTION)
    assert api.get("/api/conversations?changed=true").json() == {"conversations": []}
    assert api.get("/api/conversations/1").json()["turns"][0]["since"] == []
    events(api.post("/api/library/changes", json={"action": "remove", "ids": [ARTICLE]}))
    assert [each["id"] for each in api.get("/api/conversations?changed=true").json()["conversations"]] == [1]
    assert api.get("/api/conversations?changed=true&words=elephant").json() == {"conversations": []}
    (notice,) = api.get("/api/conversations/1").json()["turns"][0]["since"]
    assert (notice["kind"], notice["citation"]) == ("gone", 1)


def test_which_day_a_cited_sentence_means(own: Assistant):
    said = Citation(1, ARTICLE, "T", "2031-03-12", None, None, 0, 25, "Dockers struck on Monday.")
    days = of_cited(own, [said, replace(said, marker=2, date=None)])["days"]
    assert days == {"1": [(18, 24, "2031-03-10")]}


def test_what_was_thought_is_kept_and_taken_back(api: httpx.Client):
    asked(api, QUESTION)
    path = "/api/conversations/1/turns/1/feedback"
    for kind in ("down", "up"):
        assert api.put(path, json={"kind": kind}).status_code == 204
    assert api.put(path, json={"kind": "wrong_citation", "marker": 1, "note": "of another year"}).status_code == 204

    def thought() -> list[tuple[str, int | None]]:
        (turn,) = api.get("/api/conversations/1").json()["turns"]
        return [(each["kind"], each["marker"]) for each in turn["feedback"]]

    assert thought() == [("up", None), ("wrong_citation", 1)]
    assert api.delete(path).status_code == 204
    assert thought() == [("wrong_citation", 1)]
    assert api.delete(path, params={"marker": 1}).status_code == 204
    assert thought() == []
    assert "no citation [7]" in error_of(api.put(path, json={"kind": "wrong_citation", "marker": 7}))
    assert api.put("/api/conversations/1/turns/9/feedback", json={"kind": "up"}).status_code == 404


def test_each_owner_has_conversations_of_their_own(api: httpx.Client):
    asked(api, QUESTION)
    assert api.get("/api/conversations", headers=OTHER).json() == {"conversations": []}
    assert api.get("/api/conversations/1", headers=OTHER).status_code == 404
    assert api.delete("/api/conversations/1", headers=OTHER).status_code == 404
    assert api.get("/api/conversations/1").status_code == 200


def test_a_question_asked_alone_is_told_nothing_and_is_one_more_turn(api: httpx.Client, home: Path):
    asked(api, "Who won the 2022 World Cup?")
    asked(api, "and who lost?", 1)
    alone = asked(api, "and who lost?", 1, alone=True)
    assert alone["answer"]["follow_up_to"] is None
    assert alone["answer"]["standalone_question"] == "and who lost?"
    assert alone["kept"]["turn"] == 3
    assert len(Conversations(home).get(1).turns) == 3


def test_a_courtesy_is_answered_and_kept_nowhere(api: httpx.Client):
    hello = asked(api, "Hello!")
    assert hello["answer"]["reason"]["kind"] == "courtesy"
    assert hello["kept"] == {"conversation": None, "title": None, "turn": None, "note": None}
    asked(api, QUESTION)
    thanks = asked(api, "thanks!", 1)
    assert thanks["kept"] == {"conversation": 1, "title": QUESTION, "turn": None, "note": None}
    assert thanks["related"]["questions"] == []
    assert len(api.get("/api/conversations/1").json()["turns"]) == 1


def test_which_articles_were_asked_is_kept_with_their_titles(api: httpx.Client):
    asked(api, QUESTION, among={"ids": [ARTICLE]})
    (turn,) = api.get("/api/conversations/1").json()["turns"]
    assert turn["among"]["ids"] == [ARTICLE]
    assert turn["among"]["titles"] == ["Russian and Syrian Airstrikes Target Aleppo Amid Rebel Offensive"]


def test_nothing_is_kept_of_a_question_whose_asker_left(own: Assistant, home: Path):
    reader = HeldReader(own.reader)
    held = with_settings(own, reader, rate_limit=0)
    with client_of(held, headers=MINE) as api:

        def leave() -> None:
            with api.stream("POST", "/api/conversations", json={"question": QUESTION}):
                assert reader.reading.acquire(timeout=60)

        thread = threading.Thread(target=leave)
        thread.start()
        thread.join(60)
        time.sleep(1)  # in which the server notices
        reader.go.set()
        asked(api, KILLED)  # which waits for its turn behind what was left
    (kept,) = Conversations(home).overviews()
    assert kept.title == KILLED


def test_all_of_an_owner_are_deleted(api: httpx.Client):
    for _ in range(2):
        asked(api, KILLED)
    api.post("/api/conversations", json={"question": KILLED}, headers=OTHER)
    assert api.delete("/api/conversations").status_code == 204
    assert api.get("/api/conversations").json() == {"conversations": []}
    assert len(api.get("/api/conversations", headers=OTHER).json()["conversations"]) == 1


def test_a_question_as_of_a_day_is_answered_by_what_was_published_then(api: httpx.Client):
    answer = asked(api, KILLED, as_of="2020-01-01")["answer"]
    assert answer["status"] == "not_in_corpus"


def test_the_library_says_what_there_is_and_changes(api: httpx.Client):
    about = api.get("/api/library").json()
    assert (about["articles"], about["can_change"], about["days"]) == (1, True, None)
    assert ".txt" in about["suffixes"]
    assert len(api.get("/api/suggestions").json()["questions"]) <= 3
    sent = api.post(
        "/api/library/files",
        content=b"Zoo\n\nIt has 27 penguins.",
        headers=FILE,
    )
    change = {"action": "add", "files": [{"id": sent.json()["id"], "name": "zoo.txt"}]}
    *progress, (last, outcome) = events(api.post("/api/library/changes", json=change))
    assert {name for name, _ in progress} == {"progress"}
    assert (last, outcome["added"], outcome["faults"]) == ("done", 1, [])
    (zoo,) = [each for each in api.get("/api/articles").json()["articles"] if each["title"] == "Zoo"]
    again = events(api.post("/api/library/changes", json={"action": "refresh", "ids": [zoo["id"]]}))[-1][1]
    assert (again["unchanged"], again["updated"]) == (1, 0)
    events(api.post("/api/library/changes", json={"action": "remove", "ids": [zoo["id"]]}))
    (removed,) = api.get("/api/library/removed").json()["removed"]
    assert removed["title"] == "Zoo"
    ((_, failed),) = events(api.post("/api/library/changes", json={"action": "restore", "keys": [99]}))[-1:]
    assert "error" in failed
