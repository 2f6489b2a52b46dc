"""Who did it stays who did it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verifier.names import changed_agents

SOURCE = [
    "The Syrian Observatory for Human Rights reported that the rebel alliance, spearheaded by HTS, went into Aleppo.",
    "Ingrid Lund led the council, which was founded in 1990 by the former mayor Rami Haddad.",
]


@pytest.mark.parametrize(
    "statement",
    [
        "The alliance is led by HTS.",
        "The council was led by Ingrid Lund.",
        "The council was founded by Rami Haddad.",
        "Ingrid Lund led it.",
    ],
)
def test_the_same(statement):
    assert changed_agents(statement, SOURCE) == []


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("The alliance is led by the Syrian Observatory for Human Rights.", "Syrian Observatory"),
        ("Aleppo was taken by Ingrid Lund.", "Ingrid Lund"),
    ],
)
def test_another(statement, name):
    assert changed_agents(statement, SOURCE) == [name]


@given(st.text(max_size=80))
def test_any_text_supports_itself(text):
    assert changed_agents(text, [text]) == []
