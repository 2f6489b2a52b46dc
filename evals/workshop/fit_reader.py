"""Fit the weights of the Reader: `python -m evals.workshop.fit_reader --data FOLDER --model FOLDER`.

Eight development sets, given and searched, alone and in conversations (`_makers`); each counts alike, and none is
trained on. The ranking weights are a listwise softmax (Cao et al. 2007) over all sentences that there are to read. The
confidence is a logistic regression on whether the best sentence is right, and so is that of the short answer, on
whether it is one that the set accepts.

The lower threshold, from which on something may answer, is the least that no more than `_PAST` of newsroom_dev's near
misses get past. The upper one, from which on a question is answered for sure, is the least at which `_SURE` of what is
answered so is right, where the article is given (newsroom_dev) and where an archive is searched (RealTimeQA), and no
more than `_PAST_SURE` of those near misses get past. The threshold of the short answer is the one with the best F1 over
what is shown.

What the file reports of each set is cross-fitted: each half of the articles is judged by weights fitted on the other.
The thresholds are chosen on those confidences and have no other half.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reader.calibration import (
    CONFIDENCE_FEATURES,
    RANK_FEATURES,
    SHORT_FEATURES,
    Calibration,
    Logistic,
    confidence_features,
)
from assistant.reader.network import CALIBRATION, OnnxNetwork
from evals.questions.claims import load_claims
from evals.workshop.cut import with_answers_cut
from evals.workshop.fitting import Array, DevSet, fit_logistic, fit_ranking
from evals.workshop.reader_examples import ReaderExample, examples, load, read_lines, sample, save, source
from evals.workshop.support import support_threshold
from evals.workshop.training.measures import half_of
from index import Embedding, Searcher, index_paths, load_embedding

_TOKENS = 160
_WORTH = 0.15  # a further sentence must bring the answer, where the first has not, in this share of the cases
_SHOWN = 3
_PAST, _PAST_SURE = 0.28, 0.16
_SURE, _SURE_ON = 0.8, ("newsroom_dev, given", "realtimeqa, searched")

Sets = Mapping[str, Sequence[ReaderExample]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the ranking, and the confidence in its first sentence."""

    rank: Array
    confidence: Logistic


def judged(asked: Sequence[ReaderExample], rank: Array) -> tuple[Array, Array]:
    """Confidence features of each example, and whether its best sentence is right."""
    rows, right = [], []
    for one in asked:
        sums = one.features @ rank
        rows.append(confidence_features(one.features, sums))
        right.append(float(one.right[np.argmax(sums)]))
    return np.stack(rows), np.array(right)


def fit(sets: Sets) -> Fitted:
    """Weights of the ranking and of the confidence; every set counts alike."""
    rank = fit_ranking(list(sets.values()))
    return Fitted(rank, _logistic([judged(asked, rank) for asked in sets.values()]))


def _logistic(each: Sequence[tuple[Array, Array]]) -> Logistic:
    """A logistic regression on several sets, of which every one counts alike."""
    largest = max(len(labels) for _, labels in each)
    chance = np.random.default_rng(3)
    drawn = [chance.integers(0, len(labels), largest) for _, labels in each]
    features = np.concatenate([rows[n] for (rows, _), n in zip(each, drawn, strict=True)])
    labels = np.concatenate([labels[n] for (_, labels), n in zip(each, drawn, strict=True)])
    *weights, bias = fit_logistic(features, labels)
    return Logistic(np.array(weights), float(bias))


def dev_sets(sets: Sets, weights: Fitted) -> list[DevSet]:
    """The sets with their confidence under these weights."""
    made = []
    for name, asked in sets.items():
        features, right = judged(asked, weights.rank)
        confidence = np.array([weights.confidence.probability(row) for row in features])
        made.append(DevSet(name, confidence, right, [one.answerable for one in asked]))
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
    for asked in sets.values():
        for one in (one for one in asked if one.answerable):
            scores = one.features @ rank
            order = np.argsort(-scores, kind="stable")[:_SHOWN]
            gaps += [
                (float(scores[order[0]] - scores[n]), bool(one.right[n]) and not one.right[order[:place]].any())
                for place, n in enumerate(order)
                if place
            ]
    gaps.sort()
    gained = np.cumsum([brings - _WORTH for _, brings in gaps])
    best = int(np.argmax(gained))
    return float(gaps[best][0]) if gained[best] > 0 else 0.0


