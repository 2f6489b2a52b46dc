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

import numpy as np

from assistant.reader.sentence_reader import CONFIDENCE_FEATURES, SENTENCE_FEATURES, confidence_features
from evals.fit_examples import Example, examples, read_lines, searched
from evals.fitting import Array, DevSet, best_threshold, fit_logistic, fit_ranking
from index import Embedding, Searcher, index_paths, load_embedding

_OTHERS = 2  # paragraphs of the same article beside the one with the answer
_OUT = Path(__file__).parents[1] / "assistant" / "reader" / "sentence_reader.json"


def outcomes(data: Sequence[Example], rank: Array) -> tuple[Array, Array]:
    """Confidence features of each example, and whether its best sentence is right."""
    scores = [example.features @ rank for example in data]
    features = np.stack([confidence_features(e.features, s) for e, s in zip(data, scores, strict=True)])
    right = np.array([float(e.right[np.argmax(s)]) for e, s in zip(data, scores, strict=True)])
    return features, right


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
    rank = fit_ranking([train])
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


if __name__ == "__main__":
    main()
