"""From what the Reader found to an Answer of verbatim source sentences, or a refusal."""

from __future__ import annotations

from assistant.answer import Answer, Citation, Statement
from assistant.answering.asked import Asked
from assistant.reader import Candidate, Reading

_CLOSEST = 3


def compose(asked: Asked, reading: Reading, *, threshold: float, tentative: float) -> Answer:
    """The answer that a reading supports.

    The best sentence is the answer, as it stands, if the Reader is confident enough of it, and with it those that the
    Reader finds nearly as good. Between the two thresholds it is shown as one that may answer, without a short answer.
    Otherwise nothing is answered, and the best sentences are named as the closest ones.

    Args:
        asked: the question.
        reading: what the Reader made of the passages that were found for it.
        threshold: the confidence from which on the question counts as answered.
        tentative: the lower one, from which on something may answer it.
    """
    earlier = asked.exchanges[-1].question or None if reading.follows else None
    standalone = asked.question if earlier is None else f"{earlier} {asked.question}"
    if not reading.candidates or reading.confidence < min(tentative, threshold):
        closest: dict[tuple[str, int], Citation] = {}
        for candidate in reading.candidates:
            citation = Citation.to(candidate.article, candidate.sentence, len(closest) + 1)
            closest.setdefault((citation.article_id, citation.start), citation)
            if len(closest) == _CLOSEST:
                break
        return Answer(
            asked.question,
            standalone,
            "not_in_corpus",
            closest=tuple(closest.values()),
            confidence=reading.confidence,
            follow_up_to=earlier,
            period=asked.period,
        )
    unsure = reading.confidence < threshold
    shown: dict[str, tuple[Candidate, Citation]] = {}
    for candidate in reading.candidates[: reading.shown]:
        citation = Citation.to(candidate.article, candidate.sentence, len(shown) + 1)
        # The same sentence in another article says nothing new.
        shown.setdefault(" ".join(citation.sentence.split()), (candidate, citation))
    statements = tuple(
        Statement(citation.sentence, (citation.marker,), None if unsure else candidate.span, verbatim=True)
        for candidate, citation in shown.values()
    )
    citations = tuple(citation for _, citation in shown.values())
    return Answer(
        asked.question,
        standalone,
        "answered",
        statements,
        citations,
        tentative=unsure,
        confidence=reading.confidence,
        follow_up_to=earlier,
        period=asked.period,
    )
