"""The Verifier: decides whether a statement is supported by the sentences it cites, and says why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verifier.agents import changed_agents
from assistant.verifier.dates import unsupported_dates
from assistant.verifier.links import unsupported_links
from assistant.verifier.names import unsupported_names
from assistant.verifier.numbers import mispaired, unsupported_numbers
from assistant.verifier.quotations import unsupported_quotations
from assistant.verifier.support import SupportNetwork, unsupported_parts, unsupported_words
from assistant.verifier.verdict import Fault, FaultKind, Verdict


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement with what it cites.

    Attributes:
        statement: the text, without citation markers.
        sentences: the texts of the sentences that it cites.
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
        network: judges support as a whole.
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
