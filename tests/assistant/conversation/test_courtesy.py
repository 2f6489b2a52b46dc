"""What people say to be polite is told from what they ask."""

import time

import pytest

from assistant.conversation import courtesy, without_preamble


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
    assert (courtesy(said) or "").startswith(line)


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


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("how many displaced", "how many displaced"),
        ("Hi, I am preparing for Monday and have read a lot about this. How many died?", "How many died?"),
        ("Good morning! My editor wants to know.\nHow many died in St. Elvery?", "How many died in St. Elvery?"),
        ("Thanks. Great. And where was it held?", "And where was it held?"),
        ("The flood was in March. How many died?", "The flood was in March. How many died?"),
        ("Who won? And where was it held?", "Who won? And where was it held?"),
        ("My brother was in the flood. Why?", "My brother was in the flood. Why?"),  # nothing by itself
        ("Tell me about Dr. Anna Kern?", "Tell me about Dr. Anna Kern?"),
        ("Did the U.S. send troops?", "Did the U.S. send troops?"),
        ("", ""),
    ],
)
def test_what_people_say_of_themselves_before_a_question_is_left_out(typed, asked):
    assert without_preamble(typed) == asked


@pytest.mark.parametrize("piece", ["a", " ", "?", "I. ", "Thanks. ", "abcdefgh", "Dr. "])
def test_no_preamble_takes_long(piece):
    begun = time.perf_counter()
    without_preamble((piece * 2_000)[:2_000])
    assert time.perf_counter() - begun < 1
