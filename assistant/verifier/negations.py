"""Negations: none may be lost, none invented; and opposites: what rose did not fall."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.lists import list_lines
from index.language.scopes import NEGATIONS, free_words, stems
from index.language.text import parsed
from index.language.words import stem

__all__ = ["changed_negations", "opposites"]


_DIRECTIONS = frozenset("up down more most fewer before after".split())
_OPPOSITES = [[{stem(word) for word in side.split()} for side in line.split("/")] for line in list_lines("opposites")]


def changed_negations(statement: str, sentences: Sequence[str]) -> list[str]:
    """The negations that a statement lost, or has without its sources having them, as they are written.

    A negation of the source counts as lost where a word that it governs is said in the statement, and the sources say
    it nowhere without a negation; one of the statement as invented where the sources say what it governs, and never
    negate it, or negate nothing at all.
    """
    said = parsed(statement).negations
    there = [scope for sentence in sentences for scope in parsed(sentence).negations]
    if said and not there:
        return [said[0].mark]
    free = free_words(sentences, NEGATIONS)
    if not said:
        words = set(stems(statement)) - free
        return [scope.mark for scope in there if scope.governs & words]
    negated = frozenset[str]().union(*(scope.governs for scope in there))
    return [scope.mark for scope in said if not scope.governs & negated and scope.governs & free]


def opposites(statement: str, sentences: Sequence[str]) -> list[str]:
    """Words of a statement of which the sentences have only the opposite: "rose" where the source says "fell"."""
    said, there = set(stems(statement)), {word for sentence in sentences for word in stems(sentence)}
    said |= _small(statement)
    there = there.union(*(_small(sentence) for sentence in sentences))
    found = []
    for one, other in _OPPOSITES:
        for side, against in ((one, other), (other, one)):
            if said & side and not there & side and there & against and not said & against:
                found += sorted(said & side)
    return found


def _small(text: str) -> set[str]:
    """The stems of directions among the stop words."""
    return {stem(word) for word in re.findall(r"\w+", text.lower()) if word in _DIRECTIONS}
