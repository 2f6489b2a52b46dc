"""Which number of a sentence answers, and whether the numbers of two sentences are of one quantity.

A quantity is what is counted, its unit, and its scope: the dead of a town are no newer figure of the dead of a valley,
"two more" is no new total, and crowns a day are not crowns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.people import PEOPLE, became_of
from assistant.reader import Candidate
from index.language.numbers import Quantity
from index.language.numerals import SHARE
from index.language.text import parsed
from index.language.words import stem

_MEASURED = frozenset(
    map(
        stem,
        """cost price pay paid worth value damage loss height depth width length size long far big high deep wide money
        crowns marks dollars euros pounds francs million billion new much many total""".split(),
    )
)
_TIMES = frozenset("second minute hour day week month year decade".split())
_AGE = re.compile(r"(?<!\d),\s?\d{1,3},(?!\d)|\d-year-old")  # "Hanne Corvin, 34, a nurse"; not in "14,000, the UN said"
_NUMBER_OF = re.compile(
    r"(?<!\w)(?:(?P<toll>(?:death\s)?tolls?)(?!\w)|(?:numbers?|totals?|tally|counts?)\sof\s(?:the\s)?"
    r"(?P<noun>(?:[\w-]{1,20}\s)?(?:people|men|women|children|[\w-]{1,20}s)(?!\w)))",
    re.I,
)
_ENDS = re.compile(r"\s*+(?:[.,;:!?)”\"’]|$)")
_OUT_OF = re.compile(r"\s(?:out\s)?of\s(?:(?:the|its|their|about|some|all)\s)*+")
_RATE = re.compile(
    r"(?:\s[\w-]++){0,3}?\s(?:an?|per|each|every)\s(?P<each>second|minute|hour|day|night|week|month|year)(?!\w)"
)
_ADDED = re.compile(
    r"(?<!\w)(?:another|additional|further|extra|first|last|next|every|each|remaining)\s(?:(?:about|some)\s)?$", re.I
)
_MORE = re.compile(r"\s(?:[\w-]++\s)?(?:more|additional|further|extra|fewer)(?!\w)", re.I)
_THAN = re.compile(r"\s(?:more|fewer|less|higher|lower)\sthan(?!\w)", re.I)
_OF_MANY = re.compile(r"\sof\s(?:the|its|their|his|her|our|those|these|them)(?!\w)")
_MAYBE = re.compile(
    r"(?<!\w)(?:could|might|would|if|expect(?:s|ed|ing)?|forecasts?|predict(?:s|ed)?|fear(?:s|ed)?|targets?|aims?"
    r"|wants?|wanted|demand(?:s|ed|ing)?|seeks?|sought|asking\sfor|calls?\sfor|called\sfor)(?!\w)",
    re.I,
)
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|while)\s")
_PART_OF_TIME = re.compile(
    r"(?<!\w)(?:overnight|alone|on\sthe\s(?:first|second|third|last)\s(?:day|night)|in\sthe\s(?:past|last)\s\w+\s(?:hours|days)"
    r"|since\s(?:yesterday|the\sday\sbefore)|among\s(?:them|these|those))(?!\w)",
    re.I,
)
_OF_THEM = re.compile(r"(?:\s[\w-]++)?\sof\s(?:them|these|those|whom|which)(?!\w)")
_PLACED = re.compile(r"(?<!\w)(?:[Ii]n|[Aa]t|[Nn]ear)\s(?:the\s)?(?:[a-z-]+\s(?:of\s)?)?$")
_OWNS = re.compile(r"['’]s?(?!\w)")
_WHOLE = re.compile(
    r"(?<!\w)(?:in\sall|in\stotal|altogether|overall|(?:death\s)?toll|total|still|now|(?:rose|rises|risen|fell|falls|fallen"
    r"|dropped|climbed|brings?|bringing|brought)(?:\s\w+){0,6}?\sto)(?!\w)",
    re.I,
)
_TIMES_AS_MUCH = 200  # as one figure of a quantity another may be
_ASKED = re.compile(
    r"(?<!\w)how\s(?:(?P<how>long|far|big|large|high|tall|deep|wide|heavy)(?!\w)"
    r"|many\s(?:more\s|other\s)?(?:[\w-]{1,20}\s)??(?P<noun>people|men|women|children|[\w-]{1,20}s)(?!\w))",
    re.I,
)
_PAST = re.compile(
    r"(?<!\w)(?:ago|last\s(?:year|month|election|time)|previous\s(?:year|month|election)|in\s(?P<year>[12]\d{3}))(?!\w)",
    re.I,
)
_AMONG = re.compile(r"(?<!\w)[Aa]mong\s(?!them|these|those)")
_CLOCK = re.compile(r"\s?o['’]clock")
_PRONOUN = re.compile(r"^\W*(?:they|we|he|she|it|these|those)(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of a sentence that answers.

    Attributes:
        number: where it stands in the sentence, with its unit and noun, also where only another number there says them.
        each: "day" of "crowns a day", "" where it is no rate.
    """

    number: Quantity
    each: str = ""

    @property
    def value(self) -> float:
        """The number; of a share the percentage."""
        value = self.number.value * 100 if self.number.unit == SHARE else self.number.value
        return float(value)


