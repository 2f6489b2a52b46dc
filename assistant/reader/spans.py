"""From the network's scores of tokens to how well each sentence answers, and which of its words do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from index import Hit

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReadablePassage:
    """A passage as a network sees it.

    Attributes:
        sentences: spans `[start, end)` of its sentences in `text`, in code points, in order.
    """

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """A passage that was found, with its sentences as spans of the passage rather than of the article."""
        start = hit.passage.start
        return cls(hit.article.title, hit.passage.text, tuple((s.start - start, s.end - start) for s in hit.sentences))


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How well one sentence answers.

    Attributes:
        sentence: position among the sentences.
        score: log-odds, against "no answer in this window", that an answer starts and ends in the sentence.
        span: its best span, `[start, end)` in code points of the sentence.
        certainty: log of the share of `score` that the best span has: 0 where no other words come into question.
    """

    sentence: int
    score: float
    span: tuple[int, int]
    certainty: float


class SpanNetwork(Protocol):
    """Reads passages: which words answer a question, and whether sentences support a claim."""

    @property
    def name(self) -> str:
        """Which network this is; it is recorded with answers and evaluation runs."""
        ...

    def read(self, question: str, passages: Sequence[ReadablePassage]) -> list[list[SentenceScore]]:
        """For each passage, the scores of its sentences, in order; a sentence without tokens has none."""
        ...


def score_sentences(
    starts: Floats, ends: Floats, offsets: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]
) -> list[SentenceScore]:
    """The scores of the sentences that have tokens.

    A sentence gets the summed probability of all starts and of all ends in it, rather than that of its best span: two
    spans that both answer, as a name with and without its title, then do not take from each other. On newsroom_dev
    that puts the right sentence first in .02 more of the answerable questions.

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
        some_starts, some_ends = starts[inside], ends[inside]
        scores = np.where(inside[:, None] <= inside[None, :], some_starts[:, None] + some_ends[None, :], -np.inf)
        first, last = divmod(int(np.argmax(scores)), len(inside))
        span = (int(lefts[inside[first]]) - begin, int(rights[inside[last]]) - begin)
        score = _log_sum(some_starts) + _log_sum(some_ends)
        found.append(SentenceScore(number, score, span, float(scores[first, last]) - score))
    return found


def _log_sum(values: Floats) -> float:
    highest = float(values.max())
    return highest + float(np.log(np.exp(values.astype(np.float64) - highest).sum()))
