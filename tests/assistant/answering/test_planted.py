"""What was taken back is never an answer, a headline or what comes closest, whatever way it was taken back."""

import pytest

from assistant import Assistant
from index import index_paths
from tests.assistant.answering.planted import PLANTED
from tests.index.articles import lines


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory, embedding):
    folder = tmp_path_factory.mktemp("planted")
    articles = [article for planted in PLANTED for article in planted.articles]
    index_paths(folder / "home", [lines(folder / "news.jsonl", *articles)], embedding, passage_tokens=160)
    with Assistant.open(folder / "home") as assistant:
        yield assistant


def test_there_are_enough_of_them():
    assert len(PLANTED) >= 40
    ids = [article["id"] for planted in PLANTED for article in planted.articles]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_what_was_taken_back_answers_nothing(newsroom, planted):
    answer = newsroom.ask(planted.question)
    said = [statement.text for statement in answer.statements] + [citation.sentence for citation in answer.closest]
    assert not set(said) & set(planted.wrong)
    assert planted.false.lower() not in (answer.short_answer or "").lower()
