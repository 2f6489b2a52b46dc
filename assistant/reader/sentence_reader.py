"""The first Reader: scores whole sentences by a logistic model over features that anybody can check by hand.

Its weights are fitted, and its threshold calibrated, by `evals/fit_sentence_reader.py`; `sentence_reader.json` says on
what data and with what result.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.reader.cues import AnswerKind, answer_kind, kind_spans
from assistant.reader.lexical import LEXICAL_FEATURES, lexical_features, met
from assistant.reader.protocol import Candidate, ReadablePassage, Reading
from assistant.reader.thesaurus import concepts
from index import Embedding
from index.errors import ModelError
from index.words import content_words

__all__ = ["CONFIDENCE_FEATURES", "SENTENCE_FEATURES", "SentenceReader", "confidence_features", "sentence_features"]

SENTENCE_FEATURES = (
    "cosine",  # question and sentence
    "cosine_around",  # mean over the question and the sentences before and after
    *LEXICAL_FEATURES,
)
CONFIDENCE_FEATURES = ("margin", "names", "cosine", "overlap", "lacks_kind")

# "How much" asks for an amount: of money, a share, or with a unit of size, rather than for a count.
_UNIT = re.compile(r"[$€£¥%]|percent|per cent|million|billion|trillion|third|half|quarter")
_MODEL = Path(__file__).with_name("sentence_reader.json")


class SentenceReader:
    """A Reader without a model of its own: embedding similarity, words in common, names, and the kind of answer wanted.

    Args:
        embedding: compares the question with the sentences.
        path: the fitted weights.

    Raises (on opening):
        ModelError: the weights are missing or damaged.
    """

    name = "sentence"

    def __init__(self, embedding: Embedding, path: Path = _MODEL) -> None:
        self._embedding = embedding
        try:
            fitted = json.loads(path.read_text(encoding="utf-8"))
            self._rank = np.array([fitted["rank"][name] for name in SENTENCE_FEATURES])
            self._confidence = np.array([fitted["confidence"][name] for name in CONFIDENCE_FEATURES])
            self._bias = float(fitted["confidence"]["bias"])
            self.threshold = float(fitted["threshold"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path}: the Reader's weights are missing or damaged; install Dateline again.") from error

    def read(self, question: str, passages: Sequence[ReadablePassage]) -> Reading:
        """See `Reader.read`."""
        places = [(p, s) for p, passage in enumerate(passages) for s in range(len(passage.sentences))]
        # A question of stop words alone ("how?") asks for nothing that a sentence could be held against.
        if not places or not content_words(question):
            return Reading((), 0.0)
        features = sentence_features(question, passages, self._embedding)
        scores = features @ self._rank
        order = np.argsort(-scores, kind="stable")
        kind = answer_kind(question)
        candidates = tuple(
            Candidate(p, s, _short_answer(kind, question, passages[p], s), float(scores[n]))
            for n, (p, s) in ((n, places[n]) for n in order)
        )
        logit = float(confidence_features(features, scores) @ self._confidence + self._bias)
        return Reading(candidates, float(1 / (1 + np.exp(-logit))))


def sentence_features(question: str, passages: Sequence[ReadablePassage], embedding: Embedding) -> NDArray[np.float64]:
    """The features of all sentences of all passages, in order: [sentences, len(SENTENCE_FEATURES)]."""
    texts = [passage.text[start:end] for passage in passages for start, end in passage.sentences]
    vectors = embedding.encode([question, *texts])
    cosines = (vectors[1:] @ vectors[0]).astype(np.float64)
    around = [
        float(np.mean(cosines[max(first, n - 1) : n + 2][: last - max(first, n - 1)]))
        for first, last in _runs(passages)
        for n in range(first, last)
    ]
    return np.column_stack([cosines, around, lexical_features(question, passages)])


def confidence_features(features: NDArray[np.float64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the confidence in the best of several sentences depends on: [len(CONFIDENCE_FEATURES)]."""
    order = np.argsort(-scores, kind="stable")
    best = order[0]
    margin = scores[best] - scores[order[min(5, len(order) - 1)]]
    of = {name: features[best, n] for n, name in enumerate(SENTENCE_FEATURES)}
    return np.array([margin, *(of[name] for name in CONFIDENCE_FEATURES[1:])])


def _short_answer(kind: AnswerKind, question: str, passage: ReadablePassage, sentence: int) -> tuple[int, int] | None:
    """The number or time in a sentence that answers: the one that counts what is asked for, or stands nearest to it."""
    if kind not in ("number", "time"):
        return None
    start, end = passage.sentences[sentence]
    text = passage.text[start:end]
    spans = kind_spans(kind, text, question)
    asked = concepts(question)

    def fit(span: tuple[int, int]) -> float:
        counted = met(asked, concepts(text[span[0] : span[1] + 20]))
        around = met(asked, concepts(text[max(0, span[0] - 60) : span[1] + 40]))
        unit = bool(_UNIT.search(text[span[0] : span[1]])) and "how much" in question.lower()
        return 2 * counted + around + unit

    return max(spans, key=fit, default=None)


def _runs(passages: Sequence[ReadablePassage]) -> Iterator[tuple[int, int]]:
    """For each passage, the range of positions that its sentences have among those of all passages."""
    first = 0
    for passage in passages:
        yield first, first + len(passage.sentences)
        first += len(passage.sentences)
