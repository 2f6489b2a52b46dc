"""What people say to be polite is told from what they ask."""

import time

import pytest

from assistant.conversation import courtesy


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("thanks!", "You are welcome."),
        ("Great, thank you very much", "You are welcome."),
        ("ok thx", "You are welcome."),
        ("That is all, thank you. Bye!", "You are welcome."),
        ("hello", "Hello!"),
        ("Good morning", "Hello!"),
        ("hi there 🙂", "Hello!"),
        ("Hello?", "Hello!"),
        ("bye", "Goodbye."),
        ("See you later!", "Goodbye."),
        ("lol", "All right."),
        ("ok", "All right."),
        ("Great!", "All right."),
        ("🙂", "All right."),
        ("👍🏽👍🏽", "All right."),
        ("...", "All right."),
        ("", "All right."),
    ],
)
def test_a_courtesy_gets_a_line(said, line):
    assert courtesy(said).startswith(line)


@pytest.mark.parametrize(
    "said",
    [
        "thanks, who won?",
        "hello, how many displaced?",
        "ok and the dam?",
        "great, when?",
        "Thank you. Why did the dam overflow?",
        "hi, tell me about the flood",
        "displaced?",
        "why?",
        "who?",
        "and later?",
        "and in the morning?",
        "what about this afternoon?",
        "later that evening?",
        "is it right?",
        "is it fine?",
        "was it good?",
        "sure?",
        "really?",
        "yes or no?",
        "so much?",
        "is that all?",
        "all that?",
        "you?",
        "later that evening",
        "is it fine",
        "ok?",
        "14,000",
        "多少人?",
        "Кто победил?",
        "thanks للجميع",
    ],
)
def test_a_question_is_none(said):
    assert courtesy(said) is None


def test_a_long_text_takes_no_longer():
    begun = time.perf_counter()
    assert courtesy("thank you " * 20_000) is not None
    assert time.perf_counter() - begun < 5
