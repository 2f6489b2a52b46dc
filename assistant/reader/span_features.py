"""What the span reader goes by: the network's score of each sentence, and what its words say.

The network alone is led astray by a sentence of another event that has the right form ("... killed 12 people"); the
words alone do not know what is asked; neither knows how well the whole passage suits the question and its day, as
search does, nor that news puts first what matters most, nor what the other sentences say. The weights of all are fitted
together (`evals/fit_reader.py`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.reader.lexical import LEXICAL_FEATURES, lexical_features
from assistant.reader.protocol import ReadablePassage
from assistant.reader.span_choice import SentenceSpan
from index.words import content_words, words

__all__ = ["CONFIDENCE_FEATURES", "SPAN_FEATURES", "confidence_features", "span_features"]

SPAN_FEATURES = (
    "span",  # the network: log-odds of the best span of the sentence against "no answer in this window"
    "standing",  # log of what search gave the passage over what it gave the best one: 0 or less
    "early",  # where it stands in its article: 1 at the beginning, falling to 0
    "echo",  # share of the span's content words that the question has said itself
    "length",  # log of 1 and the number of the span's words
    "agreement",  # the network's share for other sentences whose span says the same
    *LEXICAL_FEATURES,
)
CONFIDENCE_FEATURES = (
    "total",  # the fitted score of the best sentence
    "lead",  # its lead over the fifth, or the last; of weight in terse questions only
    "span",  # what the network gives it
    "volume",  # log of the number of sentences: the more was read, the likelier it holds the answer
    "little",  # how far that is below that of a dozen: a paragraph, which says little
    "much",  # how far it is above that of forty: among so many one of the right form is found for any question
    "agreement",  # as of the best sentence
    "standing",  # as of the best sentence
)

_CEILING = 16.0
_RIVAL = 5
_LEAST_STANDING = 0.01  # search gives 0 to what fits no better than chance
_LITTLE, _MUCH = math.log(12), math.log(40)
_EARLY = 1500  # code points of an article after which what stands there counts a third of its beginning


def span_features(
    question: str, passages: Sequence[ReadablePassage], spans: Sequence[Sequence[SentenceSpan]]
) -> NDArray[np.float64]:
    """The features of all sentences of all passages, in order: [sentences, len(SPAN_FEATURES)]."""
    top = max((passage.score for passage in passages), default=0.0)
    asked = frozenset(content_words(question))
    rows: list[tuple[float, ...]] = []
    said: list[tuple[str, ...]] = []
    for passage, found in zip(passages, spans, strict=True):
        standing = math.log(max(passage.score / top, _LEAST_STANDING)) if top > 0 else 0.0
        of = {one.sentence: one for one in found}
        for number, (start, end) in enumerate(passage.sentences):
            one = of.get(number)
            text = passage.text[start:end][slice(*one.span)] if one else ""
            said.append(tuple(content_words(text)))
            rows.append(
                (
                    one.score if one else -_CEILING,
                    standing,
                    math.exp(-(passage.start + start) / _EARLY),
                    sum(word in asked for word in said[-1]) / len(said[-1]) if said[-1] else 1.0,
                    math.log1p(len(words(text))),
                )
            )
    own = np.array(rows, dtype=np.float64).reshape(len(rows), 5)
    own[:, 0] = np.clip(own[:, 0], -_CEILING, _CEILING)
    return np.column_stack([own, _agreement(own[:, 0], said), lexical_features(question, passages)])


def _agreement(scores: NDArray[np.float64], said: Sequence[tuple[str, ...]]) -> NDArray[np.float64]:
    """For each sentence, the share of the others that mark the same words, by the softmax of their scores."""
    if not len(scores):
        return scores
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    together: dict[tuple[str, ...], float] = defaultdict(float)
    for words_said, share in zip(said, shares, strict=True):
        together[words_said] += share
    return np.array([together[w] - share if w else 0.0 for w, share in zip(said, shares, strict=True)])


def confidence_features(features: NDArray[np.float64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the confidence in the best of several sentences depends on: [len(CONFIDENCE_FEATURES)]."""
    order = np.argsort(-scores, kind="stable")
    best, rival = order[0], order[min(_RIVAL - 1, len(order) - 1)]
    span, agreement, standing = features[
        best, [SPAN_FEATURES.index(name) for name in ("span", "agreement", "standing")]
    ]
    volume = math.log(len(scores))
    little, much = max(0.0, _LITTLE - volume), max(0.0, volume - _MUCH)
    return np.array([scores[best], scores[best] - scores[rival], span, volume, little, much, agreement, standing])
