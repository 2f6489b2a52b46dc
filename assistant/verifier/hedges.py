"""Hedges: "about" and "at least" before a number, "may", "alleged" before a claim. None may be lost, none invented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verifier._scopes import free_words, scopes, stems
from index.language.limits import Bound
from index.language.numbers import Quantity, quantities

__all__ = ["changed_bounds", "changed_certainty"]

_WEAKER: set[tuple[Bound, Bound]] = {("about", "nearly")}
"""(what a statement may say, where the source says)."""

_UNCERTAIN = re.compile(
    r"""(?<![\w-])(?: (?-i:may|might|could)(?!\s+(?:\d|have\s+to\b)) | perhaps | possibly | (?<!as\ )possible
      | potential(?:ly)?
      | probabl[ey] | likely | unlikely | presumably | apparently | seemingly | seem(?:s|ed)?\s+to
      | appear(?:s|ed)?\s+to
      | alleg(?:e|es|ed|edly|ing|ation|ations) | reportedly | supposed(?:ly)? | purported(?:ly)? | rumou?r(?:s|ed)?
      | suspect(?:s|ed|ing)? | accus(?:e|es|ed|ing|ation|ations) | claim(?:s|ed|ing)? | unconfirmed | unverified
      | believe[sd]? | thought\s+to | estimat(?:e|es|ed|ing) | expect(?:s|ed|ing)? | (?:is|are|was|were)\s+said\s+to
      | suggest(?:s|ed|ing)? | fear(?:s|ed)? | so-called | threaten(?:s|ed)?\s+to | plan(?:s|ned|ning)?\s+to
      | propos(?:e|es|ed|al) | consider(?:s|ed|ing)? )(?!\w)""",
    re.X | re.I,
)


def changed_bounds(statement: str, sentences: Sequence[str]) -> list[str]:
    """The numbers of a statement that no sentence has with the same bound: "about" lost, or "at least" added."""
    there: dict[tuple[object, ...], set[Bound]] = {}
    for sentence in sentences:
        for number in quantities(sentence, years=True):
            there.setdefault(_key(number), set()).add(number.bound)
    changed = []
    for number in quantities(statement):
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
    said = scopes(statement, _UNCERTAIN)
    there = [scope for sentence in sentences for scope in scopes(sentence, _UNCERTAIN)]
    if said:
        return [] if there else [said[0].mark]
    words = set(stems(statement)) - free_words(sentences, _UNCERTAIN)
    return [scope.mark for scope in there if scope.governs & words]


def _key(number: Quantity) -> tuple[object, ...]:
    return number.value, number.second, number.unit
