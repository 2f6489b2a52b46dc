"""Words as search and the Readers compare them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.words import STOP_WORDS, content_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14,000 residents", ["14000", "residents"]),
        ("3.5 percent", ["3.5", "percent"]),
        ("Assad’s forces", ["assad", "forces"]),
        ("the workers' union", ["the", "workers", "union"]),
        ("U.S.-led", ["u.s", "led"]),
        ("1,2 and 3", ["1,2", "and", "3"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_content_words_are_stems_without_stop_words():
    assert content_words("How many residents were fleeing their homes?") == ["resid", "flee", "home"]


@given(st.text())
def test_no_stop_word_is_a_content_word(text):
    assert all(word not in STOP_WORDS for word in words(text) if content_words(word))
    assert len(content_words(text)) <= len(words(text))
