"""Several figures of one quantity: their order, and which of them holds, is disputed, or was taken back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.answer import Standing
from assistant.answering.corrections import Correction
from assistant.answering.counting import Counted, is_part
from assistant.answering.notices import denies
from assistant.reader import Candidate

ABOUT = dt.timedelta(days=1)
"""How far apart two figures may be that are of about the same day."""

_COMPARED = dt.timedelta(days=7)  # the same, where one names the other: "fifty more than the ministry"
_UPDATES = re.compile(
    r"(?<!\w)(?:rose|rises|risen|fell|falls|fallen|dropped|climbed|grew|raise[sd]?|raising|lowered|cut|increased|updated"
    r"|revised|corrected|another|now|more\sbodies)(?!\w)",
    re.I,
)
COMPARES = re.compile(r"(?<!\w)(?:more|fewer|less|higher|lower)\sthan\s(?:the\s)?[A-Z]")
"""What a sentence says whose number contradicts that of somebody else: "fifty more than the Finance Ministry"."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure that was found.

    Attributes:
        candidate: the sentence that says it.
        counted: its number.
        standing: as in Figure.
    """

    candidate: Candidate
    counted: Counted
    standing: Standing = "earlier"

    @property
    def day(self) -> dt.date | None:
        """The day of its article."""
        return self.candidate.article.date

    @property
    def value(self) -> float:
        """The number."""
        return self.counted.value


def in_order(question: str, found: Sequence[Point]) -> list[Point]:
    """The figures of the whole, one a day and value, oldest first.

    Copies of one wire story count once, and so does a figure that stays the same from one report to the next: with its
    first report, or where it is the last one with the report that answers best. Where nobody knows when the best was
    written, they are in the order of reading, the best last.

    Args:
        question: what is asked.
        found: the figures, the best first.
    """
    best = found[0].candidate
    known = f"{question}\n{best.article.title}\n{best.text}"
    parts = [point for point in found if is_part(known, point.candidate.text, point.counted.number)]
    wholes = [point.value for point in found if point not in parts]
    ordered = [point for point in found if point not in parts or not any(point.value < value for value in wholes)]
    ordered.reverse()
    if found[0].day is not None:
        ordered.sort(key=lambda point: (point.day or dt.date.min, point.candidate.score))
    distinct: dict[tuple[dt.date | None, float], Point] = {}
    for point in ordered:
        of_day = distinct.get((point.day, point.value))
        if of_day is None or of_day.candidate.score < point.candidate.score:
            distinct[point.day, point.value] = point
    runs = [list(run) for _, run in groupby(distinct.values(), key=lambda point: point.value)]
    return [*(run[0] for run in runs[:-1]), *(max(run, key=lambda point: point.candidate.score) for run in runs[-1:])]


def standing(found: Sequence[Point], corrections: Sequence[Correction]) -> list[Point]:
    """The same figures, each with how it stands.

    Args:
        found: the figures, oldest first.
        corrections: the notices that concern them.
    """
    void, disputed = _taken_back(found, corrections)
    alive = [n for n in range(len(found)) if n not in void]
    if not alive:
        return [replace(point, standing="withdrawn") for point in found]
    last = found[alive[-1]]
    rivals = {alive[-1], *disputed, *(n for n in alive if _contradicts(found[n], last))}

    def stands(n: int) -> Standing:
        if n in void:
            return "withdrawn"
        if n not in rivals:
            return "earlier"
        return "disputed" if len(rivals) > 1 else "latest"

    return [replace(point, standing=stands(n)) for n, point in enumerate(found)]


def _taken_back(found: Sequence[Point], corrections: Sequence[Correction]) -> tuple[set[int], set[int]]:
    """The positions of the figures that were taken back, and of those that take each other back.

    What takes back may itself have been taken back by a later notice, so the newest is looked at first.
    """
    by: dict[int, set[int | None]] = {}  # for a figure, the figures whose sentences deny it; None is a notice without
    for n, point in enumerate(found):
        for each in corrections:
            if denies(each, point.candidate, point.counted.number):
                places = [(one.candidate.article.id, one.candidate.sentence) for one in found]
                said = {m for m, place in enumerate(places) if place == (each.article.id, each.sentence)}
                by.setdefault(n, set()).update(said or {None})
    mutual = {n for n, others in by.items() for m in others if m is not None and n in by.get(m, ())}
    void: set[int] = set()
    for n in sorted(by, reverse=True):
        if n not in mutual and any(m not in void for m in by[n]):
            void.add(n)
    return void, mutual


def _contradicts(point: Point, last: Point) -> bool:
    """Whether two figures are of about the same day and from different sources."""
    if point.value == last.value or point.day is None or last.day is None:
        return False
    if point.day == last.day:
        return True
    if COMPARES.search(last.candidate.text):
        return last.day - point.day <= _COMPARED
    apart = point.candidate.article.source != last.candidate.article.source
    return apart and last.day - point.day <= ABOUT and not _UPDATES.search(last.candidate.text)
