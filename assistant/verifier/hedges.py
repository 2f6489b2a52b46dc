"""Hedges: "about" and "at least" before a number, "may", "alleged" before a claim. None may be lost, none invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.verifier._scopes import free_words, scopes, stems
from assistant.verifier.numbers import Quantity, quantities

__all__ = ["Bound", "bound_of", "changed_bounds", "changed_certainty"]

Bound = Literal["", "about", "nearly", "at least", "more than", "at most", "less than"]

_BEFORE: list[tuple[Bound, str]] = [
    ("at least", r"at (?:the )?(?:least|minimum)|(?:no|not) (?:fewer|less) than|minimum of"),
    ("at most", r"at (?:the )?most|up to|as (?:many|much|high|few|little|low) as|(?:no|not) more than|maximum of"),
    ("more than", r"(?:more|greater|older) than|over|above|upwards of|in excess of|exceed(?:s|ed|ing)?"),
    ("less than", r"(?:less|fewer|lower|younger) than|under|below|short of"),
    ("nearly", r"nearly|almost|close to|just (?:under|below|short of)|approaching"),
    ("about", r"about|around|approximately|approx\.?|roughly|some|circa|estimated(?: at)?|or so|more or less"
     r"|in the region of"),
]  # fmt: skip
_AFTER: list[tuple[Bound, str]] = [
    ("at least", r"or more|or over|at least|at the least|plus|\+"),
    ("at most", r"at (?:the )?most|or (?:less|fewer|under)"),
    ("about", r"or so|approximately"),
]
_FILLERS = (
    r"(?:\s+(?:the|an?|another|us|just|only|other|than|further|additional|of|its|their)\b)*+"
    r"\s*+[(“\"'$€£]*+\s*+$"
)
_NEAR = 48  # characters before a number in which its bound stands
_BEFORE_FORMS = [(bound, re.compile(rf"(?<![\w-])(?:{words}){_FILLERS}", re.I)) for bound, words in _BEFORE]
_AFTER_FORMS = [(bound, re.compile(rf"\s?(?:{words})(?!\w)", re.I)) for bound, words in _AFTER]
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


def bound_of(text: str, number: Quantity) -> Bound:
    """How a number of a text is bounded by the words right before or after it."""
    before = text[max(0, number.start - _NEAR) : number.start]
    for bound, form in _BEFORE_FORMS:
        if form.search(before):
            return bound
    for bound, form in _AFTER_FORMS:
        if form.match(text, number.end):
            return bound
    return ""


def changed_bounds(statement: str, sentences: Sequence[str]) -> list[str]:
    """The numbers of a statement that no sentence has with the same bound: "about" lost, or "at least" added."""
    there: dict[tuple[object, ...], set[Bound]] = {}
    for sentence in sentences:
        for number in quantities(sentence, years=True):
            there.setdefault(_key(number), set()).add(bound_of(sentence, number))
    changed = []
    for number in quantities(statement):
        said = bound_of(statement, number)
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