def fit_short(sets: Sets, rank: Array) -> tuple[Logistic, float, dict[str, Any]]:
    """The confidence of short answers, the threshold from which on they are shown, and what is then right.

    Of every answerable question whose best sentence is right, that sentence's short answer.
    """
    each = []
    for asked in sets.values():
        best = [(one, int(np.argmax(one.features @ rank))) for one in asked if one.answerable]
        kept = [(one.short[n], float(one.short_right[n])) for one, n in best if one.right[n]]
        each.append((np.array([row for row, _ in kept]), np.array([label for _, label in kept])))
    fitted = _logistic(each)
    rows, labels = (np.concatenate(parts) for parts in zip(*each, strict=True))
    said = np.array([fitted.probability(row) for row in rows])

    def f1_at(threshold: float) -> float:
        shown = said >= threshold
        return float(2 * labels[shown].sum() / max(1.0, shown.sum() + labels.sum()))

    threshold = max((step / 100 for step in range(20, 81)), key=f1_at)
    shown = said >= threshold
    report = {"n": len(labels), "shown": round(float(shown.mean()), 3), "right": round(float(labels[shown].mean()), 3)}
    return fitted, threshold, report


def thresholds(sets: Sequence[DevSet]) -> tuple[float, float]:
    """The lower and the upper threshold."""
    named = {one.name: one for one in sets}
    near = named[_SURE_ON[0]]
    steps = [step / 100 for step in range(100)]
    past = {step: float((near.confidence[~near.answerable] >= step).mean()) for step in steps}
    judging = [named[name] for name in _SURE_ON]
    right = {step: min(one.right_from(step) for one in judging) for step in steps}
    lower = next(step for step in steps if past[step] <= _PAST)
    return lower, next(step for step in steps if step >= lower and past[step] <= _PAST_SURE and right[step] >= _SURE)


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
    network = OnnxNetwork(options.model)
    sets = _examples(options, network)
    weights, crossed = fit(sets), cross_fitted(sets)
    tentative, threshold = thresholds(crossed)
    short, short_threshold, shorts = fit_short(sets, weights.rank)
    support, claims = support_threshold(load_claims(options.data / "newsroom_dev"), network)
    fitted = {
        "made_by": "python -m evals.workshop.fit_reader",
        "made_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "model": network.name,
        "passages_read": options.read,
        "rank": _document(RANK_FEATURES, weights.rank),
        "confidence": _logistic_document(CONFIDENCE_FEATURES, weights.confidence),
        "short": _logistic_document(SHORT_FEATURES, short),
        "threshold": threshold,
        "tentative": tentative,
        "short_threshold": short_threshold,
        "further": round(reach(sets, weights.rank), 3),
        "support": support,
        "dev": [{**one.report(tentative), "sure": one.report(threshold)} for one in crossed],
        "shorts": shorts,
        "claims": claims,
        "curves": [curve(one) for one in crossed if not one.answerable.all()],
    }
    Calibration.of(fitted)
    (options.out or options.model / CALIBRATION).write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({name: held for name, held in fitted.items() if name != "curves"}, indent=1) + "\n")


def _document(names: Sequence[str], weights: Array) -> dict[str, float]:
    return dict(zip(names, np.round(weights, 4).tolist(), strict=True))


