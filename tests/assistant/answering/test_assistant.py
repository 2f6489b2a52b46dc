"""The Assistant on real stores: answers resolve byte for byte, and refusals name what was closest."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant
from assistant.reader import Candidate, Reading
from assistant.settings import Settings
from index import index_paths
from index.errors import NoIndexError, QuestionError
from tests.assistant.reader.test_reader import make_folder
from tests.index.articles import FLOOD, STRIKE, VOTE, write

ARTICLE = "000_498ac0c67ef683ba"
DISPLACED = "how many displaced?"
CLEAR = "When did the civil war start?"


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
    markers += [figure.citation for figure in answer.figures]  # they stand below the statements
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
    assert " [1]" in answer.text
    assert answer.short_answer in ("approximately 14,000 residents", None)
    citation = answer.citations[0]
    text = (seeds / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    assert text[citation.start : citation.end] == citation.sentence
    assert (citation.start, citation.end) == (924, 1056)
    assert_promises(answer, assistant)


def test_the_document_has_the_fields_of_the_contract(assistant):
    document = assistant.ask(CLEAR).to_dict()
    assert list(document) == [
        "question", "standalone_question", "status", "answer", "short_answer", "statements", "citations", "form",
        "figures", "notices", "period", "tentative", "follow_up_to", "reason", "closest", "confidence", "timings_ms",
    ]  # fmt: skip
    assert list(document["statements"][0]) == ["text", "citations", "span", "verbatim", "day"]
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
        assistant.ask(CLEAR, conversation=[{"speaker": "bot", "text": "hello"}])
    for turn in ("hello", None, {"speaker": "agent", "text": "hello", "articles": "abc"}):
        with pytest.raises(QuestionError, match="each turn"):
            assistant.ask(CLEAR, conversation=[turn])
    for day in ("yesterday", "2024-12-01 or so", ""):
        with pytest.raises(QuestionError, match="YYYY-MM-DD"):
            assistant.ask(CLEAR, asked_on=day)
    assert assistant.ask(CLEAR, asked_on=dt.datetime(2024, 12, 1, 12, tzinfo=dt.UTC)).status == "answered"
    assert assistant.ask(CLEAR, asked_on="2024-12-01T12:00:00Z").status == "answered"
    turns = [{"speaker": "user", "text": "hello"}, {"speaker": "agent", "text": "hello"}]
    assert assistant.ask(CLEAR, conversation=turns, asked_on="2024-12-01").status == "answered"


@pytest.mark.parametrize("said", ["?", "🙂", "ok", "Thanks!", "Great, thank you"])
def test_what_asks_nothing_gets_a_line_and_no_search(assistant, said):
    turns = [{"speaker": "user", "text": DISPLACED}, {"speaker": "agent", "text": assistant.ask(DISPLACED).text}]
    answer = assistant.ask(said, conversation=turns)
    assert (answer.status, answer.reason.kind) == ("not_in_corpus", "courtesy")
    assert (answer.question, answer.standalone_question, answer.follow_up_to) == (said, said, None)
    assert answer.closest == ()
    assert (answer.timings_ms["search"], answer.timings_ms["read"]) == (0, 0)
    assert_promises(answer, assistant)


def test_a_courtesy_changes_nothing_that_comes_after(assistant):
    asked = [{"speaker": "user", "text": DISPLACED}, {"speaker": "agent", "text": "14,000 residents fled. [1]"}]
    polite = [{"speaker": "user", "text": "Thanks!"}, {"speaker": "agent", "text": "You are welcome."}]
    alone, after = (assistant.ask("Who says so?", turns) for turns in (asked, [*asked, *polite]))
    assert replace(after, timings_ms={}) == replace(alone, timings_ms={})


@pytest.fixture(scope="module")
def opened(seed_home, tmp_path_factory):
    """What opens the seed articles with a network that scores `14,000` (here, the token of 14) so high."""
    made = []

    def open_with(score, **settings):
        folder = make_folder(tmp_path_factory.mktemp("reader"), scores={"14": (score / 2, score / 2)})
        made.append(Assistant.open(seed_home, settings=Settings.load({}, reader=str(folder), **settings)))
        return made[-1]

    yield open_with
    for each in made:
        each.close()


# The confidence is the logistic function of half the score: from .4 on tentative, from .6 on answered.
@pytest.mark.parametrize(
    ("score", "settings", "status", "tentative"),
    [
        (-2.0, {}, "not_in_corpus", False),
        (0.0, {}, "answered", True),
        (2.0, {}, "answered", False),
        (0.0, {"threshold": 0.3}, "answered", False),
        (0.0, {"threshold": 0.7}, "not_in_corpus", False),
    ],
)
def test_between_the_two_thresholds_an_answer_is_tentative(opened, score, settings, status, tentative):
    assistant = opened(score, **settings)
    answer = assistant.ask("how many residents fled?")
    assert (answer.status, answer.tentative) == (status, tentative)
    assert answer.to_dict()["tentative"] is tentative
    if status == "answered":
        assert "14,000" in answer.text
        assert answer.short_answer == (None if tentative else "approximately 14,000 residents")
        assert answer.reason is None
    else:
        assert answer.reason is not None
    assert_promises(answer, assistant)


class Following:
    """A Reader that takes every question with a conversation for a follow-up of it."""

    name, threshold, tentative = "following", 0.5, 0.2

    def read(self, _question, passages, exchanges=()):
        self.read_with = [exchange.question for exchange in exchanges]
        return Reading((Candidate(passages[0], passages[0].sentences[0], None, 1.0),), 0.9, follows=bool(exchanges))


def test_a_follow_up_says_what_it_was_read_as_a_follow_up_to(assistant):
    reader = Following()
    following = Assistant(assistant.searcher, reader, assistant.verifier)
    turns = [{"speaker": "user", "text": DISPLACED}, {"speaker": "agent", "text": "14,000. [1]"}]
    answer = following.ask("and who says so?", turns)
    assert reader.read_with == [DISPLACED]
    assert answer.follow_up_to == DISPLACED
    assert answer.standalone_question == f"{DISPLACED} and who says so?"
    assert answer.to_dict()["follow_up_to"] == DISPLACED
    alone = following.ask("and who says so?")
    assert (alone.follow_up_to, alone.standalone_question) == (None, "and who says so?")
    greeted = following.ask("and who says so?", [{"speaker": "agent", "text": "Good morning."}])
    assert greeted.follow_up_to is None


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
