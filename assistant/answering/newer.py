"""Whether another figure is one of the same quantity that answers, and whether it may go first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.corrections import Correction
from assistant.answering.counting import Counted, of_one_thing
from assistant.answering.notices import denies
from assistant.answering.people import PEOPLE, PERSONS
from assistant.answering.standing import COMPARES, Point
from assistant.reader import Candidate
from index import Sentence
from index.language.numerals import SHARE
from index.language.text import parsed

_LEAST = -4.5
"""Log-odds, by the network alone, that a sentence answers, below which its number is of something else."""
_SURE = -3.0
"""The same from which on it needs no word of the question beside the noun that is counted."""
_LEADS = -2.0
"""The same from which on it may come before what the Reader likes best."""
AS_WELL = 2.5
"""The difference of the log-odds of two sentences that answer about as well."""
_NEARLY_ALL = 0.75


def is_of_it(question: str, found: Sequence[Point], other: Point, corrections: Sequence[Correction]) -> bool:
    """Whether a number of what may be the same quantity is another figure of it, and answers.

    One article seldom gives two, unless it takes one back.
    """
    lead = found[0]
    one, two = lead.candidate, other.candidate
    if any(_restates(each, other) for each in found):
        return True
    takes_back = any(each.article.id == two.article.id for each in corrections)
    if one.article.id == two.article.id and two.odds < one.odds - AS_WELL and not takes_back:
        return False
    shares = of_one_thing(lead.counted, other.counted) or _shared(question, two.text, other.counted, PEOPLE)
    return two.odds >= _SURE or (two.odds >= _LEAST and bool(shares))


def may_lead(question: str, found: Sequence[Point], other: Point, corrections: Sequence[Correction]) -> bool:
    """Whether another figure may take the place of the one that the Reader likes best: it puts that one right, or
    answers nearly as well, or by itself and of the same things, or says nearly all that the question asks and the other
    sentence says.
    """
    lead = found[0]
    one, two = lead.candidate, other.candidate
    own = [each for each in corrections if place(two) == (each.article.id, each.sentence)]
    if any(claim.denied or denies(each, one, lead.counted.number) for each in own for claim in each.claims):
        return True
    if any(_restates(each, other) for each in found if each is not other):
        return True
    alike = of_one_thing(lead.counted, other.counted)
    if alike and two.odds >= _SURE and COMPARES.search(two.text):
        return True
    wanted = _shared(question, one.text, other.counted)
    shared = len(wanted & _shared(question, two.text, other.counted))
    if two.odds < _LEADS:
        return two.odds >= _LEAST and 1 < len(wanted) == shared
    if one.odds - two.odds <= AS_WELL or (two.odds > 0 and (alike or _is_measure(other))):
        return True
    return bool(wanted) and shared >= _NEARLY_ALL * len(wanted)


def place(candidate: Candidate) -> tuple[str, Sentence]:
    """Where a sentence stands."""
    return candidate.article.id, candidate.sentence


def _is_measure(point: Point) -> bool:
    """Whether its unit says what is counted: days, metres, and no share of anything."""
    return point.counted.number.unit not in ("", SHARE)


def _restates(lead: Point, other: Point) -> bool:
    """Whether another sentence says all that the one that the Reader likes best says, but for the number."""
    one, two = lead.candidate.text, other.candidate.text
    said = set[str]().union(*parsed(two).concepts)
    start, end = lead.counted.number.start, lead.counted.number.end
    wanted = [word for word in parsed(f"{one[:start]} {one[end:]}").concepts if not word & PERSONS]
    return bool(wanted) and all(word & said for word in wanted)


def _shared(question: str, text: str, counted: Counted, people: frozenset[str] = PERSONS) -> set[frozenset[str]]:
    """The words of a question that a sentence has, or others that mean the same, without the thing that is counted."""
    thing = {word for each in parsed(counted.number.noun).concepts[-1:] for word in each}
    thing |= people if thing & PEOPLE else set()
    said = set[str]().union(*parsed(text).concepts)
    return {word for word in parsed(question).concepts if word & said and not word & thing}
