"""A question for a number: all figures of that quantity in what was read, each with its day, and the newest first.

A later figure is an update; two of one day contradict each other, and both are shown; one that a notice takes back is
neither, but stays in the list as withdrawn.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Figure
from assistant.answering.asked import Asked
from assistant.answering.corrections import Correction
from assistant.answering.counting import PEOPLE, PERSONS, Counted, counted_in, of_one_quantity, of_one_thing
from assistant.answering.days import tells_of
from assistant.answering.forms import asks_number
from assistant.answering.notices import denies, is_withdrawn
from assistant.answering.standing import ABOUT, COMPARES, Point, in_order, standing
from assistant.reader import Candidate, Reading
from assistant.reader.reader import MOST_SHOWN
from index import Sentence
from index.language.text import parsed

_ASKS_ELSE = re.compile(
    r"""^\W*(?:(?:and|but|so)\s)?(?:who|whom|whose|when|where|why|is|are|was|were|did|do|does|has|have|had|can|could
          |will|would|should)\b
      | \bhow\s(?:did|do|does|is|was|were|are|can|could|come)\b
      | \b(?:what|which)\s(?:time|day|year|month|date|happened|about)\b
      | \bwhat\s(?:did|does|do)\b.{0,200}\b(?:say|tell|call|mean)\b""",
    re.X | re.I,
)
_ONCE = re.compile(
    r"""\b(?: at\s(?:its|the|their)\s(?:peak|height|start|beginning|end|time|moment) | peak | highest | maximum | most
        | on\sthe\s(?:first|second|third|last)\s\w+ | (?:first|initial|original|provisional|previous|earlier)(?:ly)?
        | when | before | by\sthen )\b""",
    re.X | re.I,
)
_LEAST = -4.5
"""Log-odds, by the network alone, that a sentence answers, below which its number is of something else."""
_SURE = -3.0
"""The same from which on it needs no word of the question beside the noun that is counted."""
_LEADS = -2.0
"""The same from which on it may come before what the Reader likes best."""
_AS_WELL = 2.5
"""The difference of the log-odds of two sentences that answer about as well."""
_NEARLY_ALL = 0.75
_READ = 40  # candidates that are looked at
_SHOWN = 9  # figures at most
_NEAR = 24  # code points between a number and the words that belong to it
_BOUND = re.compile(
    r"(?<!\w)(?:at\s(?:least|most)|(?:no\s)?(?:more|fewer|less)\sthan|up\sto|about|around|nearly|almost|some|over|under"
    r"|roughly|approximately)\s$",
    re.I,
)


def points(asked: Asked, reading: Reading, corrections: Sequence[Correction] = ()) -> list[Point]:
    """The figures that answer a question, oldest first; empty where it asks for none, or its best sentence has none.

    A question that is limited to some days gets those of these days, one for a peak or a beginning those of about the
    day of its best sentence; so does a follow-up that names nothing.

    Args:
        asked: the question; articles of days after it do not count.
        reading: what the Reader made of the passages.
        corrections: the notices that concern them.
    """
    question, last, told = asked.as_read, asked.known_on, asked.told
    known = [
        one
        for one in reading.candidates[:_READ]
        if not (last and one.article.date and one.article.date > last)
        and not any(is_withdrawn(one.article, one.sentence, each) for each in corrections)
    ]
    if not known or (known[0] is not reading.candidates[0] and known[0].odds < 0):
        return []
    lead, first = known[0], _counted(known[0])
    if first is None or not _asks_number(question, lead, first):
        return []
    if told is not None and not tells_of(lead.article, lead.sentence, *told.days):
        told = None  # the days mean something else
    dated = asked.period is None and parsed(question).moments  # "the poll of March 9"
    once = told is None and (dated or _ONCE.search(question) or (asked.exchanges and not parsed(question).names))
    found = [Point(lead, first)]
    for one in known[1:]:
        second = _counted(one)
        if second is None or not of_one_quantity(question, lead, first, one, second):
            continue
        if told is not None and not tells_of(one.article, one.sentence, *told.days):
            continue
        day, then = one.article.date, lead.article.date
        if once and not (day and then and abs(day - then) <= ABOUT):
            continue
        point = Point(one, second)
        if once and not _may_lead(question, found[0], point, corrections):
            continue
        if _is_of_it(question, found[0], point, corrections):
            found.append(point)
    return standing(in_order(question, _led(question, found, corrections)), corrections)[-_SHOWN:]


def changed(reading: Reading, found: Sequence[Point]) -> Reading:
    """The reading with the figure that leads first, then those that contradict it, then the one that it has replaced.

    The confidence stays that of the sentence that the Reader likes best.
    """
    alive = [point for point in reversed(found) if point.standing != "withdrawn"]
    if not alive or (len(found) == 1 and _place(alive[0].candidate) == _place(reading.candidates[0])):
        return reading
    newest = [point for point in alive if point.standing != "earlier"]
    newest.sort(key=lambda point: (point.day != alive[0].day, -point.candidate.score))
    earlier = [point for point in alive if point.standing == "earlier"]
    best = reading.candidates[0].score
    first = [replace(one.candidate, score=best, span=_span(one)) for one in [*newest, *earlier[:1]][:MOST_SHOWN]]
    wrong = [one.candidate for one in found if one.standing == "withdrawn"]
    done = set(map(_place, (*first, *wrong)))
    rest = [one for one in reading.candidates if _place(one) not in done]
    return replace(reading, candidates=(*first, *rest), shown=len(first))


def with_figures(answer: Answer, found: Sequence[Point]) -> Answer:
    """The answer with its figures; a sentence that only a figure cites gets the next marker."""
    if len(found) < 2 or answer.status != "answered":
        return answer
    citations = list(answer.citations)
    figures = []
    for point in found:
        article, sentence = point.candidate.article, point.candidate.sentence
        marker = next((c.marker for c in citations if (c.article_id, c.start) == (article.id, sentence.start)), None)
        if marker is None:
            marker = len(citations) + 1
            citations.append(Citation.to(article, sentence, marker))
        figures.append(
            Figure(
                value=point.value,
                text=point.candidate.text[slice(*_span(point))],
                counted=point.counted.number.noun,
                date=article.date.isoformat() if article.date else None,
                source=article.source,
                citation=marker,
                standing=point.standing,
            )
        )
    return replace(answer, form="figures", figures=tuple(figures), citations=tuple(citations))


def _place(candidate: Candidate) -> tuple[str, Sentence]:
    return candidate.article.id, candidate.sentence


def _counted(candidate: Candidate) -> Counted | None:
    marked = candidate.marked or candidate.span
    return counted_in(candidate.text, marked) if marked else None


def _asks_number(question: str, lead: Candidate, first: Counted) -> bool:
    """Whether a question asks for a number: by its words, or, as "pay offer" does, by what answers it best."""
    if asks_number(question):
        return True
    if _ASKS_ELSE.search(question) or lead.span is None:
        return False
    start, end = lead.span
    number = lead.text[first.number.start : first.number.end]
    inside = start <= first.number.start and first.number.end <= end
    return inside and len(lead.text[start:end].split()) <= 2 + len(number.split())


def _led(question: str, found: Sequence[Point], corrections: Sequence[Correction]) -> list[Point]:
    """Without the newest figures that may not take the place of the one that the Reader likes best."""
    lead = found[0]
    kept = list(found)
    for point in sorted(found, key=lambda one: one.day or dt.date.min, reverse=True):
        if point.day is None or lead.day is None or point.day <= lead.day:
            break
        if _may_lead(question, lead, point, corrections):
            break
        kept.remove(point)
    return kept


def _is_of_it(question: str, lead: Point, other: Point, corrections: Sequence[Correction]) -> bool:
    """Whether a number of what may be the same quantity is another figure of it, and answers.

    One article seldom gives two, unless it takes one back.
    """
    one, two = lead.candidate, other.candidate
    if _restates(lead, other):
        return True
    takes_back = any(each.article.id == two.article.id for each in corrections)
    if one.article.id == two.article.id and two.odds < one.odds - _AS_WELL and not takes_back:
        return False
    shares = of_one_thing(lead.counted, other.counted) or _shared(question, two.text, other.counted, PEOPLE)
    return two.odds >= _SURE or (two.odds >= _LEAST and bool(shares))


def _may_lead(question: str, lead: Point, other: Point, corrections: Sequence[Correction]) -> bool:
    """Whether another figure may take the place of the one that the Reader likes best: it puts that one right, or
    answers nearly as well, or by itself and of the same things, or says nearly all that the question asks and the other
    sentence says.
    """
    one, two = lead.candidate, other.candidate
    if any(
        _place(two) == (each.article.id, each.sentence) and denies(each, one, lead.counted.number)
        for each in corrections
    ):
        return True
    if _restates(lead, other):
        return True
    alike = of_one_thing(lead.counted, other.counted)
    if alike and two.odds >= _SURE and COMPARES.search(two.text):
        return True
    wanted = _shared(question, one.text, other.counted)
    shared = len(wanted & _shared(question, two.text, other.counted))
    if two.odds < _LEADS:
        return two.odds >= _LEAST and 1 < len(wanted) == shared
    if one.odds - two.odds <= _AS_WELL or (two.odds > 0 and alike):
        return True
    return bool(wanted) and shared >= _NEARLY_ALL * len(wanted)


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


def _span(point: Point) -> tuple[int, int]:
    """The words of a figure: those that the Reader trusts, or the number with its bound and its noun."""
    number, text, span = point.counted.number, point.candidate.text, point.candidate.span
    if span is not None and sum(one.start < span[1] and span[0] < one.end for one in parsed(text).quantities) == 1:
        return span
    noun = text.find(number.noun, number.end) if number.noun else -1
    end = noun + len(number.noun) if 0 <= noun - number.end < _NEAR else number.end
    bound = _BOUND.search(text, max(0, number.start - _NEAR), number.start)
    return bound.start() if bound else number.start, end
