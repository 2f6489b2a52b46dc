"""One attempt at a question: what was found for it, and what the Reader made of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.compose import compose
from assistant.conversation import Standalone
from assistant.reader import Reading
from assistant.writer.sources import Source
from index import Hit, Sentence

__all__ = ["Attempt"]

_SURE_ALONE = 0.55
"""The confidence from which on a question is taken to be about something new, where as a follow-up it is less sure.

Set on questions of SQuAD 1.1's training set; docs/conversation.md says how.
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question, read.

    Attributes:
        standalone: the question as it was searched for and read.
        hits: the passages that were read, best first.
        sentences: the sentences of each.
        reading: what the Reader made of them.
        search_ms, read_ms: how long it took.
    """

    standalone: Standalone
    hits: Sequence[Hit]
    sentences: Sequence[Sequence[Sentence]]
    reading: Reading
    search_ms: float
    read_ms: float

    def answer(self, threshold: float) -> Answer:
        """The Answer that the reading supports, with a refusal below this confidence; without timings."""
        asked = self.standalone
        return compose(asked.typed, asked.question, self.hits, self.sentences, self.reading, threshold=threshold)

    def is_sure(self, threshold: float) -> bool:
        """Whether nothing surer need be looked for, with a refusal below this confidence."""
        return self.reading.confidence >= max(_SURE_ALONE, threshold)

    def stands_against(self, follow_up: Attempt, threshold: float) -> bool:
        """Whether a question asked alone is to be answered so, rather than as a follow-up.

        It must be sure, and nothing must be lost: as a follow-up the question is refused, or the sentence is the same.
        """
        lost = follow_up.reading.confidence >= threshold and self._best() != follow_up._best()
        return self.is_sure(threshold) and not lost

    def _best(self) -> tuple[str, int] | None:
        """The best sentence: its article, and where it begins."""
        if not self.reading.candidates:
            return None
        best = self.reading.candidates[0]
        return self.hits[best.passage].article.id, self.sentences[best.passage][best.sentence].start

    def sources(self) -> Iterator[Source]:
        """All sentences that the Reader found, best first."""
        for c in self.reading.candidates:
            yield Source(Citation.to(self.hits[c.passage].article, self.sentences[c.passage][c.sentence], 0), c.span)
