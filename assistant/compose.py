"""From what the Reader found to an Answer of verbatim source sentences, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Statement
from assistant.reader import Candidate, Reading
from index import Hit, Sentence

__all__ = ["compose"]

_CLOSEST = 3


def compose(
    question: str,
    standalone_question: str,
    hits: Sequence[Hit],
    sentences: Sequence[Sequence[Sentence]],
    reading: Reading,
    *,
    threshold: float,
) -> Answer:
    """The answer that a reading of the hits supports.

    The best sentence is the answer, as it stands, if the Reader is confident enough of it. Otherwise nothing is
    answered, and the best sentences are named as the closest ones.

    Args:
        question, standalone_question: as in Answer.
        hits: the passages that were read.
        sentences: the sentences of each, as spans of the article's text.
        reading: what the Reader made of them.
        threshold: the confidence from which on the question counts as answered.
    """

    def cite(candidate: Candidate, marker: int) -> Citation:
        return Citation.to(hits[candidate.passage].article, sentences[candidate.passage][candidate.sentence], marker)

    if not reading.candidates or reading.confidence < threshold:
        closest = _distinct([cite(candidate, 0) for candidate in reading.candidates])
        return Answer(
            question,
            standalone_question,
            "not_in_corpus",
            closest=tuple(_renumber(closest[:_CLOSEST])),
            confidence=reading.confidence,
        )
    best = reading.candidates[0]
    citation = cite(best, 1)
    statement = Statement(citation.sentence, (1,), best.span, verbatim=True)
    return Answer(question, standalone_question, "answered", (statement,), (citation,), confidence=reading.confidence)


def _distinct(citations: Sequence[Citation]) -> list[Citation]:
    """The first citation of each sentence."""
    return list({(c.article_id, c.start): c for c in reversed(citations)}.values())[::-1]


def _renumber(citations: Sequence[Citation]) -> list[Citation]:
    return [
        Citation(n, c.article_id, c.title, c.date, c.source, c.url, c.start, c.end, c.sentence)
        for n, c in enumerate(citations, start=1)
    ]
