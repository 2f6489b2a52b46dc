"""Standing questions over HTTP: followed, asked again after an upload, looked at, given up; each owner's own."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from assistant import Assistant
from assistant.memory import Watches
from assistant.settings import Settings
from index import Embedding, index_paths
from tests.assistant.http.support import client_of, error_of, until, with_settings
from tests.assistant.http.test_conversations import FILE, MINE, OTHER, events
from tests.assistant.memory.samples import answered
from tests.assistant.memory.test_watches import MONDAY, TUESDAY, WAITING, state
from tests.index.articles import write


@pytest.fixture
def own(tmp_path: Path, embedding: Embedding) -> Iterator[Assistant]:
    home = tmp_path / "home"
    index_paths(home, [write(tmp_path / "news", monday=MONDAY)], embedding, passage_tokens=160)
    with Assistant.open(settings=Settings.load({}, home=home, rate_limit=0)) as assistant:
        yield assistant


@pytest.fixture
def api(own: Assistant) -> Iterator[httpx.Client]:
    with client_of(own, headers=MINE) as client:
        yield client


def upload(api: httpx.Client, text: str) -> None:
    sent = api.post("/api/library/files", content=text.encode(), headers=FILE).json()
    change = {"action": "add", "files": [{"id": sent["id"], "name": "news.txt"}]}
    assert events(api.post("/api/library/changes", json=change))[-1][1]["added"] == 1


def test_a_question_from_its_first_answer_to_its_end(api: httpx.Client):
    followed = api.post("/api/watches", json={"question": WAITING, "among": {"since": "2031-03-01"}})
    assert followed.status_code == 201
    begun = followed.json()
    assert (begun["id"], begun["number"], begun["changed"], begun["differs"]) == (1, 1, False, [])
    assert begun["among"] == {"since": "2031-03-01"}
    assert "120" in begun["answer"]["answer"]
    upload(api, TUESDAY)
    until(lambda: api.get("/api/watches").json()["watches"][0]["changed"])
    watch = api.get("/api/watches/1").json()
    assert "85" in watch["answer"]["answer"]
    assert "sentences" in watch["differs"]
    assert [each["number"] for each in watch["history"]] == [2, 1]
    assert watch["history"][1]["answer"] == begun["answer"]
    assert {each["state"] for each in watch["sources"]} == {"current"}

    feed = ET.fromstring(api.get("/api/watches/feed").content)
    links = [link.get("href") for link in feed.iterfind("{*}entry/{*}link")]
    cited = watch["answer"]["citations"][0]
    assert links[0] == f"{str(api.base_url).rstrip('/')}/articles/{cited['article_id']}#{cited['start']}-{cited['end']}"
    assert len(links) == 2

    assert api.put("/api/watches/1/looked", json={"number": 1}).status_code == 204
    assert api.get("/api/watches/1").json()["changed"]
    assert api.put("/api/watches/1/looked", json={"number": 2.0}).status_code == 204
    assert not api.get("/api/watches/1").json()["changed"]
    assert "no answer 3" in error_of(api.put("/api/watches/1/looked", json={"number": 3}))
    assert api.delete("/api/watches/1").status_code == 204
    assert api.get("/api/watches").json() == {"watches": []}
    assert "there is no standing question 1" in error_of(api.get("/api/watches/1"))


def test_each_owner_has_questions_of_their_own(api: httpx.Client, own: Assistant):
    api.post("/api/watches", json={"question": WAITING})
    Watches(own.home).add(answered("of the command line"), state(1))
    assert api.get("/api/watches", headers=OTHER).json() == {"watches": []}
    for path in ("/api/watches/1", "/api/watches/2"):
        assert api.get(path, headers=OTHER).status_code == 404
        assert api.delete(path, headers=OTHER).status_code == 404
        assert api.put(f"{path}/looked", headers=OTHER, json={"number": 1}).status_code == 404
    assert len(ET.fromstring(api.get("/api/watches/feed", headers=OTHER).content).findall("{*}entry")) == 0
    assert [each["id"] for each in api.get("/api/watches").json()["watches"]] == [1]
    with httpx.Client(base_url=api.base_url) as nobody:
        assert "Dateline-Browser" in error_of(nobody.get("/api/watches/feed"))


def test_what_cannot_be_followed(api: httpx.Client, own: Assistant):
    assert "nothing is asked there" in error_of(api.post("/api/watches", json={"question": "Thanks!"}))
    assert api.post("/api/watches", json={"question": "x" * 3000}).status_code == 422
    with client_of(with_settings(own, insecure=True), headers=MINE) as strangers:
        refused = strangers.post("/api/watches", json={"question": WAITING})
        assert (refused.status_code, "open to everybody" in error_of(refused)) == (403, True)
