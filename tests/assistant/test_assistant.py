"""The Assistant on real stores: answers resolve byte for byte, and refusals name what was closest."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant
from index import Settings, index_paths
from index.errors import NoIndexError, QuestionError
from tests.index.articles import FLOOD, STRIKE, VOTE, write

ARTICLE = "000_498ac0c67ef683ba"
DISPLACED = "how many displaced?"


@pytest.fixture(scope="module")
def assistant(seed_home):
    with Assistant.open(seed_home) as assistant:
        yield assistant


def assert_promises(answer, assistant):
    """What holds of every answer."""
    for citation in (*answer.citations, *answer.closest):
        article = assistant.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.sentence
    markers = [marker for statement in answer.statements for marker in statement.citations]
    assert list(dict.fromkeys(markers)) == list(range(1, len(answer.citations) + 1))
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert (answer.status == "answered") == bool(answer.statements)
    assert all(statement.citations for statement in answer.statements)
    assert not (answer.closest and answer.statements)
    for statement in answer.statements:
        if statement.span:
            assert 0 <= statement.span[0] < statement.span[1] <= len(statement.text)
    assert 0 <= answer.confidence <= 1
    json.dumps(answer.to_dict())


def test_how_many_displaced(assistant, seeds):
    answer = assistant.ask(DISPLACED)
    assert answer.status == "answered"
    assert "14,000" in answer.text
    assert answer.text.endswith(" [1]")
    assert answer.short_answer == "approximately 14,000 residents"
    (citation,) = answer.citations
    text = (seeds / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    assert text[citation.start : citation.end] == citation.sentence
    assert (citation.start, citation.end) == (924, 1056)
    assert_promises(answer, assistant)


def test_the_document_has_the_fields_of_the_contract(assistant):
    document = assistant.ask(DISPLACED).to_dict()
    assert list(document) == [
        "question", "standalone_question", "status", "answer", "short_answer", "statements", "citations", "form",
        "tentative", "follow_up_to", "reason", "closest", "confidence", "timings_ms",
    ]  # fmt: skip
    assert list(document["statements"][0]) == ["text", "citations", "span", "verbatim"]
    assert list(document["citations"][0]) == [
        "marker", "article_id", "title", "date", "source", "url", "start", "end", "sentence",
    ]  # fmt: skip
    assert list(document["timings_ms"]) == ["search", "read", "total"]


def test_a_refusal_names_the_closest_sentences(assistant):
    answer = assistant.ask("Who won the 2022 World Cup?")
    assert answer.status == "not_in_corpus"
    assert (answer.text, answer.short_answer, answer.statements, answer.citations) == ("", None, (), ())
    assert [citation.marker for citation in answer.closest] == [1, 2, 3]
    assert len({citation.start for citation in answer.closest}) == 3
    assert_promises(answer, assistant)


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question(assistant, question):
    with pytest.raises(QuestionError, match="the question is empty"):
        assistant.ask(question)


def test_a_question_of_ten_thousand_characters(assistant):
    with pytest.raises(QuestionError, match=r"has 10,000 characters; ask it in at most 2,000 characters"):
        assistant.ask("why " * 2_499 + "why?")


@pytest.mark.parametrize(
    "question", ["?", "...", "how", "the of and", "\x00", "\ud800", "\u202eevil", "多少人?", "🦊" * 500]
)
def test_a_question_without_sense_is_refused(assistant, question):
    answer = assistant.ask(question)
    assert answer.status == "not_in_corpus"
    assert_promises(answer, assistant)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_question_gets_an_answer_that_keeps_the_promises(assistant, question):
    assert_promises(assistant.ask(question), assistant)


@pytest.mark.parametrize(("threshold", "status"), [(0, "answered"), (1, "not_in_corpus"), (None, "not_in_corpus")])
def test_the_threshold_is_a_setting(seed_home, threshold, status):
    with Assistant.open(seed_home, settings=Settings.load({}, threshold=threshold)) as assistant:
        answer = assistant.ask("Who won the 2022 World Cup?")
    assert answer.status == status
    assert_promises(answer, assistant)


def test_turns_and_days_are_checked(assistant):
    with pytest.raises(QuestionError, match="each turn"):
        assistant.ask(DISPLACED, conversation=[{"speaker": "bot", "text": "hello"}])
    for turn in ("hello", None, {"speaker": "agent", "text": "hello", "articles": "abc"}):
        with pytest.raises(QuestionError, match="each turn"):
            assistant.ask(DISPLACED, conversation=[turn])
    for day in ("yesterday", "2024-12-01 or so", ""):
        with pytest.raises(QuestionError, match="YYYY-MM-DD"):
            assistant.ask(DISPLACED, asked_on=day)
    assert assistant.ask(DISPLACED, asked_on=dt.datetime(2024, 12, 1, 12, tzinfo=dt.UTC)).status == "answered"
    assert assistant.ask(DISPLACED, asked_on="2024-12-01T12:00:00Z").status == "answered"
    turns = [{"speaker": "user", "text": "hello"}, {"speaker": "agent", "text": "hello"}]
    assert assistant.ask(DISPLACED, conversation=turns, asked_on="2024-12-01").status == "answered"


@pytest.mark.parametrize("said", ["?", "🙂", "ok", "Thanks!"])
def test_what_asks_nothing_is_not_answered_with_what_was_said_before(assistant, said):
    turns = [{"speaker": "user", "text": DISPLACED}, {"speaker": "agent", "text": assistant.ask(DISPLACED).text}]
    assert assistant.ask(said, conversation=turns).status == "not_in_corpus"


def test_a_stream_ends_with_the_whole_answer(assistant):
    *statements, answer = assistant.stream(DISPLACED)
    assert isinstance(answer, Answer)
    assert tuple(statements) == answer.statements


def test_answers_from_many_threads_are_the_same(assistant):
    questions = [DISPLACED, "Who is the director of the Syrian Observatory for Human Rights?"] * 6
    alone = {question: assistant.ask(question).text for question in questions}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(assistant.ask, questions))
    assert [answer.text for answer in answers] == [alone[question] for question in questions]


def test_no_index_yet(tmp_path):
    with pytest.raises(NoIndexError, match="dateline index"):
        Assistant.open(tmp_path)


def test_an_edited_article_is_answered_from_as_it_is_now(tmp_path, embedding):
    home = tmp_path / "home"
    news = write(tmp_path / "news", flood=FLOOD, strike=STRIKE, vote=VOTE)
    index_paths(home, [news], embedding, passage_tokens=160)
    question = "How many people died in Lower Varn?"
    with Assistant.open(home) as assistant:
        assert "Four people died" in assistant.ask(question).text
        write(news, flood=FLOOD.replace("Four people", "Nine people"))
        index_paths(home, [news], embedding, passage_tokens=160)
        answer = assistant.ask(question)
        assert "Nine people died" in answer.text
        assert_promises(answer, assistant)
