"""GET /api/front, /api/suggestions and /api/settings: what a front page begins with, and what is set."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.answering.suggestions import Suggestions
from assistant.http.front import FrontPage
from assistant.settings import Settings
from index import Embedding, index_paths
from index.store.catalogue import ArticleFilter
from tests.assistant.http.support import client_of, with_settings

ARCHIVE = Path(__file__).parents[3] / "evals" / "archive" / "corpus.jsonl"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Iterator[Assistant]:
    home = tmp_path_factory.mktemp("archive") / "home"
    index_paths(home, [ARCHIVE], embedding, passage_tokens=160)
    with Assistant.open(settings=Settings.load({}, home=home)) as assistant:
        yield assistant


def test_stories_come_newest_first_and_have_a_briefing(archive: Assistant) -> None:
    with client_of(archive) as client:
        said = client.get("/api/front").json()
        FrontPage.model_validate(said)
    stories = said["stories"]
    assert 3 <= len(stories) <= 6
    assert [each["date"] for each in stories] == sorted((each["date"] for each in stories), reverse=True)
    told = [article["id"] for each in stories for article in each["articles"]]
    assert len(told) == len(set(told))
    for story in stories:
        article = archive.article(story["article"])
        assert article is not None
        lead = story["lead"]
        assert article.text[lead["start"] : lead["end"]] == lead["sentence"]
    among = ArticleFilter(ids=tuple(article["id"] for article in stories[0]["articles"]))
    briefing = archive.ask(stories[0]["question"], among=among)
    assert (briefing.status, briefing.form, briefing.tentative) == ("answered", "briefing", False)


def test_suggestions_are_answered_in_the_scope_and_were_not_taken_back(archive: Assistant) -> None:
    courier = ArticleFilter(source="The Varnholt Courier")
    suggestions = Suggestions(archive)
    for among in (None, courier):
        offered = suggestions.current(among)
        assert offered
        assert suggestions.current(among) is offered  # not asked again
        for question in offered:
            answer = archive.ask(question, among=among)
            assert answer.is_sure
            assert answer.notices == ()
    with client_of(archive) as client:
        nothing = client.get("/api/suggestions", params={"since": "2031-04-01", "as_of": "2031-03-10"})
        assert nothing.json() == {"questions": []}
        assert client.get("/api/suggestions", params={"since": "May"}).status_code == 422


def test_what_is_set_is_told_to_who_may_know_it(assistant: Assistant, client: httpx.Client) -> None:
    said = client.get("/api/settings").json()
    assert said == {"writer": None, "home": str(assistant.settings.home.resolve())}
    open_to_all = with_settings(assistant, insecure=True, writer="ollama:tiny@http://10.0.0.7:11434")
    with client_of(open_to_all) as anybody:
        said = anybody.get("/api/settings").json()
    assert said == {"writer": {"kind": "ollama", "model": "tiny", "url": ""}, "home": None}
