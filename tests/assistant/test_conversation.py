"""What people say to be polite is told from what they ask."""

import time
from typing import Any

import pytest

from assistant.conversation import Exchange, courtesy, exchanges_of, without_preamble
from assistant.wording import NONE_LEFT, NOT_ANSWERED, NOT_ENGLISH, no_article_mentions, nothing_close
from tests.assistant.turns import turns


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


def test_a_question_and_all_that_was_said_to_it_are_one_exchange():
    said: list[dict[str, Any]] = [
        *turns("Who won?", "Bergmann. [1]"),
        {"speaker": "agent", "text": "In\nLille. [2]", "articles": ["a"]},
    ]
    assert exchanges_of(said) == [Exchange("Who won?", "Bergmann. In Lille.", ("a",))]


def test_turns_of_the_user_in_a_row_are_questions_without_an_answer():
    said = [{"speaker": "user", "text": text} for text in ("Who won?", "When?")]
    assert exchanges_of(said) == [Exchange("Who won?"), Exchange("When?")]


def test_an_answer_to_nothing_and_an_empty_turn():
    assert exchanges_of([{"speaker": "agent", "text": "Good morning."}]) == [Exchange("", "Good morning.")]
    assert exchanges_of(turns(" ", "\u200b")) == []


REFUSALS = [
    NONE_LEFT,
    NOT_ANSWERED,
    NOT_ENGLISH,
    *(no_article_mentions(["Gaza", "Kyiv"], filtered=filtered) for filtered in (False, True)),
    *(nothing_close(filtered=filtered) for filtered in (False, True)),
]


@pytest.mark.parametrize(
    "text", ["The articles do not say. Closest: Bergmann.", "**The articles do not say.**", "", *REFUSALS]
)
@pytest.mark.parametrize("more", [[], ["Closest: Anna Bergmann won in Lille."], ["The articles do not say.", "Sorry."]])
def test_a_refusal_and_what_is_named_beside_it_are_no_answer(text, more):
    refusal = {"speaker": "agent", "text": text, "articles": ["near"]}
    beside = [{"speaker": "agent", "text": text, "articles": ["nearer"]} for text in more]
    assert exchanges_of([*turns("Who won?"), refusal, *beside]) == [Exchange("Who won?", refused=True)]


def test_an_answer_that_goes_on_with_what_the_articles_do_not_say_is_an_answer():
    said = [*turns("Who won, and when?", "Bergmann."), {"speaker": "agent", "text": "The articles do not say when."}]
    (exchange,) = exchanges_of(said)
    assert not exchange.refused
    assert exchange.answer.startswith("Bergmann.")


def test_only_the_last_exchanges_and_the_beginning_of_a_long_turn_are_looked_at():
    said = turns(*(f"question {number}" for number in range(60)))
    assert len(exchanges_of(said)) == 12
    assert exchanges_of(said)[-1] == Exchange("question 58", "question 59")
    assert len(exchanges_of(turns("x" * 10_000_000))[0].question) == 2_000


@pytest.mark.parametrize("said", ["Thanks!", "hello", "🙂", "lol", "Great, thank you."])
def test_a_courtesy_and_what_is_replied_to_it_are_no_exchange(said):
    polite = turns(said, "You are welcome. Ask on whenever you like.")
    asked = turns("Who won?", "Bergmann.")
    alone = [Exchange("Who won?", "Bergmann.")]
    assert exchanges_of([*asked, *polite]) == exchanges_of([*polite, *asked]) == alone
    assert exchanges_of([*asked, *polite, *turns("When?", "In May.")]) == [*alone, Exchange("When?", "In May.")]
    assert exchanges_of(polite) == []
