"""How well cited sentences support a statement as a whole: words in common, and meaning by the embedding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index import Embedding
from index.language.text import parsed

__all__ = ["coverage", "order", "similarity", "support", "unsupported_parts"]

_PART_END = re.compile(r"(?<=[.!?;:…])\s++|\s[–—-]++\s|[\[\]{}|]")
_HALF = 0.5
_NEAR = 3  # content words; passive voice and insertions come between


def coverage(statement: str, sentences: Sequence[str]) -> float:
    """The share of a statement's content words that the sentences have, or have a word of the same meaning for."""
    asked = parsed(statement).concepts
    there = frozenset[str]().union(*(word for sentence in sentences for word in parsed(sentence).concepts))
    return sum(not there.isdisjoint(word) for word in asked) / len(asked) if asked else 0.0


def unsupported_parts(statement: str, sentences: Sequence[str]) -> list[str]:
    """The parts of a statement, from one full stop or semicolon to the next, of whose content words the sentences have
    less than half: what was hung on to something that is supported.
    """
    parts = [part.strip() for part in _PART_END.split(statement) if parsed(part).concepts]
    return [part for part in parts if coverage(part, sentences) < _HALF] if len(parts) > 1 else []


def order(statement: str, sentences: Sequence[str]) -> float:
    """The share of neighbouring content words of a statement that stand near each other, in the same order, in one of
    the sentences: what was put together anew out of words of the source has few.
    """
    pairs = list(pairwise(parsed(statement).concepts))
    if not pairs:
        return coverage(statement, sentences)
    there = [parsed(sentence).concepts for sentence in sentences]
    return sum(any(_follow(a, b, words) for words in there) for a, b in pairs) / len(pairs)


def similarity(statement: str, sentences: Sequence[str], embedding: Embedding) -> float:
    """The cosine of a statement to the nearest of the sentences, or to all of them together if that is nearer."""
    texts = [statement, *sentences, *([" ".join(sentences)] if len(sentences) > 1 else [])]
    vectors = embedding.encode(texts)
    return float((vectors[1:] @ vectors[0]).max()) if sentences else 0.0


def support(statement: str, sentences: Sequence[str], embedding: Embedding) -> float:
    """The support score, 0 to 1: the mean of `coverage`, `order` and `similarity`."""
    cosine = max(0.0, similarity(statement, sentences, embedding))
    return (coverage(statement, sentences) + order(statement, sentences) + cosine) / 3


def _follow(a: frozenset[str], b: frozenset[str], words: Sequence[frozenset[str]]) -> bool:
    """Whether a word that means `b` comes at most `_NEAR` content words after one that means `a`."""
    return any(
        not word.isdisjoint(a) and any(not near.isdisjoint(b) for near in words[at + 1 : at + 1 + _NEAR])
        for at, word in enumerate(words)
    )
