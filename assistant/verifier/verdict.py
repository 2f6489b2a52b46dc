"""What the Verifier finds: the faults of a statement, and how well its sentences support it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    WORDS = "words"  # a part has hardly a word of what it cites
    SUPPORT = "support"  # the network does not find it supported
    FORM = "form"  # no statement: one word, a row of a table, an instruction
    LANGUAGE = "language"  # in another than English
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
        support: the log-odds that it is supported; minus infinity where a rule found faults and the network was not
            asked, infinity where the statement is a cited sentence as it stands.
    """

    faults: tuple[Fault, ...]
    support: float = float("-inf")

    @property
    def supported(self) -> bool:
        """Whether the statement may be shown."""
        return not self.faults
