"""Near misses: what is exchanged in a question, and what is not."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.reader.training.swaps import NAME, NUMBER, Substitutes, swap_in_question

NAMES = ("Ana Bell", "Kessing", "Torven Council")
# Cosines to "town" and "killed": nearly 1 for the same word and what is said for it, .4 for words that fit.
NEAR, FITS = (0.98, 0.2), (0.4, 0.9165)
VECTORS = {
    "town": (1.0, 0.0, 0.0, 0.0),
    "towns": (*NEAR, 0.0, 0.0),
    "lake": (*FITS, 0.0, 0.0),
    "where": (*FITS, 0.0, 0.0),
    "killed": (0.0, 0.0, 1.0, 0.0),
    "injured": (0.0, 0.0, *FITS),
    "died": (0.0, 0.0, *NEAR),
    "slain": (0.0, 0.0, *FITS),
}


def vectors() -> dict[str, NDArray[np.float32]]:
    """The words, and against each of them another one, so that their mean is nothing."""
    against = {f"{word}zz": [-number for number in vector] for word, vector in VECTORS.items()}
    return {word: np.array(vector, dtype=np.float32) for word, vector in {**VECTORS, **against}.items()}


@pytest.fixture(scope="module")
def substitutes() -> Substitutes:
    return Substitutes([" ".join(vectors())] * 3, vectors(), least=3)


def test_a_word_is_exchanged_for_one_that_fits_and_means_something_else(substitutes: Substitutes):
    assert substitutes.of("town") == ("lake",)
    assert substitutes.of("killed") == ("injured",)  # "died" is too near, and "slain" has another ending
    assert substitutes.of("where") == substitutes.of("unheard") == ()


def test_a_rare_word_is_never_put_in():
    assert Substitutes([" ".join(vectors())] * 2, vectors(), least=3).of("town") == ()


@pytest.mark.parametrize(
    ("question", "possible"),
    [
        ("Which town did Mara Lund cross?", {"Ana Bell", "Kessing", "Torven Council", "lake", "didn't"}),
        ("Which year came before 1998?", {"after", "2004"}),
        ("how large was it?", {"wasn't"}),
    ],
)
def test_one_thing_changes(substitutes: Substitutes, question: str, possible: set[str]):
    made = {swap_in_question(question, NAMES, ["2004", "17"], random.Random(seed), substitutes) for seed in range(80)}
    assert None not in made
    assert question not in made
    for word in possible:
        assert any(word in str(each) for each in made), word
    assert all(sum(word in str(each) for word in possible) == 1 for each in made)


@given(st.text(), st.integers())
def test_what_has_nothing_to_exchange_makes_none_and_the_rest_differs(question: str, seed: int):
    made = swap_in_question(question, NAMES, ["17"], random.Random(seed))
    assert made != question
    if made is None:
        assert not any(name not in question for name in NAME.findall(question))
        assert not NUMBER.search(question)
