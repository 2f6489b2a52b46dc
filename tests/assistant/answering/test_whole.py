"""Briefings, timelines and questions of a day, on a real store with the real models."""

import datetime as dt

import pytest

from assistant import Assistant
from assistant.answering.asked import Asked
from assistant.answering.briefing import is_prose
from assistant.answering.overview import overview
from assistant.reader import Candidate, Reading
from index import Article, Hit, Passage, index_paths, split_sentences
from index.errors import QuestionError
from index.store.catalogue import ArticleFilter
from tests.assistant.answering.chronicle import ARTICLES
from tests.assistant.answering.test_assistant import assert_promises
from tests.index.articles import lines


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedding):
    folder = tmp_path_factory.mktemp("chronicle")
    index_paths(folder / "home", [lines(folder / "news.jsonl", *ARTICLES)], embedding, passage_tokens=160)
    with Assistant.open(folder / "home") as assistant:
        yield assistant


def ids(answer):
    return [citation.article_id for citation in answer.citations]


@pytest.mark.parametrize(
    "question",
    ["Give me an overview of the mill fire", "tell me about the fire in the mill", "Summarize the mill fire."],
)
def test_a_briefing_tells_a_story_from_its_beginning_to_how_it_stands(assistant, question):
    answer = assistant.ask(question)
    assert (answer.form, answer.status, answer.tentative) == ("briefing", "answered", False)
    assert 4 <= len(answer.statements) <= 6
    assert set(ids(answer)) == {"fire-1", "fire-2", "fire-3"}
    assert answer.statements[0].text.startswith("HARLE — A fire destroyed")
    assert answer.citations[-1].article_id == "fire-3"
    assert answer.short_answer is None
    assert_promises(answer, assistant)


def test_statements_are_verbatim_in_order_of_time_and_of_a_day_each(assistant):
    answer = assistant.ask("Give me an overview of the mill fire")
    days = [statement.day for statement in answer.statements]
    assert days == sorted(days)
    assert answer.statements[0].day == "2030-05-06"  # "on Monday night", of an article of Tuesday
    for statement, citation in zip(answer.statements, answer.citations, strict=True):
        assert statement.verbatim
        assert statement.text == citation.sentence
        assert is_prose(statement.text)


def test_a_briefing_of_one_article_is_made_of_its_best_sentences(assistant):
    answer = assistant.ask("what is this about?", among=ArticleFilter(ids=("tunnel-2",)))
    assert answer.form == "briefing"
    assert set(ids(answer)) == {"tunnel-2"}
    assert "Water broke into the Ostrey tunnel" in answer.text
    assert_promises(answer, assistant)


def test_of_one_article_what_the_network_likes_best_goes_first_wherever_it_stands(embedding):
    text = "The mill burned on Monday night. The council met on Friday. A heater had caused the fire in the mill."
    article = Article("a", "Fire", text)
    sentences = tuple(split_sentences(text))
    hit = Hit(Passage("p", "a", 0, 0, 0, len(text), text), article, sentences)
    found = [Candidate(hit, one, None, 1.0 - n, odds=n) for n, one in enumerate(sentences)]
    asked = Asked.of("what is this about?")
    answer = overview(asked, Reading(tuple(found), 0.9), (), embedding, threshold=0.5, tentative=0.3)
    assert answer is not None
    assert answer.statements[0].text == "A heater had caused the fire in the mill."


def test_a_briefing_of_one_article_begins_with_what_answers_best(assistant):
    among = ArticleFilter(ids=("tunnel-2",))
    answer = assistant.ask("Tell me about the builder Nordbore", among=among)
    assert answer.form == "briefing"
    assert answer.statements[0].text.startswith("The builder, Nordbore")
    assert len(answer.statements) > 1
    starts = [citation.start for citation in answer.citations[1:]]
    assert starts == sorted(starts)


@pytest.mark.parametrize("question", ["any news?", "What is this about?", "key points"])
def test_a_whole_store_is_told_by_its_stories_newest_first(assistant, question):
    answer = assistant.ask(question)
    assert answer.form == "briefing"
    assert ids(answer)[0] == "show-1"
    days = [citation.date for citation in answer.citations]
    assert days == sorted(days, reverse=True)
    assert_promises(answer, assistant)


def test_a_timeline_has_the_days_that_its_sentences_name(assistant):
    answer = assistant.ask("timeline of the mill fire")
    assert answer.form == "timeline"
    days = [statement.day for statement in answer.statements]
    assert days == sorted(days)
    assert {"2030-05-06", "2030-05-09", "2030-05-15"} <= set(days)
    assert "1998" not in answer.text
    assert_promises(answer, assistant)


def test_what_nothing_is_about_is_refused(assistant):
    answer = assistant.ask("Tell me about quantum computers")
    assert answer.status == "not_in_corpus"
    assert answer.reason.kind == "nothing_close"


