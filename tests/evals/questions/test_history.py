"""What is said before a question."""

from evals.questions.evidence import Item, Span
from evals.questions.history import History, turns_before
from evals.questions.question_set import Question, Turn


def item(name: str, *, said: str = "", cluster: str = "", answers: tuple[str, ...] = ("Ten.",)) -> Item:
    conversation = [Turn(speaker="user", text=said)] if said else []
    question = Question(id=name, question=f"{name}?", answerable=True, answers=list(answers), conversation=conversation)
    return Item(question, (Span(name),), cluster or name)


FLOOD, FOLLOW_UP, VOTE = item("flood"), item("why", said="flood?", cluster="flood"), item("vote", answers=())


def texts(number: int, history: History) -> list[str]:
    return [turn["text"] for turn in turns_before([FLOOD, FOLLOW_UP, VOTE], number, history)]


def test_its_own_conversation_or_nothing():
    assert texts(1, History.OWN) == ["flood?"]
    assert texts(0, History.OWN) == texts(1, History.NONE) == []


def test_something_unrelated_is_of_another_conversation_and_another_article():
    assert texts(0, History.UNRELATED) == ["vote?", "The articles do not say."]
    assert texts(2, History.UNRELATED) == ["flood?", "Ten."]
    assert turns_before([FLOOD], 0, History.UNRELATED) == []
    assert turns_before([FLOOD, item("other"), item("flood")], 2, History.UNRELATED)[0]["text"] == "other?"
