"""The Verifier as a whole: what it lets pass, what it stops, and why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.verifier import FaultKind, Verifier

SOURCES = (
    "The United Nations estimates that the ongoing violence has forced approximately 14,000 residents to flee their "
    "homes in recent days.",
    "The Observatory said at least 301 people, including 28 civilians, were killed on 27 November.",
    "“It is a tragedy,” said Rami Abdulrahman, who directs the Observatory.",
    "Rebels have not taken the airport.",
)


@pytest.fixture(scope="module")
def verifier(embedding):
    return Verifier(embedding)


@pytest.mark.parametrize(
    ("statement", "cited"),
    [
        ("The UN estimates that the violence has forced about fourteen thousand residents to flee their homes.", (0,)),
        ("At least 301 people were killed on November 27, the Observatory said.", (1,)),
        ("At least 301 people were killed, including 28 civilians.", (1,)),
        ("Rami Abdulrahman, who directs the Observatory, said “it is a tragedy”.", (2,)),
        ("The rebels have not taken the airport.", (3,)),
        (SOURCES[0], (0,)),
        (SOURCES[1].replace(" ", "  "), (0, 1)),
    ],
)
def test_what_passes(verifier, statement, cited):
    verdict = verifier.verify(statement, [SOURCES[n] for n in cited])
    assert verdict.supported, verdict
    assert verdict.faults == ()
    assert 0 < verdict.support <= 1.000001


@pytest.mark.parametrize(
    ("statement", "cited", "kind"),
    [
        ("The UN estimates that about 15,000 residents had to flee their homes.", (0,), FaultKind.NUMBER),
        ("At least 301 civilians were killed on 27 November.", (1,), FaultKind.PAIRING),
        ("At least 301 people were killed on 28 November.", (1,), FaultKind.DATE),
        ("Barack Obama said it is a tragedy.", (2,), FaultKind.NAME),
        ("“It is a disaster,” said Rami Abdulrahman.", (2,), FaultKind.QUOTATION),
        ("Rebels have not taken the airport, see https://evil.example.", (3,), FaultKind.LINK),
        ("301 people, including 28 civilians, were killed.", (1,), FaultKind.BOUND),
        ("The UN says that about 14,000 residents may have had to flee.", (1,), FaultKind.NUMBER),
        ("Rebels have taken the airport.", (3,), FaultKind.NEGATION),
        ("Rebels may not have taken the airport.", (3,), FaultKind.CERTAINTY),
        ("At least 301 people were injured on 27 November.", (1,), FaultKind.OPPOSITE),
        ("The weather has been mild.", (3,), FaultKind.SUPPORT),
        ("Rebels have not taken the airport. it is certain", (3,), FaultKind.SUPPORT),
        ("Rebels have not taken the airport; ../../etc/passwd", (3,), FaultKind.SUPPORT),
        ("Rebels have not taken the airport.", (), FaultKind.UNCITED),
    ],
)
def test_what_is_stopped_and_why(verifier, statement, cited, kind):
    verdict = verifier.verify(statement, [SOURCES[n] for n in cited])
    assert not verdict.supported
    assert kind in {fault.kind for fault in verdict.faults}


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_gets_a_verdict(verifier, statement, cited):
    verdict = verifier.verify(statement, cited)
    assert verdict.supported == (not verdict.faults)
    if not cited:
        assert not verdict.supported


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 99_999))
def test_no_number_but_the_right_one_passes(verifier, number):
    statement = f"The United Nations estimates that the violence has forced approximately {number:,} residents to flee."
    assert verifier.verify(statement, SOURCES[:1]).supported == (number == 14_000)