def test_a_name_that_no_article_has_is_refused(assistant):
    answer = assistant.ask("Give me an overview of the fire in Brestovia")
    assert answer.status == "not_in_corpus"
    assert answer.reason.missing == ("Brestovia",)


@pytest.mark.parametrize(
    "question", ["Tell me about the fire in Brestovia", "Fire in Brestovia overview", "timeline of the Brestovia fire"]
)
def test_a_whole_of_what_no_article_names_is_refused(assistant, question):
    assert assistant.ask(question).reason.missing == ("Brestovia",)


def test_no_sentence_leans_on_one_that_is_not_shown(assistant):
    for question in ("Tell me about the mill fire", "timeline of the mill fire"):
        said = assistant.ask(question).text
        assert "It stood beside a stack" not in said or "caused by an electric heater" in said


def test_as_of_a_day_only_articles_up_to_it_answer(assistant):
    answer = assistant.ask("What was known about the mill fire as of 8 May?")
    assert set(ids(answer)) == {"fire-1"}
    assert answer.period.to_dict() == {
        "from": None, "to": "2030-05-08", "basis": "published", "text": "articles up to 8 May 2030",
    }  # fmt: skip
    asked = assistant.ask("What caused the fire?", as_of="2030-05-08")
    assert "fire-2" not in ids(asked)
    assert asked.period.last == "2030-05-08"


def test_what_happened_on_a_day_is_told_of_that_day(assistant):
    answer = assistant.ask("What happened on 8 May?")
    assert answer.period.basis == "told"
    assert ids(answer) == ["tunnel-1"]
    answer = assistant.ask("What happened on 6 May?")
    assert ids(answer) == ["fire-1"]  # which is of the next day


def test_days_are_understood_from_the_day_of_asking(assistant):
    answer = assistant.ask("news of yesterday", asked_on=dt.date(2030, 5, 10))
    assert answer.period.first == answer.period.last == "2030-05-09"
    assert ids(answer) == ["fire-2"]


def test_days_of_which_nothing_is_told_are_a_refusal_that_says_so(assistant):
    answer = assistant.ask("as of 1 May, what was known?")
    assert answer.status == "not_in_corpus"
    assert answer.reason.kind == "filtered"
    assert answer.reason.text == (
        "There are no articles up to 1 May 2030; the first article is of 7 May 2030, the last of 20 May 2030."
    )
    assert answer.period.last == "2030-05-01"


@pytest.mark.parametrize("question", ["what was known as of 31 February?", "What happened on 31 April?"])
def test_a_day_that_is_none_is_refused_in_one_line(assistant, question):
    with pytest.raises(QuestionError, match="is no day of the calendar"):
        assistant.ask(question)


def test_a_stream_brings_the_same_statements(assistant):
    *statements, answer = assistant.stream("Give me an overview of the mill fire")
    assert tuple(statements) == answer.statements
    assert all(statement.sources for statement in statements)


def test_without_any_date_a_briefing_is_in_the_order_of_reading(tmp_path, embedding):
    undated = [{**article, "date": None} for article in ARTICLES if str(article["id"]).startswith("fire")]
    index_paths(tmp_path / "home", [lines(tmp_path / "news.jsonl", *undated)], embedding, passage_tokens=160)
    with Assistant.open(tmp_path / "home") as assistant:
        answer = assistant.ask("Give me an overview of the mill fire")
        assert answer.form == "briefing"
        assert {statement.day for statement in answer.statements} == {None}
        assert ids(answer) == sorted(ids(answer))
        assert_promises(answer, assistant)
        refused = assistant.ask("what happened on 8 May 2030?")
        assert refused.reason is not None
        assert refused.reason.text == "No article has a date, so none can be chosen by its day."


def test_a_timeline_is_bounded_by_what_happened(assistant):
    answer = assistant.ask("What happened before water broke into the tunnel?")
    assert (answer.form, answer.period and answer.period.last) == ("timeline", "2030-05-16")
    assert "tunnel-1" in ids(answer)
    assert max(statement.day for statement in answer.statements if statement.day) <= "2030-05-16"
    assert assistant.ask("What happened after the goats voted in Kessing?").period is None


def test_a_date_that_says_which_one_is_meant_limits_no_briefing(assistant):
    assert assistant.ask("Tell me about the fire on May 6 in the mill of Harle", asked_on="2030-05-20").period is None
    assert assistant.ask("What happened in Harle on May 6?", asked_on="2030-05-20").period is not None


def test_an_overview_is_refused_where_none_of_its_names_is_known(assistant):
    assert assistant.ask("Tell me about the work of Henrik Sollas in Congress").form == "briefing"
    assert assistant.ask("Tell me about Congress").status == "not_in_corpus"


def test_what_is_of_another_week_only_may_answer(assistant):
    asked = "What did Minister Sollas say last week?"
    assert not assistant.ask(asked, asked_on="2030-06-10").is_sure
    answer = assistant.ask("What did Sollas say about the tunnel last week?", asked_on="2030-05-21")
    assert ids(answer)[:1] == ["tunnel-2"]
