"""Whether a cited sentence, or a passage, is at a place that the question set names as evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from evals.questions.evidence import Span
from evals.scorers.observation import Found
from evals.scorers.squad import contains_any

DAYS_BEFORE = 14
DAYS_AFTER = 2
"""An article is near the day of a question if it appeared from 14 days before to 2 days after it: weekly quizzes ask
about the week that ends, articles take some days to appear, and are sometimes dated by a later update."""

_WHOLE_SENTENCE = 20  # characters from which on an equal text means the same sentence rather than the same few words


def is_evidence(citation: Mapping[str, Any], span: Span) -> bool:
    """Whether a citation is this evidence: it covers half of the shorter of the two, or it says the same word for word.

    Sentences are not cut at the same places everywhere, hence the half. The same text in another article is a
    syndicated copy.
    """
    if span.start is None or span.end is None:
        return bool(citation["article_id"] == span.doc_id)
    if citation["article_id"] == span.doc_id:
        return _overlaps(citation["start"], citation["end"], span.start, span.end)
    return len(span.text) >= _WHOLE_SENTENCE and _plain(citation["sentence"]) == _plain(span.text)


def is_near_and_says_it(citation: Mapping[str, Any], answers: Sequence[str], asked_on: str | None) -> bool:
    """Whether a sentence of an article that appeared near the day of the question holds an acceptable answer.

    Sets whose evidence was matched by a program do not name every sentence that says it. Without a day for the question
    or for the article this is never so.
    """
    if asked_on is None or not citation["date"]:
        return False
    days = (dt.date.fromisoformat(citation["date"][:10]) - dt.date.fromisoformat(asked_on)).days
    return -DAYS_BEFORE <= days <= DAYS_AFTER and contains_any(citation["sentence"], answers)


def carries(found: Found, span: Span) -> bool:
    """Whether a passage has this evidence in it, itself or as a copy folded into it."""
    if span.start is None or span.end is None:
        return span.doc_id == found.doc_id or span.doc_id in found.also
    if span.doc_id == found.doc_id:
        return _overlaps(found.start, found.end, span.start, span.end)
    is_copy = span.doc_id in found.also or len(span.text) >= _WHOLE_SENTENCE
    return is_copy and _plain(span.text) in _plain(found.text)


def _overlaps(start: int, end: int, other_start: int, other_end: int) -> bool:
    shared = min(end, other_end) - max(start, other_start)
    return shared > 0 and 2 * shared >= min(end - start, other_end - other_start)


def _plain(text: str) -> str:
    return " ".join(text.split())
