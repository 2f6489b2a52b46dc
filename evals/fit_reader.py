"""Fit the weights of the span reader: `python -m evals.fit_reader --data FOLDER --model FOLDER`.

Four development sets: two whose whole corpus is searched, two whose article or paragraph is given, with near misses: of
SQuAD 2.0 those that people wrote, of NewsQA a third of the questions, whose answers are taken out of the article.
Questions of a few key words get weights of their own, from two sets of terse questions that are made from these.

The ranking weights are a listwise softmax (Cao et al. 2007) over all sentences that there are to read. The
confidence is a logistic regression on whether the best sentence is right.

The threshold goes by the sum of F1s, of right answers and of right refusals, over the four sets: it is the middle of
those that are as good as the best but for .02, since which of them is the best is chance.

What the file reports of each set is cross-fitted: each half of the articles is judged by weights fitted on the other.
The threshold, one number, is chosen on those confidences and has no other half.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reader.calibration import Calibration, Weights
from assistant.reader.span import OnnxNetwork
from assistant.reader.span_features import CONFIDENCE_FEATURES, SPAN_FEATURES, confidence_features
from assistant.reader.span_files import CALIBRATION
from assistant.reader.training.measures import half_of
from evals.cut import with_answers_cut
from evals.fit_examples import read_lines
from evals.fitting import Array, DevSet, fit_logistic, fit_ranking, middle_threshold
from evals.reader_examples import ReaderExample, given, load, sample, save, searched, source
from evals.terse import terse_items, with_other_paragraphs
from index import Embedding, Searcher, index_paths, load_embedding

_TOKENS = 160
_WORTH = 0.15  # a further sentence must bring the answer, where the first has not, in this share of the cases
_SHOWN = 3
_SLACK = 0.02
_OF_TERSE_ALONE = ("lead",)
_OF_WHOLE_ALONE = ("little", "much")

Sets = Mapping[str, Sequence[ReaderExample]]


def judged(examples: Sequence[ReaderExample], rank: Array) -> tuple[Array, Array]:
    """Confidence features of each example, and whether its best sentence is right."""
    scores = [one.features @ rank for one in examples]
    features = np.stack([confidence_features(one.features, s) for one, s in zip(examples, scores, strict=True)])
    right = np.array([float(one.right[np.argmax(s)]) for one, s in zip(examples, scores, strict=True)])
    return features, right


def fit(sets: Sets) -> Weights:
    """Weights of the ranking and of the confidence; every set counts alike.

    The lead counts in terse questions alone: in whole ones it costs RealTimeQA two questions in a hundred. How little
    or much there is counts in whole ones alone: the terse sets have nothing between a paragraph and ten passages, so
    their fit would say nothing of an article.
    """
    rank = fit_ranking(list(sets.values()))
    each = [judged(examples, rank) for examples in sets.values()]
    largest = max(len(right) for _, right in each)
    chance = np.random.default_rng(3)
    drawn = [chance.integers(0, len(right), largest) for _, right in each]
    features = np.concatenate([f[n] for (f, _), n in zip(each, drawn, strict=True)])
    left_out = _OF_WHOLE_ALONE if all(name.endswith("terse") for name in sets) else _OF_TERSE_ALONE
    features[:, [CONFIDENCE_FEATURES.index(name) for name in left_out]] = 0.0
    *confidence, bias = fit_logistic(features, np.concatenate([r[n] for (_, r), n in zip(each, drawn, strict=True)]))
    return Weights(rank, np.array(confidence), float(bias))


def dev_sets(sets: Sets, weights: Weights) -> list[DevSet]:
    """The sets with their confidence under these weights."""
    made = []
    for name, examples in sets.items():
        features, right = judged(examples, weights.rank)
        confidence = np.array([weights.probability(row) for row in features])
        made.append(DevSet(name, confidence, right, [one.answerable for one in examples]))
    return made


def cross_fitted(sets: Sets) -> list[DevSet]:
    """The sets with each half under the weights that the other halves gave; no article has questions in both."""
    halves = [
        {name: [one for one in found if half_of(one.group) == part] for name, found in sets.items()} for part in (0, 1)
    ]
    parts = [dev_sets(own, fit(other)) for own, other in (halves, halves[::-1])]
    return [
        DevSet(
            one.name,
            np.concatenate([one.confidence, two.confidence]),
            np.concatenate([one.right, two.right]).astype(np.float64),
            [*one.answerable, *two.answerable],
        )
        for one, two in zip(*parts, strict=True)
    ]


def reach(sets: Sets, rank: Array) -> float:
    """How far below the best score a further sentence is still worth showing, over answerable questions."""
    gaps: list[tuple[float, bool]] = []
    for examples in sets.values():
        for one in (one for one in examples if one.answerable and not one.open):
            scores = one.features @ rank
            order = np.argsort(-scores, kind="stable")[:_SHOWN]
            gaps += [
                (float(scores[order[0]] - scores[n]), bool(one.holds[n]) and not one.holds[order[:place]].any())
                for place, n in enumerate(order)
                if place
            ]
    gaps.sort()
    gained = np.cumsum([brings - _WORTH for _, brings in gaps])
    best = int(np.argmax(gained))
    return float(gaps[best][0]) if gained[best] > 0 else 0.0


def curve(one: DevSet) -> dict[str, Any]:
    """Reliability in ten bins of equal size, and refusal precision and recall at thresholds."""
    order = np.argsort(one.confidence)
    bins = [
        {"confidence": round(float(one.confidence[part].mean()), 3), "right": round(float(one.right[part].mean()), 3)}
        for part in np.array_split(order, 10)
        if len(part)
    ]
    refusals = []
    for threshold in np.linspace(0.05, 0.95, 19):
        said = one.report(float(threshold))
        refusals.append([round(float(threshold), 2), said["refusal_precision"], said["refusal_recall"]])
    return {"set": one.name, "reliability": bins, "refusals": refusals}


def main() -> None:
    """Read the sets, fit, report on stdout, and write the calibration beside the model."""
    options = _arguments()
    sets = _examples(options)
    groups = [{name: sets[name] for name in sets if name.endswith("terse") == terse} for terse in (False, True)]
    whole, terse = map(fit, groups)
    crossed = [one for group in groups for one in cross_fitted(group)]
    judging = [one for one in crossed if not one.answerable.all()]
    threshold = middle_threshold([one for one in crossed if one.name in groups[0]], _SLACK)
    fitted = {
        "made_by": "python -m evals.fit_reader",
        "made_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "model": OnnxNetwork(options.model).name,
        "passages_read": options.read,
        "whole": _document(whole),
        "terse": _document(terse),
        "threshold": threshold,
        "further": round(reach(groups[0], whole.rank), 3),
        "dev": [one.report(threshold) for one in crossed],
        "curves": [curve(one) for one in judging],
    }
    Calibration.of(fitted)
    (options.out or options.model / CALIBRATION).write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({name: held for name, held in fitted.items() if name != "curves"}, indent=1) + "\n")


def _document(weights: Weights) -> dict[str, Any]:
    confidence = [*weights.confidence, weights.bias]
    return {
        "rank": dict(zip(SPAN_FEATURES, np.round(weights.rank, 4).tolist(), strict=True)),
        "confidence": dict(zip([*CONFIDENCE_FEATURES, "bias"], np.round(confidence, 4).tolist(), strict=True)),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the development sets")
    parser.add_argument("--model", type=Path, required=True, help="folder of the network")
    parser.add_argument("--home", type=Path, default=Path(".dateline-bench"), help="where their corpora are indexed")
    parser.add_argument("--read", type=int, default=10, help="passages to read of what search finds")
    parser.add_argument("--limit", type=int, default=1000, help="questions of a set at most")
    parser.add_argument("--examples", type=Path, help="keep what was read in this folder, and use what is there")
    parser.add_argument("--out", type=Path, help="the file to write [default: calibration.json of the model]")
    return parser.parse_args()


def _examples(options: argparse.Namespace) -> dict[str, list[ReaderExample]]:
    """The examples of every set, from the folder where they are kept or by reading."""
    sets = {}
    made_from = f"{OnnxNetwork(options.model).name}, read {options.read}, limit {options.limit}: {SPAN_FEATURES}"
    for name, make in _makers(options).items():
        kept = options.examples / f"{name.replace(', ', '-')}.npz" if options.examples else None
        if kept is not None and kept.exists() and source(kept) == made_from:
            sets[name] = load(kept)
            continue
        sys.stderr.write(f"reading {name}\n")
        sets[name] = list(make())
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            save(kept, sets[name], made_from)
    return sets


def _makers(options: argparse.Namespace) -> dict[str, Callable[[], Iterator[ReaderExample]]]:
    """What reads each set."""
    embedding, network = load_embedding(), OnnxNetwork(options.model)

    def search(name: str, questions: str, *, terse: bool = False) -> Iterator[ReaderExample]:
        items = sample(read_lines(options.data / name / questions), options.limit)
        with closing(_searcher(options, name, embedding)) as searcher:
            yield from searched(_terse(items, options) if terse else items, searcher, network, options.read)

    def read(name: str, *, terse: bool = False, cut: bool = False) -> Iterator[ReaderExample]:
        corpus = {item["id"]: item for item in read_lines(options.data / name / "corpus.jsonl.gz")}
        items = sample(read_lines(options.data / name / "questions.jsonl.gz"), options.limit)
        chosen = list(with_other_paragraphs(_terse(items, options), corpus)) if terse else items
        if cut:
            chosen, corpus = with_answers_cut(chosen, corpus)
        yield from given(chosen, corpus, embedding, network, _TOKENS)

    whole = "questions.jsonl.gz"
    return {
        "realtimeqa, searched": lambda: search("realtimeqa", whole),
        "newsqa, searched": lambda: search("newsqa", "questions_standalone.jsonl.gz"),
        "squad2_dev, given": lambda: read("squad2_dev"),
        "newsqa, given, every third cut": lambda: read("newsqa", cut=True),
        "realtimeqa, searched, terse": lambda: search("realtimeqa", whole, terse=True),
        "squad2_dev, given, terse": lambda: read("squad2_dev", terse=True),
    }


def _terse(items: list[dict[str, Any]], options: argparse.Namespace) -> list[dict[str, Any]]:
    return sample(terse_items(items), options.limit // 3)


def _searcher(options: argparse.Namespace, name: str, embedding: Embedding) -> Searcher:
    home = options.home / name
    index_paths(home, [options.data / name / "corpus.jsonl.gz"], embedding, passage_tokens=_TOKENS)
    return Searcher(home, embedding)


if __name__ == "__main__":
    main()
