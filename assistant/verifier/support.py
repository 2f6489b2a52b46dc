"""Support as a whole: which network judges it, and which words of a statement its sentences do not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from index.language.text import parsed
from index.language.thesaurus import concepts
from index.language.words import words

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
