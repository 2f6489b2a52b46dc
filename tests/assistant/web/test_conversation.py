"""The conversation of one tab."""

from assistant import Answer, Citation, Statement
from assistant.web.conversation import Conversation
from assistant.web.suggestions import candidates
from index import Article


def answer(sentence: str) -> Answer:
    citation = Citation(1, "a", "Title", None, None, None, 0, len(sentence), sentence)
    return Answer("q", "q", "answered", (Statement(sentence, (1,), None, verbatim=True),), (citation,))


def test_each_turn_has_links_of_its_own() -> None:
    conversation = Conversation().begun("one?").ended(answer("One.")).begun("two?").ended(answer("Two."))
    one, two = conversation.citation("1-1"), conversation.citation("2-1")
    assert one is not None
    assert two is not None
    assert (one.sentence, two.sentence) == ("One.", "Two.")
    for reference in ("1-2", "3-1", "", "1", "1-1-1", "x-1", "-1-1", "9999999999-1"):
        assert conversation.citation(reference) is None


def test_numbers_are_not_given_again_after_a_new_start() -> None:
    conversation = Conversation().begun("one?").ended(answer("One.")).cleared()
    assert conversation.turns == ()
    assert conversation.messages() == []
    again = conversation.begun("two?").ended(answer("Two."))
    assert again.citation("1-1") is None
    assert again.citation("2-1") is not None


def test_what_the_assistant_gets_of_it() -> None:
    refused = Answer("q", "q", "not_in_corpus")
    conversation = Conversation().begun("one?").ended(answer("One.")).begun(" ").ended(error="empty")
    conversation = conversation.begun("two?").ended(refused).begun("three?")
    assert conversation.earlier() == [
        {"speaker": "user", "text": "one?"},
        {"speaker": "agent", "text": "One. [1]"},
        {"speaker": "user", "text": "two?"},
        {"speaker": "agent", "text": "The articles do not say."},
    ]
    assert [message["role"] for message in conversation.messages()] == [
        *("user", "assistant"),
        "assistant",  # nothing was typed, so nothing is shown but the error
        *("user", "assistant"),
        "user",
    ]


def test_questions_come_from_the_article() -> None:
    text = 'Trams\n"We will finish in May," said Ingrid Lund. Nils van Dalen warned that it may rain.'
    assert list(candidates(Article("a", "Will the trams run?", text, body=6))) == [
        "Will the trams run?",
        "What did Ingrid Lund say?",
        "What did Nils van Dalen say?",
    ]
