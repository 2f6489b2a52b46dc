"""Searching with a conversation, on a real store: the articles decide what the words of a question leave open."""

from pathlib import Path

import pytest

from assistant import Assistant
from index import index_paths
from tests.assistant.turns import turns

ARCHIVE = Path(__file__).parents[3] / "evals" / "archive" / "corpus.jsonl"
STRIKE = turns("How many workers are on strike in Port Elvery?", "The union says that 2,400 workers take part. [1]")
FLOOD = [
    *turns("How many people died in the flood?"),
    {
        "speaker": "agent",
        "text": "Ten people, not eleven, died in the flood. [1]",
        "articles": ["herald-0311-toll-corrected"],
    },
]
DAM = turns("Why did the Orrick Dam overflow?", "A gate of the dam had jammed. [1]")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedding):
    home = tmp_path_factory.mktemp("archive") / "home"
    index_paths(home, [ARCHIVE], embedding, passage_tokens=160)
    with Assistant.open(home) as assistant:
        yield assistant


def found(assistant, question, conversation=(), limit=10):
    return [hit.article.id for hit in assistant.find(question, conversation, limit=limit)]


def test_a_question_with_a_pronoun_is_searched_for_with_what_was_said_before(assistant):
    before = turns("Who leads the flood inquiry?", "A judge, Odile Farran. [1]")
    assert "Farran" in assistant.find("How old is she?", before)[0].passage.text
    assert "Farran" not in assistant.find("How old is she?")[0].passage.text


def test_what_the_words_leave_open_is_taken_with_the_conversation(assistant):
    hits = assistant.find("and the ships?", STRIKE)
    assert any("ships" in hit.passage.text and "strike" in hit.passage.text for hit in hits[:3])


@pytest.mark.parametrize("conversation", [STRIKE, FLOOD])
@pytest.mark.parametrize("question", ["Who is Odile Farran?", "How many seats does the Reform Alliance have?"])
def test_a_question_that_stands_alone_is_still_searched_for_as_it_was_typed(assistant, question, conversation):
    assert found(assistant, question)[0] in found(assistant, question, conversation)[:3]


def test_the_article_cited_before_comes_before_others_as_good(assistant):
    question = "How many people died?"
    alone = found(assistant, question)
    other = next(article for article in alone if article != alone[0])
    said = {"speaker": "agent", "text": "A flood."}
    asked = turns("What happened?")
    with_articles = found(assistant, question, [*asked, {**said, "articles": [other]}])
    assert with_articles.index(other) < found(assistant, question, [*asked, said]).index(other)


def test_only_the_last_exchanges_are_searched_with(assistant):
    last = turns("Who won?", "Anna Bergmann.", "Where?", "In Lille.")
    assert assistant.find("When?", [*DAM, *last]) == assistant.find("When?", last)


def test_an_article_that_is_gone_does_no_harm(assistant):
    before = [*turns("What happened?"), {"speaker": "agent", "text": "A flood.", "articles": ["gone"]}]
    assert assistant.find("and the dam?", before)


@pytest.mark.parametrize("said", [" ", "Thanks!", "🙂"])
def test_a_turn_that_says_nothing_changes_nothing(assistant, said):
    question = "Who is the mayor of Upper Soll?"
    assert assistant.find(question, [{"speaker": "user", "text": said}]) == assistant.find(question)


@pytest.mark.parametrize(
    "before",
    [
        "Hi, I am preparing for Monday and have read a lot about this.",
        "Good morning! My editor sent me a long list of things to find out before the meeting on Monday.\n",
    ],
)
@pytest.mark.parametrize("question", ["Why did the Orrick Dam overflow?", "How many workers are on strike?"])
def test_what_stands_before_a_question_changes_nothing_that_matters(assistant, before, question):
    plain, after = found(assistant, question), found(assistant, f"{before} {question}")
    assert plain[0] in after[:3]
    assert len(set(plain) & set(after)) >= 6
