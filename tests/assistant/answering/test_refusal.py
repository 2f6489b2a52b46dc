"""Why a question is refused, on real stores."""

import time
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answering.refusal import names_in
from assistant.settings import Settings
from index import index_paths
from index.store.catalogue import ArticleFilter
from tests.index.articles import FLOOD, STRIKE, VOTE, write

ARCHIVE = Path(__file__).parents[3] / "evals" / "archive" / "corpus.jsonl"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedding):
    folder = tmp_path_factory.mktemp("refusal")
    news = write(folder / "news", flood=FLOOD, strike=STRIKE, vote=VOTE)
    index_paths(folder / "home", [news], embedding, passage_tokens=160)
    with Assistant.open(folder / "home", settings=Settings.load({}, threshold=1)) as assistant:  # refuses everything
        yield assistant


def reason(assistant, question, **more):
    answer = assistant.ask(question, **more)
    assert answer.status == "not_in_corpus"
    assert answer.to_dict()["reason"] == {
        "kind": answer.reason.kind,
        "missing": list(answer.reason.missing),
        "text": answer.reason.text,
    }
    return answer.reason


@pytest.mark.parametrize(
    ("question", "missing", "text"),
    [
        ("Did Emmanuel Macron visit Varn?", ("Emmanuel Macron",), "No article mentions Emmanuel Macron."),
        ("What happened in Gaza?", ("Gaza",), "No article mentions Gaza."),
        ("Describe the fighting in Gaza", ("Gaza",), "No article mentions Gaza."),
        ("Describe Gaza", ("Gaza",), "No article mentions Gaza."),
        ("What did Gaza’s mayor say?", ("Gaza",), "No article mentions Gaza."),
        ("What did NATO say?", ("NATO",), "No article mentions NATO."),
        ("Is it true? Was Gaza, or Kyiv, hit?", ("Gaza", "Kyiv"), "No article mentions Gaza or Kyiv."),
        (
            "Was it Gaza, Kyiv, Berlin or Oslo?",
            ("Gaza", "Kyiv", "Berlin"),
            "No article mentions Gaza, Kyiv or Berlin.",
        ),
    ],
)
def test_a_name_that_no_article_has(assistant, question, missing, text):
    found = reason(assistant, question)
    assert (found.kind, found.missing, found.text) == ("missing", missing, text)


@pytest.mark.parametrize(
    "question",
    [
        "how many displaced?",  # they may say it in other words
        "Describe the flood in Lower Varn",
        "Give me the names of the dead in Lower Varn",
        "Anything new?",
        "How do I bake bread?",
        "HOW MANY WERE DISPLACED IN GAZA?",
        "Please Tell Me How Many Were Displaced",
        "how do i bake sourdough bread in gaza?",
        "How many people died in Lower Varn?",
        "“Displaced”?",
        "?!",
        "A",
    ],
)
def test_what_is_no_name_or_stands_in_an_article_is_not_missing(assistant, question):
    assert reason(assistant, question).missing == ()


def test_what_nothing_is_about(assistant):
    found = reason(assistant, "how do i bake sourdough bread?")
    assert (found.kind, found.text) == ("nothing_close", "Nothing in the articles is about this.")


def test_what_the_articles_that_are_about_it_do_not_say(assistant):
    found = reason(assistant, "How many people were hurt by the flood in Lower Varn?")
    assert (found.kind, found.text) == ("not_answered", "The articles that come closest do not say.")


@pytest.mark.parametrize(
    "question", ["Wie viele Menschen sind bei der Flut gestorben?", "多少人死亡？", "Сколько людей погибло?"]
)
def test_another_language_is_said_and_still_gets_the_closest_sentences(assistant, question):
    answer = assistant.ask(question)
    assert answer.reason.kind == "language"
    assert "English" in answer.reason.text
    assert answer.closest
    assert answer.confidence == 0


def test_a_filter_that_leaves_nothing(assistant):
    found = reason(assistant, "How many people died in Lower Varn?", among=ArticleFilter(ids=("gone",)))
    assert found.kind == "filtered"
    assert "days, outlets or articles that you chose" in found.text


def test_a_name_that_only_an_article_that_was_not_chosen_has(assistant):
    (flood,) = {hit.article.id for hit in assistant.find("How many people died in Lower Varn?", limit=1)}
    others = [hit.article.id for hit in assistant.find("strike or vote", limit=10) if hit.article.id != flood]
    found = reason(assistant, "How many people died in Lower Varn?", among=ArticleFilter(ids=tuple(others)))
    assert (found.kind, found.missing) == ("missing", ("Lower Varn",))
    assert found.text == "No article that you chose mentions Lower Varn."


@pytest.mark.parametrize("said", ["Thanks!", "hello", "lol", "🙂", "?!"])
def test_a_courtesy_is_no_refusal_of_a_question(assistant, said):
    answer = assistant.ask(said)
    assert answer.reason.kind == "courtesy"
    assert answer.closest == ()
    assert answer.timings_ms["search"] == answer.timings_ms["read"] == 0


def test_a_question_full_of_names_takes_no_longer(assistant):
    begun = time.perf_counter()
    reason(assistant, "Gaza said Kyiv " * 130)
    assert time.perf_counter() - begun < 10


def test_the_first_word_of_a_question_is_no_name():
    assert names_in("Give me an overview of the strike in Varn") == ["Varn"]
    assert names_in("Tell me about Mara Ellin’s report") == ["Mara Ellin"]


def test_what_may_answer_does_not_where_no_article_has_what_is_asked_about(tmp_path, embedding):
    index_paths(tmp_path / "home", [ARCHIVE], embedding, passage_tokens=160)
    with Assistant.open(tmp_path / "home") as assistant:
        assert assistant.ask("Who was called the winner?").status == "answered"  # something looks like an answer
        assert reason(assistant, "Who won the 2022 World Cup?").missing == ("World Cup",)
