"""POST /api/ask and /api/ask/stream: the answers of the Assistant, whole and piece by piece."""

import json
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx
import pytest

from assistant import Answer, Assistant, Statement
from index.errors import QuestionError, StoreError
from tests.assistant.http.support import (
    ARTICLE,
    QUESTION,
    FailingReader,
    HeldReader,
    ask,
    client_of,
    error_of,
    until,
    with_settings,
)

REFUSED = "Who won the 2022 World Cup?"
OF_LIBRARIES = re.compile(r"(?i)\b(?:inputs?|validation|field required|pattern|function|dictionary|should)\b")
"""Words of pydantic's, which say nothing to who calls the API."""


def untimed(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "timings_ms": sorted(document["timings_ms"])}


def events_of(response: httpx.Response) -> list[tuple[str, dict[str, Any]]]:
    """The events of a stream, which holds nothing else but comments."""
    blocks = [block for block in response.text.split("\n\n") if block and not block.startswith(":")]
    events = []
    for block in blocks:
        name, data = block.split("\n")
        assert name.startswith("event: ")
        assert data.startswith("data: ")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


@pytest.mark.parametrize("question", [QUESTION, REFUSED])
def test_the_answer_is_the_document_of_the_command_line(assistant: Assistant, client: httpx.Client, question: str):
    response = ask(client, question)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    assert untimed(response.json()) == untimed(assistant.ask(question).to_dict())


def test_the_description_names_what_the_documents_have(client: httpx.Client):
    described = client.get("/api/openapi.json").json()["components"]["schemas"]
    answered, refused = ask(client).json(), ask(client, REFUSED).json()
    assert list(answered) == list(refused) == described["Answer"]["required"]
    assert list(described["Answer"]["properties"]) == [*answered, "writing"]
    assert list(described["Statement"]["properties"]) == list(answered["statements"][0])
    for citation in (*answered["citations"], *refused["closest"]):
        assert list(described["Citation"]["properties"]) == list(citation)


def test_a_refusal_says_why(client: httpx.Client):
    asked = ("thanks!", "¿Cuántas personas han muerto esta semana?", REFUSED)
    polite, spanish, refused = (ask(client, question).json() for question in asked)
    assert [each["reason"]["kind"] for each in (polite, spanish)] == ["courtesy", "language"]
    assert (polite["closest"], len(spanish["closest"])) == ([], 3)
    for document in (polite, spanish, refused):
        assert list(document["reason"]) == ["kind", "missing", "text"]


