"""Words that news reports use for the same thing: somebody who asks how many were displaced means those who fled."""

from __future__ import annotations

from functools import cache

from index.language.lists import list_lines
from index.language.words import content_words, stem


@cache
def _concept_of() -> dict[str, frozenset[str]]:
    """For each stem, the numbers of the groups that it stands in."""
    found: dict[str, set[str]] = {}
    for number, group in enumerate(list_lines("thesaurus")):
        for word in group.split():
            found.setdefault(stem(word), set()).add(f"#{number}")
    return {word: frozenset(numbers) for word, numbers in found.items()}


def concepts(text: str) -> list[frozenset[str]]:
    """The content words of a text, in order, each as the set of its stem and the groups that it stands in.

    Two words mean about the same where their sets have something in common.
    """
    return [meanings(word) for word in content_words(text)]


def meanings(stem: str) -> frozenset[str]:
    """A stem and the groups that it stands in, as `concepts` has them."""
    return frozenset((stem, *_concept_of().get(stem, ())))
