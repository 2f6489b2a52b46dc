"""From what the Reader found to an Answer of verbatim source sentences, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Statement
from assistant.reader import Candidate, ReadablePassage, Reading
from index import Hit, Sentence

__all__ = ["compose", "readable"]

_CLOSEST = 3


def compose(
    question: str,
    standalone_question: str,
    hits: Sequence[Hit],
    sentences: Sequence[Sequence[Sentence]],
    reading: Reading,
    *,
    threshold: float,
    tentative: float,
) -> Answer:
    """The answer that a reading of the hits supports.

    The best sentence is the answer, as it stands, if the Reader is confident enough of it, and with it those that the
    Reader finds nearly as good. Between the two thresholds it is shown as one that may answer, without a short answer.
    Otherwise nothing is answered, and the best sentences are named as the closest ones.

    Args:
        question, standalone_question: as in Answer.
        hits: the passages that were read.
        sentences: the sentences of each, as spans of the article's text.
        reading: what the Reader made of them.
        threshold: the confidence from which on the question counts as answered.
        tentative: the lower one, from which on something may answer it.
    """

    def cite(candidate: Candidate, marker: int) -> Citation:
        return Citation.to(hits[candidate.passage].article, sentences[candidate.passage][candidate.sentence], marker)

    if not reading.candidates or reading.confidence < min(tentative, threshold):
        closest: dict[tuple[str, int], Citation] = {}
        for candidate in reading.candidates:
            citation = cite(candidate, len(closest) + 1)
            closest.setdefault((citation.article_id, citation.start), citation)
            if len(closest) == _CLOSEST:
                break
        return Answer(
            question,
            standalone_question,
            "not_in_corpus",
            closest=tuple(closest.values()),
            confidence=reading.confidence,
        )
    unsure = reading.confidence < threshold
    shown: dict[str, tuple[Candidate, Citation]] = {}
    for candidate in reading.candidates[: reading.shown]:
        citation = cite(candidate, len(shown) + 1)
        # The same sentence in another article says nothing new.
        shown.setdefault(" ".join(citation.sentence.split()), (candidate, citation))
    statements = tuple(
        Statement(citation.sentence, (citation.marker,), None if unsure else candidate.span, verbatim=True)
        for candidate, citation in shown.values()
    )
    citations = tuple(citation for _, citation in shown.values())
    return Answer(
        question,
        standalone_question,
        "answered",
        statements,
        citations,
        tentative=unsure,
        confidence=reading.confidence,
    )


def readable(hit: Hit, sentences: Sequence[Sentence]) -> ReadablePassage:
    """A hit as a Reader sees it, with its sentences as spans of the passage rather than of the article."""
    start = hit.passage.start
    spans = tuple((sentence.start - start, sentence.end - start) for sentence in sentences)
    return ReadablePassage(hit.article.title, hit.passage.text, spans, hit.score, start, hit.article.id)
