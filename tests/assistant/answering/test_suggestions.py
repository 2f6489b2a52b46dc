"""Questions that are made from an article, and those of them that are offered."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.answering.questions import candidates
from assistant.answering.suggestions import Suggestions, follow_ups
from assistant.reader import Reader
from assistant.settings import Settings
from index import Article


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("At least 12 workers were injured.", "How many workers were injured?"),
        ("It has forced approximately 14,000 residents to flee.", "How many residents were forced to flee?"),
        ('"No," said Rami Abdel Rahman, head of it.', "What did Rami Abdel Rahman say?"),
        ("Ada Lund announced it on Monday.", "What did Ada Lund say?"),
    ],
)
def test_candidates(text: str, question: str) -> None:
    assert question in [each.question for each in candidates(Article("a", "T", text))]


@pytest.mark.parametrize(
    "text",
    [
        "Ysolde Marrin, a lawyer, won.",  # "What is Ysolde Marrin?"
        "Bank Street, one of the oldest, was closed.",
        "About 20 people who were injured left.",
        "Only 3 of them were rescued, and 40 per cent were lost.",
        "On Monday Ellins said it would rain.",
        "An engineer at the Orrick Dam said that it would hold.",  # "What did the Orrick Dam say?"
    ],
)
def test_no_question_that_nobody_would_ask(text: str) -> None:
    assert list(candidates(Article("a", "T", text))) == []


def test_an_organisation_keeps_its_article() -> None:
    text = "The National Water Institute, which runs the gauges, was founded. The Harbour Board said so."
    questions = [each.question for each in candidates(Article("a", "T", text))]
    assert questions == ["What is the National Water Institute?", "What did the Harbour Board say?"]


def test_a_headline_that_asks_is_a_question() -> None:
    (asked,) = candidates(Article("a", "Who won the vote?", "Nothing of note."))
    assert (asked.question, asked.kind) == ("Who won the vote?", "Who won")
    assert list(candidates(Article("a", "Nobody won", "Nothing of note."))) == []


class Unsure:
    """A Reader that is never sure."""

    threshold, tentative = 1.1, 0.0

    def __init__(self, reader: Reader) -> None:
        self.read, self.name = reader.read, reader.name


def test_what_only_may_be_answered_is_not_offered(seed_home: Path) -> None:
    with Assistant.open(seed_home) as assistant:
        assistant.reader = Unsure(assistant.reader)
        answer = assistant.ask("How many people have been killed?")
        assert (answer.status, answer.tentative) == ("answered", True)
        assert Suggestions(assistant).current() == ()
        assert follow_ups(assistant, answer) == []


def test_what_is_offered_has_an_answer_and_was_not_shown(seed_home: Path) -> None:
    # So low that the question here is answered, whatever the Reader of the day is unsure of.
    with Assistant.open(settings=Settings.load(home=seed_home, threshold=0.05)) as assistant:
        offered = Suggestions(assistant).current()
        assert 1 <= len(offered) <= 3
        answer = assistant.ask("how many displaced?")
        further = follow_ups(assistant, answer)
        assert 1 <= len(further) <= 3
        shown = {citation.start for citation in answer.citations}
        for question in further:
            again = assistant.ask(question)
            assert again.is_sure
            assert shown.isdisjoint(citation.start for citation in again.citations)
        assert all(assistant.ask(question).is_sure for question in offered)


def test_after_a_refusal_the_closest_articles_are_asked(seed_home: Path) -> None:
    with Assistant.open(settings=Settings.load(home=seed_home, threshold=0.05)) as assistant:
        closest = assistant.ask("how many displaced?").citations
        refusal = Answer("Who won?", "Who won?", "not_in_corpus", closest=closest)
        further = follow_ups(assistant, refusal)
        assert further
        assert all(assistant.ask(question).is_sure for question in further)