def _logistic_document(names: Sequence[str], fitted: Logistic) -> dict[str, float]:
    return {**_document(names, fitted.weights), "bias": round(fitted.bias, 4)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the development sets")
    parser.add_argument("--titles", type=Path, required=True, help="names the articles of squad2_dev to measure on")
    parser.add_argument("--model", type=Path, required=True, help="folder of the network")
    parser.add_argument("--home", type=Path, default=Path(".dateline-bench"), help="where their corpora are indexed")
    parser.add_argument("--read", type=int, default=10, help="passages to read of what search finds")
    parser.add_argument("--limit", type=int, default=1000, help="questions of a set at most")
    parser.add_argument("--examples", type=Path, help="keep what was read in this folder, and use what is there")
    parser.add_argument("--out", type=Path, help="the file to write [default: calibration.json of the model]")
    return parser.parse_args()


def _examples(options: argparse.Namespace, network: OnnxNetwork) -> dict[str, list[ReaderExample]]:
    """The examples of every set, from the folder where they are kept or by reading."""
    sets = {}
    made_from = f"{network.name}, read {options.read}, limit {options.limit}: {RANK_FEATURES} {SHORT_FEATURES}"
    for name, make in _makers(options, network).items():
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


def _makers(options: argparse.Namespace, network: OnnxNetwork) -> dict[str, Callable[[], Iterator[ReaderExample]]]:
    """What reads each set."""
    embedding = load_embedding()
    titles = frozenset(json.loads(options.titles.read_text(encoding="utf-8"))["development"])

    def asked(name: str, *corpora: str, file: str = "questions.jsonl.gz", cut: bool = False) -> Iterator[ReaderExample]:
        """A set about whole corpora, or without any about the article that each question is about."""
        items = read_lines(options.data / name / file)
        corpus = _corpus(options.data, corpora or (name,))
        if name == "squad2_dev":
            items = [one for one in items if corpus[one["context_doc"]]["title"] in titles]
        if name == "newsroom_dev" and corpora:
            items = [one for one in items if one["type"] != "terse"]
        items = sample(items, options.limit)
        if cut:
            items, corpus = with_answers_cut(items, corpus)
        home = options.home / "-".join([*(corpora or (name,)), *(["cut"] if cut else [])])
        with closing(_searcher(home, corpus, embedding)) as searcher:
            read = options.read if corpora else 2 * options.read
            yield from examples(items, searcher, network, read, given=not corpora)

    news = ("newsroom_dev", "newsroom", "wikinews", "syria_news")
    turns, alone, follow = "conversations.jsonl.gz", "questions_standalone.jsonl.gz", "questions_followup.jsonl.gz"
    return {
        "newsroom_dev, given": lambda: asked("newsroom_dev"),
        "newsroom_dev, conversations, given": lambda: asked("newsroom_dev", file=turns),
        "newsroom_dev, searched": lambda: asked("newsroom_dev", *news),
        "realtimeqa, searched": lambda: asked("realtimeqa", "realtimeqa"),
        "newsqa, searched": lambda: asked("newsqa", "newsqa", file=alone),
        "newsqa, follow-ups, searched": lambda: asked("newsqa", "newsqa", file=follow),
        "newsqa, given, every third cut": lambda: asked("newsqa", cut=True),
        "squad2_dev, given": lambda: asked("squad2_dev"),
    }


def _corpus(data: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The articles of some sets by id; one that several have is taken once."""
    held: dict[str, dict[str, Any]] = {}
    for name in names:
        for item in read_lines(data / name / "corpus.jsonl.gz"):
            # newsroom names the articles that it took from other sets with the name of the set before their ids.
            own = len(names) == 1 or name.startswith("newsroom")
            held.setdefault(item["id"] if own else f"{name}-{item['id']}", item)
    return held


def _searcher(home: Path, corpus: Mapping[str, dict[str, Any]], embedding: Embedding) -> Searcher:
    """A store of these articles."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / "corpus.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({**item, "id": key}) + "\n" for key, item in corpus.items())
    index_paths(home, [file], embedding, passage_tokens=_TOKENS)
    return Searcher(home, embedding)


if __name__ == "__main__":
    main()
