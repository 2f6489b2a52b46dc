"""What a kept conversation cites is looked at again: what was corrected, changed or removed since is told."""

import pytest

from assistant import Assistant
from assistant.memory import Conversation, Conversations
from assistant.memory.since import notices_since, since
from index import index_paths, remove
from index.store.reading import RECORD_NAME, RecordReader
from tests.index.articles import lines

REPORT = {
    "id": "fire",
    "title": "Barns burn in Hosk",
    "text": "Twelve barns burned down in Hosk on Friday. The wind fanned the fire.",
    "date": "2031-03-06",
}
ARREST = {
    "id": "arrest",
    "title": "Keeper of the Hosk zoo arrested",
    "text": "The keeper of the Hosk zoo was arrested on Saturday. The zoo is closed.",
    "date": "2031-03-07",
}
NOT_SO = {
    "id": "not-so",
    "title": "What burned in Hosk",
    "text": "Ten barns, not twelve, burned down in Hosk. The fire service counted again.",
    "date": "2031-03-09",
}
WITHDRAWN = {
    "id": "withdrawn",
    "title": "In our own cause",
    "text": "The Gazette has withdrawn its report that the keeper of the Hosk zoo was arrested. It was untrue.",
    "date": "2031-03-10",
}


@pytest.fixture
def home(tmp_path, embedding):
    """A store with two kept answers, whose articles are `news.jsonl` beside it."""
    home = tmp_path / "home"
    index_paths(home, [lines(tmp_path / "news.jsonl", REPORT, ARREST)], embedding, passage_tokens=160)
    kept = Conversations(home)
    with Assistant.open(home) as assistant:
        for question in ("How many barns burned down in Hosk?", "Who was arrested in Hosk?"):
            kept.append(Conversation(), assistant.ask(question))
    return home


def told(home):
    with RecordReader(home / RECORD_NAME) as record:
        return [
            (each.conversation, each.notice.kind, each.notice.article_id) for each in since(Conversations(home), record)
        ]


def test_nothing_is_told_while_all_is_as_it_was(home):
    assert told(home) == []


def test_later_notices_are_told(home, embedding, tmp_path):
    news = lines(tmp_path / "news.jsonl", REPORT, ARREST, NOT_SO, WITHDRAWN)
    index_paths(home, [news], embedding, passage_tokens=160)
    assert told(home) == [(2, "withdrawn", "withdrawn"), (1, "corrected", "not-so")]
    with RecordReader(home / RECORD_NAME) as record:
        answer = Conversations(home).get(1).turns[0].answer
        assert [notice.text for notice in notices_since(answer, record)] == [
            "Ten barns, not twelve, burned down in Hosk."
        ]


def test_another_text_under_the_same_id_and_none_at_all(home, embedding, tmp_path):
    other = {**REPORT, "text": "Two barns burned down in Hosk. The wind fanned the fire."}
    index_paths(home, [lines(tmp_path / "news.jsonl", other, ARREST)], embedding, passage_tokens=160)
    remove(home, ["arrest"], embedding)
    assert told(home) == [(2, "gone", "arrest"), (1, "changed", "fire")]
