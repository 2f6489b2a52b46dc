"""What is seen of one question in a run, all that a scorer may look at, and what of it is at a place of evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.questions.evidence import Item, Span
from evals.scorers.squad import contains_any


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that the search brought.

    Attributes:
        doc_id, start, end: where it stands.
        also: other articles with nearly the same passage, folded into it.
    """

    doc_id: str
    start: int
    end: int
    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """A question, what was found for it, and what was answered.

    Attributes:
        item: the question and where its answer stands.
        answer: the Answer as JSON; None where only the search ran, or where asking failed.
        found: the passages, best first, of the given article where there is one; None where asking failed.
        resolves: for every citation and then for every closest sentence, whether the article has those very characters
            at that place.
    """

    item: Item
    answer: Mapping[str, Any] | None = None
    found: tuple[Found, ...] | None = None
    resolves: tuple[bool, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether something was answered."""
        return self.answer is not None and self.answer["status"] == "answered"

    @property
    def refused(self) -> bool:
        """Whether the assistant said that the articles do not say. A failure is neither this nor an answer."""
        return self.answer is not None and self.answer["status"] == "not_in_corpus"

    @property
    def tentative(self) -> bool:
        """Whether it was answered with "this may answer it", the confidence being between the two thresholds."""
        return self.answered and bool((self.answer or {}).get("tentative"))

    @property
    def displayed(self) -> str:
        """The text of the answer without its markers; empty for a refusal."""
        statements = self.answer["statements"] if self.answer is not None else []
        return " ".join(" ".join(statement["text"].split()) for statement in statements)

    @property
    def prediction(self) -> str:
        """What the SQuAD rules compare: the short answer, or where there is none, the whole answer."""
        return str((self.answer or {}).get("short_answer") or self.displayed)

    @property
    def citations(self) -> list[Mapping[str, Any]]:
        """The citations of the answer, in order; none in a refusal."""
        return list(self.answer["citations"]) if self.answer is not None else []

    @property
    def would_cite(self) -> Mapping[str, Any] | None:
        """The first citation, or for a refusal, the sentence that came closest."""
        listed = [*self.citations, *((self.answer or {}).get("closest") or [])]
        return listed[0] if listed else None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the answer stands."""
        return self.item.evidence


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
