"""Questions as people type them, made from whole ones."""

import random

import pytest

from evals.workshop.training.typed import as_typed

WHOLE = "After the war, how many people were displaced by the floods in Kessing?"


def test_a_typed_question_keeps_what_asks_and_some_of_the_words_in_their_order() -> None:
    order = WHOLE.lower().rstrip("?").split()
    for seed in range(200):
        typed = as_typed(WHOLE, random.Random(seed)).rstrip("?").split()
        assert typed[:2] == ["how", "many"]
        assert {"people", "displaced", "floods", "kessing"} & set(typed)
        words = iter(order)
        assert all(word in words for word in typed)


def test_typed_questions_differ() -> None:
    made = {as_typed(WHOLE, random.Random(seed)) for seed in range(50)}
    assert len(made) > 20
    assert {question[-1] == "?" for question in made} == {True, False}


@pytest.mark.parametrize("question", ["Name the river.", "Who is it?", ""])
def test_without_a_question_word_or_words_that_matter_it_stays(question: str) -> None:
    assert as_typed(question, random.Random(1)) == question
