"""Negations: none may be lost, none invented; and opposites: what rose did not fall."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verifier._scopes import free_words, scopes, stems
from index.language.words import stem

__all__ = ["changed_negations", "opposites"]

_NOT = re.compile(
    r"""(?<!\w)(?: (?<!whether\ or\ )not(?!\s+(?:only|just|least|more|fewer|less|long\s+after)\b) | \w+n['’]t | cannot
      | no(?!\s+(?:more|fewer|less|doubt)\b)(?!\.) | never | none | nobody | nothing | neither | nor | without | hardly
      | unable | refus(?:e|es|ed|ing)\s+to | fail(?:s|ed|ing)?\s+to | den(?:y|ies|ied|ying) | lack(?:s|ed|ing)?
      | reject(?:s|ed|ing)? | rul(?:e|es|ed|ing)\s+out | declin(?:e|es|ed|ing)\s+to | stopp?(?:s|ed)?\s+short\s+of
      | prevent(?:s|ed|ing)? | dismiss(?:es|ed|ing)? )(?!\w)""",
    re.X | re.I,
)

_DIRECTIONS = frozenset("up down more most fewer before after".split())
_OPPOSITES = [
    [{stem(word) for word in side.split()} for side in line.split("/")]
    for line in """
rise rose risen increase increased climb climbed soar soared grow grew gain gained up / \
fall fell fallen decrease decreased drop dropped decline declined plunge plunged shrink shrank down
win won victory beat defeated / lose lost loss defeat
accept accepted approve approved agree agreed pass passed / reject rejected refuse refused veto vetoed
guilty convicted / innocent acquitted cleared
arrest arrested detained jailed / released freed
open opened reopened / close closed shut
begin began start started launch launched / end ended stop stopped finish finished halt halted
support supported back backed / oppose opposed
ally allies / enemy enemies rival rivals
high higher highest / low lower lowest
largest biggest most / smallest least fewest
early earlier before / late later after
north northern / south southern
east eastern / west western
buy bought acquire acquired purchase purchased / sell sold
import imports imported / export exports exported
alive survived survive / dead killed died
killed dead died / injured wounded
male man men boy boys / female woman women girl girls
legal lawful / illegal unlawful
allow allowed permit permitted / ban banned forbid prohibited
hire hired / fire fired sacked
join joined enter entered / leave left quit
day daily / night nightly
best / worst
more / fewer less
first / last
""".strip().splitlines()
]  # fmt: skip


def changed_negations(statement: str, sentences: Sequence[str]) -> list[str]:
    """The negations that a statement lost, or has without its sources having them, as they are written.

    A negation of the source counts as lost where a word that it governs is said in the statement, and the sources say
    it nowhere without a negation; one of the statement as invented where the sources say what it governs, and never
    negate it, or negate nothing at all.
    """
    said = scopes(statement, _NOT)
    there = [scope for sentence in sentences for scope in scopes(sentence, _NOT)]
    if said and not there:
        return [said[0].mark]
    free = free_words(sentences, _NOT)
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