def counted_in(text: str, marked: tuple[int, int]) -> Counted | None:
    """The number among the marked words of a sentence that counts something; None where they have none.

    Of a change ("from 2,000 to 3,500") it is the last, of several the first. No age, no ordinal, nothing denied ("not
    eleven"), and not the whole of which a part is meant.
    """
    start, end = marked
    ages = [match.span() for match in _AGE.finditer(text)]
    found = parsed(text).countable
    inside = [
        each
        for each in found
        if each.start < end
        and start < each.end
        and each.unit not in ("ordinal", "vague")
        and not each.negated
        and not each.whole
        and not any(left < each.end and each.start < right for left, right in ages)
        and not _CLOCK.match(text, each.end)
        and (each.second is None or each.unit or each.noun or each.bound)  # 19 to 4 is a score
    ]
    if not inside:
        return None
    is_change = inside[0].unit.startswith("change")
    number = inside[-1] if is_change else inside[0]
    if _THAN.match(text, number.end):  # "310 houses, fifty more than the ministry"
        before = [each for each in found if each.noun and each.end <= number.start and not each.negated]
        if not before:
            return None
        number = before[-1]
    elif number.value == 1 and _OF_MANY.match(text, number.end):  # "one of the dead had been counted twice"
        return None
    number = _with_unit(text, number, found)
    rate = _RATE.match(text, number.end)
    return Counted(number, rate["each"] if rate else "")


def of_one_quantity(question: str, lead: Candidate, first: Counted, other: Candidate, second: Counted) -> bool:
    """Whether another number counts what the one of the best sentence counts.

    Args:
        question: what is asked.
        lead, first: the best sentence, and its number.
        other, second: another one.
    """
    one, two, text = first.number, second.number, other.text
    asked = _ASKED.search(question)
    if not one.unit and not one.noun and asked and asked["noun"]:
        one = replace(one, noun=asked["noun"])
    if one.unit != two.unit or first.each != second.each or not _alike(question, one, two):
        return False
    small, large = sorted((abs(first.value), abs(second.value)))
    if small * _TIMES_AS_MUCH < large:
        return False
    if asked and asked["how"] and not _of_one_dimension(asked["how"].lower(), lead.text, one, text, two):
        return False
    if one.unit != SHARE and (_ADDED.search(text[: two.start]) or _MORE.match(text, two.end)):
        return False
    if _is_maybe(text, two) and not (_is_maybe(lead.text, one) or _MAYBE.search(question)):
        return False
    if is_past(question, other, two) and not is_past(question, lead, one):
        return False
    if _AMONG.search(text) and not (_AMONG.search(lead.text) or _AMONG.search(question)):
        return False
    measured = one.unit not in ("", SHARE) or one.thing in _MEASURED
    if measured and not _of_one_subject(question, lead, other):
        return False
    return _names_the_same(question, lead, other)


def of_one_thing(one: Counted, two: Counted) -> bool:
    """Whether two numbers say that they count the same thing, and one that tells more than people do: ships, houses."""
    return bool(one.number.thing) and one.number.thing == two.number.thing and one.number.thing not in PEOPLE


def is_past(question: str, candidate: Candidate, number: Quantity) -> bool:
    """Whether a sentence says that its number is of a time before that of its article, and the question does not."""
    said = _PAST.search(candidate.text, 0, number.start)
    day = candidate.article.date
    this_year = said is not None and said["year"] is not None and day is not None and int(said["year"]) >= day.year
    return said is not None and not this_year and not _PAST.search(question)


