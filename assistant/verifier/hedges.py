"""Hedges: "about" and "at least" before a number, "may", "alleged" before a claim. None may be lost, none invented."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.limits import Bound
from index.language.numbers import Quantity
from index.language.scopes import HEDGES, free_words, stems
from index.language.text import parsed

__all__ = ["changed_bounds", "changed_certainty"]

_WEAKER: set[tuple[Bound, Bound]] = {("about", "nearly")}
"""(what a statement may say, where the source says)."""


def changed_bounds(statement: str, sentences: Sequence[str]) -> list[str]:
    """The numbers of a statement that no sentence has with the same bound: "about" lost, or "at least" added."""
    there: dict[tuple[object, ...], set[Bound]] = {}
    for sentence in sentences:
        for number in parsed(sentence).countable:
            there.setdefault(_key(number), set()).add(number.bound)
    changed = []
    for number in parsed(statement).quantities:
        said = number.bound
        bounds = there.get(_key(number))
        if bounds is not None and said not in bounds and not any((said, bound) in _WEAKER for bound in bounds):
            changed.append(statement[max(0, number.start - len(said) - 1) : number.end].strip())
    return changed


def changed_certainty(statement: str, sentences: Sequence[str]) -> list[str]:
    """What a statement says as a fact and its sources as possible or alleged; and the other way round.

    A hedge of the source counts as lost where a word that it governs is said in the statement, the sources say it
    nowhere without a hedge, and nothing in the statement hedges; "may" for "alleged" is no loss.
    """
    said = parsed(statement).hedges
    there = [scope for sentence in sentences for scope in parsed(sentence).hedges]
    if said:
        return [] if there else [said[0].mark]
    words = set(stems(statement)) - free_words(sentences, HEDGES)
    return [scope.mark for scope in there if scope.governs & words]


def _key(number: Quantity) -> tuple[object, ...]:
    return number.value, number.second, number.unit
