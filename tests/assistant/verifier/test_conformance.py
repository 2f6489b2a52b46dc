"""What a Verifier keeps to whatever its network says: the one that ships, one that says yes, no or nonsense to all."""

from typing import Any

import pytest

from assistant.verifier import Cited, FaultKind, Verifier
from tests.assistant.verifier.fooled import Fooled
from tests.assistant.verifier.test_verifier import SOURCES, STOPPED

JUDGED = "The UN estimates that the violence has forced about fourteen thousand residents to flee their homes."
PROMISED = [each for each in STOPPED if each[2] is not FaultKind.SUPPORT]


@pytest.fixture(params=["shipped", 99.0, -99.0, float("nan")])
def any_verifier(request: pytest.FixtureRequest, verifier: Verifier) -> Verifier:
    return verifier if request.param == "shipped" else Verifier(Fooled(request.param), 0.0)


@pytest.mark.parametrize(("statement", "cited", "kind"), PROMISED)
def test_what_is_promised_holds(
    any_verifier: Verifier, statement: str, cited: tuple[int, ...], kind: FaultKind
) -> None:
    verdict = any_verifier.verify(statement, [SOURCES[n] for n in cited])
    assert not verdict.supported
    assert kind in {fault.kind for fault in verdict.faults}
    assert verdict.support == float("-inf")  # no network was asked


@pytest.mark.parametrize("source", SOURCES)
def test_a_sentence_as_it_stands_is_supported(any_verifier: Verifier, source: str) -> None:
    verdict = any_verifier.verify(source.replace(" ", "  "), [SOURCES[0], source])
    assert (verdict.supported, verdict.support) == (True, float("inf"))


def test_without_a_sentence_nothing_is_supported(any_verifier: Verifier) -> None:
    assert [fault.kind for fault in any_verifier.verify(SOURCES[0], []).faults] == [FaultKind.UNCITED]


def test_statements_are_judged_each_by_itself_and_in_order(any_verifier: Verifier) -> None:
    told = [Cited(JUDGED, SOURCES[:1]), Cited("99 died.", SOURCES[1:2]), Cited(SOURCES[3], SOURCES[3:]), Cited("", ())]
    together = any_verifier.verify_all(told)
    alone = [any_verifier.verify_all([each])[0] for each in told]
    assert [verdict.faults for verdict in together] == [verdict.faults for verdict in alone]
    assert [verdict.supported for verdict in together[1:]] == [False, True, False]
    assert any_verifier.verify_all([]) == []


@pytest.mark.parametrize("odd", ["", " ", "\ud800", "\0", "so " * 3_000, "[1] {x} | <b>"])
def test_any_text_gets_a_verdict(any_verifier: Verifier, odd: str) -> None:
    for statement, sentences in ((odd, SOURCES), (JUDGED, [odd])):
        verdict: Any = any_verifier.verify(statement, sentences)
        assert verdict.supported == (not verdict.faults)
