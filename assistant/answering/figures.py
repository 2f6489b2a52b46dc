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
from assistant.answering.counting import Counted, counted_in, is_past, of_one_quantity
from assistant.answering.days import tells_of
from assistant.answering.forms import asks_number
from assistant.answering.newer import AS_WELL, is_of_it, may_lead, place
from assistant.answering.notices import is_withdrawn
from assistant.answering.standing import ABOUT, Point, in_order, standing
from assistant.reader import Candidate, Reading
from assistant.reader.reader import MOST_SHOWN
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
    r"""\b(?: at\s(?:its|the|their)\s(?:peak|height|start|beginning|end|time) | peak | highest | maximum | most
        | on\sthe\s(?:first|second|third|last)\s\w+ | (?:first|initial|original|provisional|previous|earlier)(?:ly)?
        | when | before | by\sthen )\b""",
    re.X | re.I,
)
_SAID_BY = re.compile(r"(?<!\w)according\sto\s(.+)$", re.I)
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
    if not known or known[0].odds < min(0.0, reading.candidates[0].odds - AS_WELL):
        return []
    lead, first = _first(question, known)
    if first is None or not _asks_number(question, lead, first):
        return []
    if told is not None and not tells_of(lead.article, lead.sentence, *told.days):
        told = None  # the days mean something else
    dated = asked.period is None and parsed(question).moments  # "the poll of March 9"
    once = told is None and (dated or _ONCE.search(question) or (asked.exchanges and not parsed(question).names))
    found = [Point(lead, first)]
    for one in known:
        second = _counted(one) if one is not lead else None
        if second is None or not of_one_quantity(question, lead, first, one, second):
            continue
        if told is not None and not tells_of(one.article, one.sentence, *told.days):
            continue
        day, then = one.article.date, lead.article.date
        if once and not (day and then and abs(day - then) <= ABOUT):
            continue
        point = Point(one, second)
        if once and not may_lead(question, found, point, corrections):
            continue
        if is_of_it(question, found, point, corrections):
            found.append(point)
    return standing(in_order(question, _led(question, found, corrections)), corrections)[-_SHOWN:]


def changed(question: str, reading: Reading, found: Sequence[Point]) -> Reading:
    """The reading with the figure that leads first, then those that contradict it, then the one that it has replaced.

    That of whom the question names ("according to the port company") leads before all. The confidence stays that of the
    sentence that the Reader likes best.
    """
    alive = [point for point in reversed(found) if point.standing != "withdrawn"]
    if not alive or (len(found) == 1 and place(alive[0].candidate) == place(reading.candidates[0])):
        return reading
    newest = [point for point in alive if point.standing != "earlier"]
    newest.sort(key=lambda point: (point.day != alive[0].day, -point.candidate.score))
    earlier = [point for point in alive if point.standing == "earlier"]
    said_by = _SAID_BY.search(question)
    named = [one for one in alive if said_by and _says(said_by[1], one.candidate.text)]
    order = [*named[:1], *(one for one in [*newest, *earlier[:1]] if one not in named[:1])]
    best = reading.candidates[0].score
    first = [replace(one.candidate, score=best, span=_span(one)) for one in order[:MOST_SHOWN]]
    wrong = [one.candidate for one in found if one.standing == "withdrawn"]
    done = set(map(place, (*first, *wrong)))
    rest = [one for one in reading.candidates if place(one) not in done]
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


def _first(question: str, known: Sequence[Candidate]) -> tuple[Candidate, Counted | None]:
    """The sentence that the Reader likes best, and its number.

    Where a number is asked for, the best one with a number among those that answer about as well, and not one of the
    past if there is another: "the last strike lasted four days".
    """
    if not asks_number(question):
        return known[0], _counted(known[0])
    near = [(one, _counted(one)) for one in known if one.odds >= known[0].odds - AS_WELL]
    now = [(one, n) for one, n in near if n and not is_past(question, one, n.number)]
    return next(iter([*now, *((one, n) for one, n in near if n), *near]))


def _says(whom: str, text: str) -> bool:
    """Whether a sentence names whom a question says the figure is from."""
    said = set[str]().union(*parsed(text).concepts)
    asked = parsed(whom).concepts
    return bool(asked) and all(word & said for word in asked)


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
        if may_lead(question, found, point, corrections):
            break
        kept.remove(point)
    return kept


def _span(point: Point) -> tuple[int, int]:
    """The words of a figure: those that the Reader trusts, or the number with its bound and its noun."""
    number, text, span = point.counted.number, point.candidate.text, point.candidate.span
    inside = [one for one in parsed(text).quantities if span and one.start < span[1] and span[0] < one.end]
    if span and len(inside) == 1 and inside[0].start <= number.start < inside[0].end:
        return span
    noun = text.find(number.noun, number.end) if number.noun else -1
    end = noun + len(number.noun) if 0 <= noun - number.end < _NEAR else number.end
    bound = _BOUND.search(text, max(0, number.start - _NEAR), number.start)
    return bound.start() if bound else number.start, end
