"""The Verifier: decides whether a statement is supported by the sentences it cites, and says why not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.reader import SHIPPED_READER, Reader, load_reader
from assistant.reader.network import OnnxNetwork
from assistant.reader.reader import NetworkReader
from assistant.verifier.names import changed_agents, unsupported_names
from assistant.verifier.numbers import mispaired, unsupported_dates, unsupported_numbers
from assistant.verifier.quotations import unsupported_links, unsupported_quotations
from index.language.text import parsed
from index.language.words import concepts, words


class FaultKind(StrEnum):
    """What can be wrong with a statement."""

    UNCITED = "uncited"  # it cites nothing
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


_PART_END = re.compile(r"(?<=[.!?;:…])\s++|\s[–—-]++\s|[\[\]{}|]")
_LEAST = 0.4  # of newsroom_dev's supported claims that pass the other rules, one in a hundred has less
_SHORT = 2  # content words: "The mayor is dead" has half of its words from wherever a mayor is named


class SupportNetwork(Protocol):
    """Judges claims by reading. The Reader's network does (`assistant.reader.network`)."""

    def supports(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        """For each claim with a text, the log-odds that the text supports it."""
        ...


def _least(part: str) -> float:
    """The coverage that a part must have."""
    count = len(parsed(part).concepts)
    return _LEAST if count > _SHORT else min(count, 1)


def coverage(statement: str, sentences: Sequence[str]) -> float:
    """The share of a statement's content words that the sentences have, or have a word of the same meaning for."""
    asked = len(parsed(statement).concepts)
    return 1 - len(unsupported_words(statement, sentences)) / asked if asked else 0.0


def unsupported_parts(statement: str, sentences: Sequence[str]) -> list[str]:
    """The parts of a statement, from one full stop or semicolon to the next, of whose content words the sentences have
    hardly any: what nobody said, however well the rest is supported, and however much a network is misled.
    """
    return [part.strip() for part in _PART_END.split(statement) if coverage(part, sentences) < _least(part)]


def unsupported_words(statement: str, sentences: Sequence[str]) -> list[str]:
    """The content words of a statement, in lower case, for which the sentences have no word that means the same."""
    there = frozenset[str]().union(*(word for sentence in sentences for word in parsed(sentence).concepts))
    return [word for word in words(statement) if any(there.isdisjoint(meant) for meant in concepts(word))]


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement with what it cites.

    Attributes:
        titles: of the articles that they stand in, which are shown beside them.
        days: of each sentence the day of its article, as far as it is known.
        articles: the texts of these articles.
    """

    statement: str
    sentences: Sequence[str]
    titles: Sequence[str] = ()
    days: Sequence[dt.date | None] = ()
    articles: Sequence[str] = ()


class Verifier:
    """Checks statements against the sentences they cite. Safe to share between threads, as the network is.

    What is promised is held by rules alone, whatever the network says: it judges only what passes them.

    Args:
        threshold: the log-odds from which on a statement counts as supported; fitted for the network.
    """

    def __init__(self, network: SupportNetwork, threshold: float) -> None:
        self._network = network
        self._threshold = threshold

    def verify(self, statement: str, sentences: Sequence[str], titles: Sequence[str] = ()) -> Verdict:
        """Whether the sentences say what the statement says; arguments as `Cited`."""
        return self.verify_all([Cited(statement, sentences, titles)])[0]

    def verify_all(self, statements: Sequence[Cited]) -> list[Verdict]:
        """A verdict for each statement; what the network has to read, it reads at the same time.

        A statement that is one of its sentences as it stands is supported, whatever it says.
        """
        verdicts = [_by_rule(each) for each in statements]
        unjudged = [n for n, verdict in enumerate(verdicts) if verdict is None]
        pairs = [(statements[n].statement, " ".join(statements[n].sentences)) for n in unjudged]
        odds = dict(zip(unjudged, self._network.supports(pairs) if pairs else (), strict=True))
        return [verdict or self._by_network(statements[n], odds[n]) for n, verdict in enumerate(verdicts)]

    def _by_network(self, cited: Cited, odds: float) -> Verdict:
        if odds >= self._threshold:
            return Verdict((), odds)
        words = ", ".join(unsupported_words(cited.statement, cited.sentences))
        return Verdict((Fault(FaultKind.SUPPORT, words),), odds)


def rule_faults(cited: Cited) -> list[Fault]:
    """What the rules alone find, in the order of `FaultKind`."""
    statement, sentences = cited.statement, cited.sentences
    found = (
        (FaultKind.NUMBER, unsupported_numbers(statement, sentences)),
        (FaultKind.PAIRING, mispaired(statement, sentences)),
        (FaultKind.DATE, unsupported_dates(statement, sentences, cited.days)),
        (FaultKind.NAME, unsupported_names(statement, sentences, cited.titles, cited.articles)),
        (FaultKind.AGENT, changed_agents(statement, sentences)),
        (FaultKind.QUOTATION, unsupported_quotations(statement, sentences)),
        (FaultKind.LINK, unsupported_links(statement, sentences)),
        (FaultKind.WORDS, unsupported_parts(statement, [*sentences, *cited.titles])),
    )
    return [Fault(kind, words) for kind, faults in found for words in faults]


def _by_rule(cited: Cited) -> Verdict | None:
    """The verdict where no reading is needed; else None."""
    if not cited.sentences:
        return Verdict((Fault(FaultKind.UNCITED),))
    if _plain(cited.statement) in {_plain(sentence) for sentence in cited.sentences}:
        return Verdict((), float("inf"))
    faults = rule_faults(cited)
    return Verdict(tuple(faults)) if faults else None


def _plain(text: str) -> str:
    return " ".join(text.split())


def load_verifier(reader: Reader, *, threads: int = 0) -> Verifier:
    """A Verifier with the network of a Reader; with the one that ships where that of the Reader judges no claims.

    Raises:
        ModelError: a file of the network that ships is missing or damaged.
    """
    if not (isinstance(reader, NetworkReader) and isinstance(reader.network, OnnxNetwork)):
        reader = load_reader(str(SHIPPED_READER), threads=threads)
    assert isinstance(reader, NetworkReader)
    assert isinstance(reader.network, OnnxNetwork)
    return Verifier(reader.network, reader.support)