@pytest.mark.parametrize("way", ["/api/ask/stream", "/api/ask"])
def test_a_stream_gives_each_statement_and_then_the_whole(assistant: Assistant, client: httpx.Client, way: str):
    response = client.post(way, json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    *statements, (last, document) = events_of(response)
    assert {name for name, _ in statements} == {"statement"}
    assert last == "answer"
    assert untimed(document) == untimed(assistant.ask(QUESTION).to_dict())
    for (_, streamed), shown in zip(statements, document["statements"], strict=True):
        sources = streamed.pop("sources")
        assert streamed == shown
        assert sources == [document["citations"][marker - 1] for marker in shown["citations"]]


def test_who_takes_both_gets_the_document(client: httpx.Client):
    both = {"Accept": "application/json, text/event-stream"}
    assert client.post("/api/ask", json={"question": QUESTION}, headers=both).json()["status"] == "answered"


class Noting(Assistant):
    """An Assistant that notes what it is asked."""

    def stream(self, *asked: Any, **more: Any) -> Iterator[Statement | Answer]:
        self.asked = asked
        return super().stream(*asked, **more)


def test_the_conversation_and_the_day_reach_the_assistant(assistant: Assistant):
    noting = Noting(assistant.searcher, assistant.reader, assistant.verifier, settings=assistant.settings)
    conversation = [
        {"speaker": "user", "text": QUESTION},
        {"speaker": "agent", "text": "14,000. [1]", "articles": ["a"]},
    ]
    with client_of(noting) as client:
        asked = ask(client, "and who says so?", conversation=conversation, asked_on="2024-12-01")
    assert asked.status_code == 200
    question, turns, day = noting.asked
    assert (question, turns, str(day)) == ("and who says so?", conversation, "2024-12-01")


def test_answers_given_at_once_are_not_mixed(assistant: Assistant, client: httpx.Client):
    questions = [QUESTION, REFUSED, "how many people were killed?", "what did the military confirm?", "who is Rahman?"]
    alone = {question: untimed(assistant.ask(question).to_dict()) for question in questions}

    def asked(question: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
        streamed = client.post("/api/ask/stream", json={"question": question})
        return question, ask(client, question).json(), events_of(streamed)[-1][1]

    with ThreadPoolExecutor(8) as users:
        for question, document, streamed in users.map(asked, questions * 3):
            assert untimed(document) == untimed(streamed) == alone[question]


def test_whoever_goes_away_frees_the_place(assistant: Assistant):
    reader = HeldReader(assistant.reader)
    with client_of(with_settings(assistant, reader, workers=1, queue=1)) as client:

        def has_room(way: str) -> bool:
            try:
                return client.post(way, json={"question": "who?"}, timeout=2).status_code != 429
            except httpx.ReadTimeout:
                return True

        # The first is still being read when its client goes, as a Reader cannot be stopped. The others leave the queue.
        for way in ("/api/ask", "/api/ask/stream", "/api/ask", "/api/ask"):
            until(partial(has_room, way))
        reader.go.set()
        until(lambda: ask(client).status_code == 200)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (
            StoreError("/secret/dateline.db: is broken."),
            503,
            "the store cannot be used now; the server's log says why.",
        ),
        (sqlite3.OperationalError("/secret"), 503, "the store cannot be used now; the server's log says why."),
        (QuestionError("ask something else."), 422, "ask something else."),
        (ZeroDivisionError("/secret"), 500, "a fault in Dateline (ZeroDivisionError); the server's log says more."),
    ],
)
def test_what_fails_is_one_line_that_gives_nothing_away(
    assistant: Assistant, caplog: pytest.LogCaptureFixture, error: Exception, status: int, said: str
):
    with client_of(with_settings(assistant, FailingReader(assistant.reader, error))) as client:
        response = ask(client)
        assert (response.status_code, error_of(response)) == (status, said)
        (event,) = events_of(client.post("/api/ask/stream", json={"question": QUESTION}))
        assert event == ("error", {"status": status, "error": said})
    assert ("secret" in caplog.text) == ("secret" in str(error))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"nonsense", 400),
        (b'{"question": "who?"', 400),
        (b"[]", 422),
        (b'"who?"', 422),
        (b"null", 422),
        (b"NaN", 422),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"question": 1}', 422),
        (b'{"question": null}', 422),
        (b'{"question": ["who?"]}', 422),
        (b'{"question": ""}', 422),
        (b'{"question": " \\u001f\\n"}', 422),
        (b'{"question": "\\ud800"}', 422),
        (b'{"question": "who?", "questions": []}', 422),
        (b'{"question": "who?", "asked_on": 1}', 422),
        (b'{"question": "who?", "asked_on": "tomorrow"}', 422),
        (b'{"question": "who?", "asked_on": "2024-02-30"}', 422),
        (b'{"question": "who?", "conversation": "none"}', 422),
        (b'{"question": "who?", "conversation": [{"speaker": "god", "text": ""}]}', 422),
        (b'{"question": "who?", "conversation": [{"speaker": "user"}]}', 422),
        (b'{"question": "who?", "among": []}', 422),
    ],
)
@pytest.mark.parametrize("way", ["/api/ask", "/api/ask/stream"])
def test_what_is_no_question_is_refused_in_one_line(client: httpx.Client, way: str, body: bytes, status: int):
    response = client.post(way, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert not OF_LIBRARIES.search(error_of(response))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"question": ""}, "question: is empty; ask something, such as: how many displaced?"),
        ({"question": "\u2003 "}, "question: is empty; ask something, such as: how many displaced?"),
        ({"question": 1}, "question: write a string."),
        ({"asked_on": "2024-02-30"}, "asked_on: there is no such day; write one as YYYY-MM-DD."),
        ({"questions": []}, "questions: is not known here; /api/docs says what is."),
        ({"x" * 1000: 1}, f"{'x' * 100}: is not known here; /api/docs says what is."),
        ({"conversation": {}}, "conversation: write a list."),
        ({"conversation": [{"speaker": "god", "text": ""}]}, "conversation.0.speaker: write 'user' or 'agent'."),
        ({"conversation": [{"speaker": "user"}]}, "conversation.0.text: is missing."),
        (
            {"conversation": [{"speaker": "user", "text": "x" * 10_001}]},
            "conversation.0.text: is too long; write at most 10,000 characters.",
        ),
        ({"among": "Tidende"}, "among: write an object."),
        ({"among": {"since": "junk"}}, "among.since: write the day as YYYY-MM-DD."),
        ({"among": {"until": 20241201}}, "among.until: write the day as YYYY-MM-DD."),
        ({"among": {"ids": []}}, "among.ids: is empty; leave it out, or say what it is."),
        ({"among": {"ids": "a"}}, "among.ids: write a list."),
        ({"among": {"ids": [1]}}, "among.ids.0: write a string."),
        ({"among": {"ids": ["a"] * 1001}}, "among.ids: is too long; send at most 1,000."),
        ({"among": {"source": ""}}, "among.source: is empty; leave it out, or say what it is."),
        ({"among": {"date": "2024-12-01"}}, "among.date: is not known here; /api/docs says what is."),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_words_of_ours(client: httpx.Client, more: dict[str, Any], said: str):
    response = client.post("/api/ask", json={"question": QUESTION, **more})
    assert (response.status_code, error_of(response)) == (422, said)


