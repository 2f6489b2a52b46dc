"""Fit the weights of the sentence Reader: `python -m evals.fit_sentence_reader --train FOLDER --dev FOLDER`.

The ranking weights are a listwise softmax (Cao et al. 2007) over the sentences of a paragraph and of other paragraphs
of its article. The confidence is a logistic regression on whether the best sentence is right; half of its examples have
no right sentence, because the paragraph with the answer is left out, or because a name in the question is swapped with
one from another question. A part of the questions is shortened to a few words, as people type them. Both are fitted on
training questions only. The threshold is the one with the best mean of the F1 of right answers and the F1 of right
refusals over two dev sets: one whose whole corpus is searched, with questions about events that are not in it, and one
with near misses, whose paragraph is about the right thing and does not say.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader.sentence_reader import CONFIDENCE_FEATURES, SENTENCE_FEATURES, confidence_features
from evals.fit_examples import Array, Example, examples, read_lines, searched
from index import Embedding, Searcher, index_paths, load_embedding

_OTHERS = 2  # paragraphs of the same article beside the one with the answer
_OUT = Path(__file__).parents[1] / "assistant" / "reader" / "sentence_reader.json"


def fit_ranking(data: Sequence[Example], steps: int = 600, rate: float = 0.05, decay: float = 1e-4) -> Array:
    """Weights that make a right sentence score above the others: Adam on the listwise softmax loss."""
    data = [example for example in data if example.right.any()]
    weights = np.zeros(len(SENTENCE_FEATURES))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        gradient = decay * weights
        for example in data:
            every = _softmax(example.features @ weights)
            right = np.where(example.right, every, 0)
            gradient += ((every - right / right.sum()) @ example.features) / len(data)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_logistic(features: Array, labels: Array, decay: float = 1e-3) -> Array:
    """Weights, the bias last, of a logistic regression by Newton's method."""
    design = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (guess - labels) + decay * weights
        hessian = (design * (guess * (1 - guess))[:, None]).T @ design + decay * np.eye(len(weights))
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def outcomes(data: Sequence[Example], rank: Array) -> tuple[Array, Array]:
    """Confidence features of each example, and whether its best sentence is right."""
    scores = [example.features @ rank for example in data]
    features = np.stack([confidence_features(e.features, s) for e, s in zip(data, scores, strict=True)])
    right = np.array([float(e.right[np.argmax(s)]) for e, s in zip(data, scores, strict=True)])
    return features, right


def f1(chosen: NDArray[np.bool_], hits: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    """F1 of a choice: `hits` are the right ones among all, `wanted` those that ought to have been chosen."""
    true = float((chosen & hits).sum())
    return 2 * true / max(1.0, float(chosen.sum() + wanted.sum()))


class DevSet:
    """A dev set as the threshold sees it.

    Args:
        name: of the set.
        confidence: of each question's reading.
        right: 1 where the best sentence is right.
        answerable: whether the question can be answered.
    """

    def __init__(self, name: str, confidence: Array, right: Array, answerable: Sequence[bool]) -> None:
        self.name = name
        self.confidence = confidence
        self.right = right > 0
        self.answerable = np.array(answerable, dtype=bool)

    def scores(self, threshold: float) -> tuple[float, float]:
        """F1 of right answers, and F1 of right refusals, with this threshold."""
        answered = self.confidence >= threshold
        answers = f1(answered, self.right, self.answerable)
        return answers, f1(~answered, ~self.answerable, ~self.answerable)

    def report(self, threshold: float) -> dict[str, Any]:
        """What is written down of it."""
        refused = self.confidence < threshold
        refusals = int((refused & ~self.answerable).sum())
        answers_f1, refusals_f1 = self.scores(threshold)
        return {
            "set": self.name,
            "n": len(self.answerable),
            "answerable": int(self.answerable.sum()),
            "first_sentence_right": round(float(self.right.sum() / self.answerable.sum()), 3),
            "f1_answers": round(answers_f1, 3),
            "f1_refusals": round(refusals_f1, 3),
            "refusal_precision": round(refusals / max(1, int(refused.sum())), 3),
            "refusal_recall": round(refusals / max(1, int((~self.answerable).sum())), 3),
        }


def best_threshold(sets: Sequence[DevSet]) -> float:
    """The threshold with the best mean of both F1s over all dev sets."""
    return float(max(np.linspace(0.05, 0.95, 91), key=lambda threshold: sum(sum(s.scores(threshold)) for s in sets)))


def main() -> None:
    """Fit, report on stdout, and write the file that the Reader loads."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--train", type=Path, required=True, help="folder of a set such as squad1_train")
    parser.add_argument("--dev", type=Path, required=True, help="folder of a set with its own corpus, as realtimeqa")
    parser.add_argument("--near-misses", type=Path, required=True, help="folder of a set such as squad2_dev")
    parser.add_argument("--home", type=Path, default=Path(".dateline-bench"), help="where the dev corpus is indexed")
    parser.add_argument("--limit", type=int, default=900, help="training questions")
    parser.add_argument("--dev-limit", type=int, default=300, help="dev questions of each set")
    parser.add_argument("--read", type=int, default=10, help="passages to read")
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    embedding = load_embedding()
    train = list(
        examples(arguments.train, arguments.limit, embedding, others=_OTHERS, drop=0.4, swap=0.2, short=0.35, seed=1)
    )
    rank = fit_ranking(train)
    weights = fit_logistic(*outcomes(train, rank))

    def dev_set(name: str, pairs: Sequence[tuple[Example, bool]]) -> DevSet:
        features, right = outcomes([example for example, _ in pairs], rank)
        confidence = 1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1])))
        return DevSet(name, confidence, right, [answerable for _, answerable in pairs])

    dev_sets = [
        dev_set(arguments.dev.name, _whole_corpus(arguments, embedding)),
        dev_set(arguments.near_misses.name, _near_misses(arguments, embedding)),
    ]
    threshold = round(best_threshold(dev_sets), 3)
    fitted = {
        "made_by": "python -m evals.fit_sentence_reader",
        "made_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "embedding": embedding.fingerprint,
        "train": {"set": arguments.train.name, "n": len(train)},
        "dev": [dev.report(threshold) for dev in dev_sets],
        "rank": dict(zip(SENTENCE_FEATURES, np.round(rank, 4).tolist(), strict=True)),
        "confidence": dict(zip([*CONFIDENCE_FEATURES, "bias"], np.round(weights, 4).tolist(), strict=True)),
        "threshold": threshold,
    }
    text = json.dumps(fitted, indent=2) + "\n"
    arguments.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _whole_corpus(arguments: argparse.Namespace, embedding: Embedding) -> list[tuple[Example, bool]]:
    questions = read_lines(arguments.dev / "questions.jsonl.gz")
    sample = random.Random(2).sample(questions, min(arguments.dev_limit, len(questions)))  # noqa: S311
    index_paths(arguments.home, [arguments.dev / "corpus.jsonl.gz"], embedding, passage_tokens=160)
    searcher = Searcher(arguments.home, embedding)
    try:
        return list(searched(sample, searcher, arguments.read))
    finally:
        searcher.close()


def _near_misses(arguments: argparse.Namespace, embedding: Embedding) -> list[tuple[Example, bool]]:
    found = examples(
        arguments.near_misses, arguments.dev_limit, embedding, others=0, drop=0.0, swap=0.0, short=0.0, seed=2
    )
    return [(example, bool(example.right.any())) for example in found]


def _softmax(values: Array) -> Array:
    shifted = np.exp(values - values.max())
    return np.asarray(shifted / shifted.sum())


if __name__ == "__main__":
    main()
