"""Questions that ask two things at once: "When did the dam send its warning, and when did the embankment break?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.reader import Candidate, Reading
from assistant.reader.reader import MOST_SHOWN

_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_IS = r"(?:did|do|does|is|are|was|were|has|have|had|will|can)"
_TWO = re.compile(
    rf"^\W*(?P<first>{_WH}\s.{{8,300}}?)[,;?]?\sand\s(?P<second>{_WH}\s(?:[\w'’-]+\s){{0,4}}?{_IS}\s.{{3,}})$", re.I
)
# "The man who fell and who was found" is asked about once.
_CLAUSE = re.compile(rf"\w\s(?:{_WH}|that)\s", re.I)
_RELATIVE = re.compile(r"(?:who|whom|whose|which|what|where)\s", re.I)
_LEANS = re.compile(
    r"(?<!\w)(?:he|him|his|she|her|hers|it|its|they|them|their|this|that|these|those|there|then|so)(?!\w)", re.I
)


def parts_of(question: str) -> tuple[str, ...]:
    """The two questions of one; none where the second is understood only by the first, or may belong to it."""
    match = _TWO.match(question)
    if match is None or _LEANS.search(match["second"]):
        return ()
    if _CLAUSE.search(match["first"]) and _RELATIVE.match(match["second"]):
        return ()
    return f"{match['first']}?", match["second"]


def together(readings: Sequence[Reading]) -> Reading:
    """What answers each of several questions, as sure as the least sure of them; no words of one answer for all."""
    shown: dict[tuple[str, int], Candidate] = {}
    for best in (one.candidates[0] for one in readings):
        shown.setdefault((best.article.id, best.sentence.start), best)
    first = tuple(replace(one, span=None) if len(shown) > 1 else one for one in shown.values())[:MOST_SHOWN]
    rest = [one for each in readings for one in each.candidates[1:]]
    rest.sort(key=lambda one: -one.score)
    return Reading((*first, *rest), min(one.confidence for one in readings), len(first))