def test_only_articles_that_fit_what_was_sent_may_answer(client: httpx.Client):
    for fits in ({}, {"ids": [ARTICLE, "another"]}, {"words": "airstrikes"}, {"since": None, "ids": None}):
        assert ask(client, among=fits).json()["citations"][0]["article_id"] == ARTICLE
    none: list[dict[str, Any]] = [
        {"ids": ["another"]},
        {"source": "Tidende"},
        {"until": "2024-12-31"},  # the article has no date
        {"words": "airstrikes", "since": "2024-01-01"},
    ]
    for way in ("/api/ask", "/api/ask/stream"):
        for filters in none:
            response = client.post(way, json={"question": QUESTION, "among": filters})
            document = response.json() if way == "/api/ask" else events_of(response)[-1][1]
            assert (document["status"], document["closest"]) == ("not_in_corpus", [])


def test_a_body_that_is_no_object_or_not_called_json_says_what_to_send(client: httpx.Client):
    for body in (b"", b"[]", b"null", b"nonsense"):
        response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
        assert '{"question": "how many displaced?"}' in error_of(response)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(client: httpx.Client, kind: str):
    response = client.post("/api/ask", content=b'{"question": "who?"}', headers={"Content-Type": kind} if kind else {})
    assert response.status_code == 422
    assert error_of(response) == "the body is not called JSON; send it with Content-Type: application/json."


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/ask/", "/api/health/x", "/apis", "/nothing"])
def test_a_path_that_leads_nowhere_says_where_to_look(client: httpx.Client, path: str):
    response = client.get(path)
    assert response.status_code == 404
    assert error_of(response) == "there is nothing here; /api/docs says what there is."


@pytest.mark.parametrize(("path", "methods"), [("ask", "POST"), ("conversations/1", "DELETE, GET, PATCH, POST")])
def test_a_wrong_method_says_which_are_right_and_where_to_look(client: httpx.Client, path: str, methods: str):
    response = client.put(f"/api/{path}")
    assert (response.status_code, response.headers["allow"]) == (405, methods)
    assert "/api/docs" in error_of(response)
