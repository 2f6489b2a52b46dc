"""What a network that marks spans offers, and the way from its scores of tokens to the best span of each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.reader.protocol import ReadablePassage

__all__ = ["MAX_ANSWER_TOKENS", "SentenceSpan", "SpanNetwork", "best_spans"]

MAX_ANSWER_TOKENS = 30

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """The best span of one sentence.

    Attributes:
        sentence: position among the sentences.
        span: `[start, end)` in code points of the sentence.
        score: start plus end, above the same of "no answer".
    """

    sentence: int
    span: tuple[int, int]
    score: float


class SpanNetwork(Protocol):
    """Marks the words of passages that answer a question."""

    @property
    def name(self) -> str:
        """Which network this is; it is recorded with answers and evaluation runs."""
        ...

    def spans(self, question: str, passages: Sequence[ReadablePassage]) -> list[list[SentenceSpan]]:
        """For each passage, the best span of each of its sentences, in the order of the sentences."""
        ...


def best_spans(
    starts: Floats, ends: Floats, offsets: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]
) -> list[SentenceSpan]:
    """The best span inside each sentence that has tokens.

    Args:
        starts: a score for each token as the first of the answer, relative to "no answer".
        ends: the same as the last.
        offsets: `[start, end)` of each token in code points of the text, in order.
        sentences: spans of the sentences in the text, in order.
    """
    if not len(starts):
        return []
    lefts = np.fromiter((left for left, _ in offsets), dtype=np.int64, count=len(offsets))
    rights = np.fromiter((right for _, right in offsets), dtype=np.int64, count=len(offsets))
    found = []
    for number, (begin, end) in enumerate(sentences):
        # Tokens that reach over the edge of a sentence belong to none: their span would not lie inside it.
        inside = np.flatnonzero((lefts >= begin) & (rights <= end) & (rights > lefts))
        if not len(inside):
            continue
        scores = starts[inside][:, None] + ends[inside][None, :]
        length = inside[None, :] - inside[:, None]
        scores = np.where((length >= 0) & (length < MAX_ANSWER_TOKENS), scores, -np.inf)
        first, last = divmod(int(np.argmax(scores)), len(inside))
        span = (int(lefts[inside[first]]) - begin, int(rights[inside[last]]) - begin)
        found.append(SentenceSpan(number, span, float(scores[first, last])))
    return found