def is_part(known: str, text: str, number: Quantity) -> bool:
    """Whether a sentence says that its number is that of a place, a time or a group that is not asked about.

    Args:
        known: what is asked, and what else names its scope.
        text, number: the sentence, and its number.
    """
    if _WHOLE.search(text):
        return False
    if _OF_THEM.match(text, number.end):
        return True
    if _PART_OF_TIME.search(text) and not _PART_OF_TIME.search(known):
        return True
    asked = known.casefold()
    body = text.find("—") + 1 or text.find(") - ") + 1  # a dateline says where the reporter sits
    stop = text.find(", ", number.end)
    return any(
        body < start
        and (stop < 0 or start < stop)
        and _PLACED.search(text[:start])
        and name.casefold() not in asked
        and not _OWNS.match(text, start + len(name))
        for name, start in parsed(text).names
    )


def _alike(question: str, one: Quantity, two: Quantity) -> bool:
    became = became_of(two.noun)
    if became and became.isdisjoint(became_of(f"{question} {one.noun}") or became):
        return False
    if one.unit or not one.thing or one.thing == two.thing:
        return True
    if not two.thing:
        return False
    if one.thing in PEOPLE and two.thing in PEOPLE:
        return True
    return any(a & b for a in parsed(one.noun).concepts for b in parsed(two.noun).concepts)


def _of_one_dimension(how: str, lead: str, one: Quantity, text: str, two: Quantity) -> bool:
    """Whether both numbers are of the dimension that is asked for: how wide a breach is, not how deep."""
    said = re.compile(rf"(?<!\w){how}(?!\w)", re.I)
    return bool(two.unit) and (not said.search(lead, one.end) or said.search(text, two.end) is not None)


def _is_maybe(text: str, number: Quantity) -> bool:
    """Whether a number is one that is hoped, feared, expected or asked for, as its clause says."""
    start = max((cut.end() for cut in _CLAUSE.finditer(text, 0, number.start)), default=0)
    cut = _CLAUSE.search(text, number.end)
    return _MAYBE.search(text, start, cut.start() if cut else len(text)) is not None


def _with_unit(text: str, number: Quantity, found: Sequence[Quantity]) -> Quantity:
    """The number with the unit or noun that it leaves to others: "nine per cent; the company offers four"."""
    if number.unit or number.noun:
        return number
    for match in reversed(list(_NUMBER_OF.finditer(text, 0, number.start))):
        return replace(number, noun="dead" if match["toll"] else match["noun"])
    of = _OUT_OF.match(text, number.end)
    for whole in (each for each in found if of and each.start == of.end()):  # 5,400 of the 7,000 households
        return replace(number, noun=whole.noun)
    before = [each for each in found if each.end <= number.start and each.unit not in ("ordinal", "vague")]
    if before and _ENDS.match(text, number.end) and before[-1].unit not in _TIMES:
        last = before[-1]
        value = number.value / 100 if last.unit == SHARE else number.value
        return replace(number, value=value, unit=last.unit, noun=last.noun)
    return number


def _of_one_subject(question: str, lead: Candidate, other: Candidate) -> bool:
    """Whether an article is about what the question wants measured, where the best one is: crowns count anything."""
    there, here = (
        set[str]().union(*parsed(one.article.title).concepts, *parsed(one.text).concepts) for one in (lead, other)
    )
    subject = [word for word in parsed(question).concepts if word & there and not word & _MEASURED]
    return not subject or any(word & here for word in subject)


def _names_the_same(question: str, lead: Candidate, other: Candidate) -> bool:
    """Whether a sentence is about whom the question names: its article has named them by then, and it names nobody
    else in their place.
    """
    asked = [name.casefold() for name, _ in parsed(question).names if name.casefold() in _before(lead)]
    if any(name not in _before(other) for name in asked):
        return False
    said, known = other.text.casefold(), f"{question} {lead.text}".casefold()
    missing = any(name not in said for name in asked if name in lead.text.casefold())
    if missing and _PRONOUN.match(other.text):
        return False
    return not missing or all(name.casefold() in known for name, _ in parsed(other.text).names)


def _before(candidate: Candidate) -> str:
    """What its article has said by the end of a sentence, in small letters."""
    return f"{candidate.article.title}\n{candidate.article.text[: candidate.sentence.end]}".casefold()
