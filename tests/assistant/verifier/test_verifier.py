"""The Verifier as a whole: what it lets pass, what it stops, and why."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reader import load_reader
from assistant.reader.network import OnnxNetwork
from assistant.reader.reader import NetworkReader
from assistant.verifier import Cited, Fault, FaultKind, Verifier
from assistant.verifier.verifier import load_verifier, unsupported_words
from tests.assistant.verifier.fooled import Fooled

SOURCES = (
    "The United Nations estimates that the ongoing violence has forced approximately 14,000 residents to flee their "
    "homes in recent days.",
    "The Observatory said at least 301 people, including 28 civilians, were killed on 27 November.",
    "“It is a tragedy,” said Rami Abdulrahman, who directs the Observatory.",
    "Rebels have not taken the airport.",
)


@pytest.mark.parametrize(
    ("statement", "cited"),
    [
        ("The UN estimates that the violence has forced about fourteen thousand residents to flee their homes.", (0,)),
        ("At least 301 people, including 28 civilians, were killed on 27 November.", (1,)),
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
    assert verdict.support > 0


STOPPED = [
    ("The UN estimates that about 15,000 residents had to flee their homes.", (0,), FaultKind.NUMBER),
    ("At least 301 civilians were killed on 27 November.", (1,), FaultKind.PAIRING),
    ("At least 301 people were killed on 28 November.", (1,), FaultKind.DATE),
    ("Barack Obama said it is a tragedy.", (2,), FaultKind.NAME),
    ("“It is a disaster,” said Rami Abdulrahman.", (2,), FaultKind.QUOTATION),
    ("Rebels have not taken the airport, see https://evil.example.", (3,), FaultKind.LINK),
    ("Aleppo is held by rebels, the UN says.", (0,), FaultKind.NAME),
    ("Rebels have taken the airport.", (3,), FaultKind.SUPPORT),
    ("Rami Abdulrahman killed the Observatory's director.", (2,), FaultKind.SUPPORT),
    ("The weather has been mild.", (3,), FaultKind.WORDS),
    ("The airport is destroyed.", (3,), FaultKind.WORDS),
    ("Rebels have not taken the airport. it is certain", (3,), FaultKind.WORDS),
    ("Rebels have not taken the airport; ../../etc/passwd", (3,), FaultKind.WORDS),
    ("Rebels have not taken the airport.", (), FaultKind.UNCITED),
]


@pytest.mark.parametrize(("statement", "cited", "kind"), STOPPED)
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


@pytest.mark.parametrize(("statement", "cited", "kind"), STOPPED)
def test_a_network_that_is_fooled_changes_nothing_of_what_is_promised(statement, cited, kind):
    verdict = Verifier(Fooled(), 0.0).verify(statement, [SOURCES[n] for n in cited])
    assert verdict.supported == (kind is FaultKind.SUPPORT)


def test_a_network_whose_scores_are_no_numbers_supports_nothing():
    assert not Verifier(Fooled(float("nan")), 0.0).verify("The rebels have not taken it.", SOURCES[3:]).supported


def test_the_network_is_asked_once_for_all_that_the_rules_let_pass():
    network = Fooled(1.0)
    told = [Cited("The rebels have not taken the airport.", [SOURCES[3]]), Cited("99 died.", [SOURCES[1]]),
            Cited(SOURCES[3], SOURCES[2:]), Cited("He directs the Observatory.", SOURCES[2:])]  # fmt: skip
    verdicts = Verifier(network, 0.5).verify_all(told)
    assert [verdict.supported for verdict in verdicts] == [True, False, True, True]
    assert [verdict.support for verdict in verdicts] == [1.0, float("-inf"), float("inf"), 1.0]
    assert network.asked == [(one.statement, " ".join(one.sentences)) for one in (told[0], told[3])]


def test_it_is_said_which_words_have_no_support():
    (fault,) = Verifier(Fooled(-1.0), 0.0).verify("Rebels have not bombed the Airport.", SOURCES[3:]).faults
    assert fault == Fault(FaultKind.SUPPORT, "bombed")
    assert unsupported_words("The UN's estimate: residents displaced", SOURCES[:1]) == ["un"]


def test_the_reader_and_the_verifier_share_a_network():
    reader: Any = load_reader()
    assert load_verifier(reader)._network is reader.network
    other: Any = Fooled()  # that of the Hugging Face kind judges no claims, either
    assert isinstance(load_verifier(NetworkReader(other, other))._network, OnnxNetwork)
