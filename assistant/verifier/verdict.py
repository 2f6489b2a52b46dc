"""The Verifier: decides, by rule, whether a statement is supported by the sentences it cites, and says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.verifier.agents import changed_agents
from assistant.verifier.dates import unsupported_dates
from assistant.verifier.hedges import changed_bounds, changed_certainty
from assistant.verifier.links import unsupported_links
from assistant.verifier.names import unsupported_names
from assistant.verifier.negations import changed_negations, opposites
from assistant.verifier.numbers import mispaired, unsupported_numbers
from assistant.verifier.quotations import unsupported_quotations
from assistant.verifier.support import support, unsupported_parts
from index import Embedding

__all__ = ["SUPPORT_THRESHOLD", "Fault", "FaultKind", "Verdict", "Verifier"]

SUPPORT_THRESHOLD = 0.6
"""The support score from which on a statement counts as supported, chosen on the even half of QAGS."""


class FaultKind(StrEnum):
    """What can be wrong with a statement."""

    UNCITED = "uncited"  # it cites nothing
    MARKER = "marker"  # it cites something that there is not
    NUMBER = "number"  # a number, with its unit, stands in no cited sentence
    PAIRING = "pairing"  # a number counts what another number counts in the source
    DATE = "date"
    NAME = "name"
    AGENT = "agent"  # "by" somebody of whom the source does not say it
    QUOTATION = "quotation"
    LINK = "link"  # an address or markup that no cited sentence has
    BOUND = "bound"  # "about", "at least" lost or invented
    CERTAINTY = "certainty"  # "may", "alleged" lost or invented
    NEGATION = "negation"  # lost or invented
    OPPOSITE = "opposite"  # "rose" for "fell"
    SUPPORT = "support"  # as a whole too far from what it cites
    LENGTH = "length"  # too long to be one statement
    REPEATED = "repeated"  # said before in the same answer


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a statement: the kind, and the words that it is about."""

    kind: FaultKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the Verifier found.

    Attributes:
        faults: everything that is wrong with the statement; empty where it is supported.
        support: the support score, 0 to 1; 0 where it was not computed, as there are faults already.
    """

    faults: tuple[Fault, ...]
    support: float = 0.0

    @property
    def supported(self) -> bool:
        """Whether the statement may be shown."""
        return not self.faults


_CHECKS: tuple[tuple[FaultKind, Callable[[str, Sequence[str]], list[str]]], ...] = (
    (FaultKind.NUMBER, unsupported_numbers),
    (FaultKind.PAIRING, mispaired),
    (FaultKind.DATE, unsupported_dates),
    (FaultKind.NAME, unsupported_names),
    (FaultKind.AGENT, changed_agents),
    (FaultKind.QUOTATION, unsupported_quotations),
    (FaultKind.LINK, unsupported_links),
    (FaultKind.BOUND, changed_bounds),
    (FaultKind.CERTAINTY, changed_certainty),
    (FaultKind.NEGATION, changed_negations),
    (FaultKind.OPPOSITE, opposites),
)


class Verifier:
    """Checks statements against the sentences they cite. Safe to share between threads, as the embedding is.

    Args:
        embedding: compares meaning.
        threshold: the support score from which on a statement counts as supported.
    """

    def __init__(self, embedding: Embedding, threshold: float = SUPPORT_THRESHOLD) -> None:
        self._embedding = embedding
        self._threshold = threshold

    def verify(self, statement: str, sentences: Sequence[str]) -> Verdict:
        """Whether the sentences say what the statement says.

        A statement that is one of the sentences as it stands is supported, whatever it says.

        Args:
            statement: the text, without citation markers.
            sentences: the texts of the sentences that it cites.
        """
        if not sentences:
            return Verdict((Fault(FaultKind.UNCITED),))
        if _plain(statement) in {_plain(sentence) for sentence in sentences}:
            return Verdict((), 1.0)
        faults = rule_faults(statement, sentences)
        faults += (Fault(FaultKind.SUPPORT, part) for part in unsupported_parts(statement, sentences))
        if faults:
            return Verdict(tuple(faults))
        score = support(statement, sentences, self._embedding)
        if score < self._threshold:
            return Verdict((Fault(FaultKind.SUPPORT, f"{score:.2f}"),), score)
        return Verdict((), score)


def rule_faults(statement: str, sentences: Sequence[str]) -> list[Fault]:
    """What the rules alone find, in the order of `FaultKind`."""
    return [Fault(kind, words) for kind, check in _CHECKS for words in check(statement, sentences)]


def _plain(text: str) -> str:
    return " ".join(text.split())
