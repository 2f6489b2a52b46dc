"""GET /api/articles, /api/articles/{id} and /api/health."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from assistant import Assistant
from assistant.http.documents import ArticleDocument, ArticlePage, HealthDocument, StoryPage
from assistant.settings import Settings
from index import Embedding, index_paths
from tests.assistant.http.support import ARTICLE, client_of, error_of
from tests.index.articles import lines

ARTICLES = (
    {"id": "a/b", "title": "Flood", "text": "The river rose by two metres.", "date": "2024-05-01", "source": "Tidende"},
    {"id": "../up", "title": "Strike", "text": "Dockers struck. 😀 They want more.", "date": "2024-06-02"},
    {"id": "c", "title": "Vote", "text": "They voted, as rivers flow.", "date": "2024-06-02", "source": "Post"},
    {"id": "d", "title": "<b>Undated</b>", "text": "Nobody knows when.\u0085\x1b[31m", "url": "javascript:alert(1)"},
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("archive")
    index_paths(folder / "home", [lines(folder / "a.jsonl", *ARTICLES)], embedding, passage_tokens=160)
    with Assistant.open(settings=Settings.load({}, home=folder / "home")) as assistant, client_of(assistant) as client:
        yield client


def ids(client: httpx.Client, **query: str | int) -> list[str]:
    return [article["id"] for article in client.get("/api/articles", params=query).json()["articles"]]


def test_the_newest_come_first_and_pages_meet(archive: httpx.Client):
    assert ids(archive) == ["../up", "c", "a/b", "d"]
    first = archive.get("/api/articles", params={"limit": 3}).json()
    second = archive.get("/api/articles", params={"limit": 3, "offset": first["next"]}).json()
    assert [article["id"] for page in (first, second) for article in page["articles"]] == ids(archive)
    assert (first["total"], first["next"], second["total"], second["next"]) == (4, 3, 4, None)
    assert archive.get("/api/articles", params={"offset": 9}).json()["articles"] == []
    ArticlePage.model_validate(first)
    assert set(ArticlePage.model_fields) == set(first)


def test_stories_are_listed_by_pages(archive: httpx.Client):
    first = archive.get("/api/stories", params={"limit": 3}).json()
    second = archive.get("/api/stories", params={"limit": 3, "offset": first["next"]}).json()
    assert [story["name"] for page in (first, second) for story in page["stories"]] == [
        "Strike",
        "Vote",
        "Flood",
        "<b>Undated</b>",
    ]
    assert (first["total"], first["next"], second["total"], second["next"]) == (4, 3, 4, None)
    assert archive.get("/api/stories", params={"min_articles": 2}).json()["total"] == 0
    assert archive.get("/api/stories", params={"min_articles": 0}).status_code == 422
    StoryPage.model_validate(first)
    assert set(StoryPage.model_fields) == set(first)


def test_by_outlet_those_of_one_stand_together(archive: httpx.Client):
    assert ids(archive, order="outlet") == ["c", "a/b", "../up", "d"]
    assert error_of(archive.get("/api/articles", params={"order": "size"})).startswith("order:")
    (undated,) = [each for each in archive.get("/api/articles").json()["articles"] if each["id"] == "d"]
    assert undated["language"] in ("en", None)


def test_filters_must_all_fit(archive: httpx.Client):
    assert ids(archive, source="Post") == ["c"]
    assert ids(archive, source="post") == []
    assert ids(archive, since="2024-06-02") == ["../up", "c"]
    assert ids(archive, until="2024-06-01") == ["a/b"]
    assert ids(archive, words="rivers") == ["c", "a/b"]  # in any form
    assert ids(archive, words="river METRE") == ["a/b"]
    assert ids(archive, words="river", source="Post") == ["c"]
    assert ids(archive, words='" OR *') == []
    assert ids(archive, words="?!") == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 101},
        {"limit": "1e1"},
        {"limit": " 1"},
        {"offset": -1},
        {"offset": 10**30},
        {"since": "20240602"},
        {"until": "1717286400"},
        {"words": ""},
        {"source": "x" * 501},
        {"order": "date"},
    ],
)
def test_what_cannot_be_asked_for(archive: httpx.Client, query: dict[str, str | int]):
    response = archive.get("/api/articles", params=query)
    assert response.status_code == 422
    assert error_of(response).startswith(f"{next(iter(query))}: ")
    assert not re.search(r"(?i)\b(?:input|items?|validation|permitted|function)\b", error_of(response))


def test_a_day_that_cannot_be_read_says_how_to_write_it(archive: httpx.Client):
    for day, said in (("junk", "write the day as YYYY-MM-DD."), ("2024-02-30", "there is no such day;")):
        assert error_of(archive.get("/api/articles", params={"since": day})).startswith(f"since: {said}")


@pytest.mark.parametrize("number", range(len(ARTICLES)))
def test_a_whole_article_and_its_sentences(archive: httpx.Client, number: int):
    wanted = ARTICLES[number]
    response = archive.get(f"/api/articles/{quote(str(wanted['id']), safe='')}")
    article = response.json()
    ArticleDocument.model_validate(article)
    assert set(ArticleDocument.model_fields) == set(article)
    assert {**article, **wanted} == article
    assert article["sentences"]
    for sentence in article["sentences"]:
        assert article["text"][sentence["start"] : sentence["end"]] == sentence["sentence"]


def test_control_characters_are_spelled_out(archive: httpx.Client):
    text = archive.get("/api/articles/d").text
    assert "\x1b" not in text
    assert "\x85" not in text
    assert json.loads(text)["text"] == ARTICLES[3]["text"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles/nothing",
        "/api/articles/",
        "/api/articles/..%2f..%2f..%2fetc%2fpasswd",
        "/api/articles/%2fetc%2fpasswd",
        "/api/articles/c%00",
        "/api/articles/c%2f",
        "/api/articles/' OR 1=1 --",
        "/api/articles/%ff%fe",
        "/api/articles/" + "x" * 4000,
        "/api/../api/articles/nothing",
        "/api/..%2f..%2findex.html",
        "/api//articles",
    ],
)
def test_paths_lead_nowhere_else(archive: httpx.Client, path: str):
    response = archive.get(path)
    assert response.status_code == 404
    assert error_of(response)


def test_health_says_what_there_is(client: httpx.Client, assistant: Assistant):
    health = client.get("/api/health").json()
    HealthDocument.model_validate(health)
    assert set(HealthDocument.model_fields) == set(health)
    assert health["ready"] is True
    assert (health["articles"], health["sentences"]) == (1, 15)
    assert health["reader"] == assistant.reader.name
    assert client.get(f"/api/articles/{ARTICLE}").json()["title"].startswith("Russian and Syrian")


def test_health_fails_when_the_store_is_gone(seed_home: Path, tmp_path: Path):
    home = tmp_path / "home"
    shutil.copytree(seed_home, home)
    with Assistant.open(settings=Settings.load({}, home=home)) as assistant, client_of(assistant) as client:
        assert client.get("/api/health").status_code == 200
        shutil.rmtree(home)
        response = client.get("/api/health")
        assert response.status_code == 503
        assert str(home) not in error_of(response)
