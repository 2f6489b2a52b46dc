"""Old citations against a real store: they resolve, or it is said what became of their article."""

import pytest

from assistant import Assistant
from assistant.memory import Conversation, Conversations, SourceNow, as_document, as_markdown, sources_now
from index import index_paths, remove
from tests.assistant.memory.samples import refused
from tests.index.articles import FLOOD, VOTE, write

QUESTION = "How many people died in Lower Varn?"
CITED = "Four people died in Lower Varn."
START = FLOOD.index(CITED)


@pytest.fixture(scope="module")
def conversation(tmp_path_factory, embedding):
    """A kept conversation about an article, before anything happened to it."""
    folder = tmp_path_factory.mktemp("before")
    index_paths(folder / "home", [write(folder / "news", flood=FLOOD, vote=VOTE)], embedding, passage_tokens=160)
    with Assistant.open(folder / "home") as assistant:
        answer = assistant.ask(QUESTION)
    assert [citation.sentence for citation in answer.citations] == [CITED]
    Conversations(folder).append(Conversation(), answer)
    return Conversations(folder).get(1)


def indexed(tmp_path, embedding, flood):
    """A store in which the article says this now, or is no more."""
    home, news = tmp_path / "home", write(tmp_path / "news", flood=FLOOD, vote=VOTE)
    index_paths(home, [news], embedding, passage_tokens=160)
    if flood is None:
        remove(home, [str(news / "flood.txt")], embedding)
    else:
        write(news, flood=flood)
        index_paths(home, [news], embedding, passage_tokens=64)
    return Assistant.open(home)


LONGER = FLOOD.replace("The river", "It rained for days. The river")
AFTERWARDS = {
    "indexed again with other settings": (FLOOD, SourceNow("current", START, START + len(CITED))),
    "edited elsewhere, after it": (f"{FLOOD} Nobody slept.", SourceNow("current", START, START + len(CITED))),
    "edited before it": (LONGER, SourceNow("changed", LONGER.index(CITED), LONGER.index(CITED) + len(CITED))),
    "another number": (FLOOD.replace("Four", "Nine"), SourceNow("changed")),
    "part of another sentence": (FLOOD.replace("Four people", 'Nobody says that "Four people'), SourceNow("changed")),
    "removed": (None, SourceNow("gone")),
}


@pytest.mark.parametrize("name", AFTERWARDS)
def test_what_became_of_a_source(name, conversation, tmp_path, embedding):
    flood, expected = AFTERWARDS[name]
    answer = conversation.turns[0].answer
    with indexed(tmp_path, embedding, flood) as library:
        assert sources_now(answer, library) == {1: expected}
        document = as_document(conversation, library, articles=True)
        markdown = as_markdown(conversation, library)
        article = library.article(answer.citations[0].article_id)
    assert document["turns"][0]["sources"] == [{"marker": 1, **expected.to_dict()}]
    assert document["turns"][0]["answer"] == answer.to_dict()
    assert [each["text"] for each in document["articles"]] == ([] if flood is None else [flood])
    assert (f"*{expected.remark}*" in markdown) == (expected.state != "current")
    assert f"> {CITED}" in markdown
    if article is not None and expected.start is not None:
        assert article.text[expected.start : expected.end] == CITED


def test_the_closest_sentences_of_a_refusal_are_looked_up_too(tmp_path, embedding):
    with indexed(tmp_path, embedding, FLOOD) as library:
        refusal = library.ask("Who won the 2022 World Cup?")
        assert refusal.closest
        assert {now.state for now in sources_now(refusal, library).values()} == {"current"}
        assert sources_now(refused(), library) == {1: SourceNow("gone")}


def test_of_several_that_are_the_same_it_is_the_nearest(conversation, tmp_path, embedding):
    twice = FLOOD.replace("The sirens failed.", f"The sirens failed. {CITED}").replace("The river", "Yes. The river")
    with indexed(tmp_path, embedding, twice) as library:
        now = sources_now(conversation.turns[0].answer, library)[1]
    assert (now.state, now.start) == ("changed", twice.index(CITED))
