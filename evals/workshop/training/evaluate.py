"""Measures a span model on reading sets: `python -m evals.workshop.training.evaluate --model DIR --data DATA`.

squad2_dev: one paragraph given, about half of the questions without answer; F1 and EM with the best threshold of the
other half of the paragraphs (and with the threshold 0). newsqa: the article given. Intervals are by document.
Only for measuring: nothing trains.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.reader.network import OnnxNetwork
from assistant.reader.spans import ReadablePassage
from evals.workshop.training.measures import bootstrap, exact, f1, half_of
from evals.workshop.training.records import read_lines
from index.language.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Read:
    """What the model makes of one question.

    Attributes:
        key: the question's id.
        document: the id of the text that was read.
        accepted: the accepted answers; none where there is no answer.
        said: the best span's text.
        score: its score; below a threshold there is no answer.
    """

    key: str
    document: str
    accepted: tuple[str, ...]
    said: str
    score: float

    def f1(self, threshold: float) -> float:
        """F1 where a lower score than the threshold means no answer."""
        return f1(self.said if self.score >= threshold else "", self.accepted)

    def exact(self, threshold: float) -> float:
        """The same for exact match."""
        return exact(self.said if self.score >= threshold else "", self.accepted)


def readable(title: str, text: str) -> ReadablePassage:
    """A text as the reader takes it."""
    return ReadablePassage(title, text, tuple((one.start, one.end) for one in split_sentences(text)))


def read_set(network: OnnxNetwork, folder: Path, limit: int) -> list[Read]:
    """Read the questions of a set (or a sample of them) in the document that each is about."""
    texts = {item["id"]: item for item in read_lines(folder / "corpus.jsonl.gz")}
    questions = list(read_lines(folder / "questions.jsonl.gz"))
    if limit and limit < len(questions):
        questions = random.Random(3).sample(questions, limit)  # noqa: S311
    made = []
    for item in questions:
        document = texts[item.get("context_doc") or item["evidence"][0]["doc_id"]]
        passage = readable(document["title"], document["text"])
        found = network.read(item["question"], [passage])[0]
        accepted = tuple(item["answers"]) if item["answerable"] else ()
        said, score = "", float("-inf")
        if found:
            best = max(found, key=lambda one: one.score)
            begin = passage.sentences[best.sentence][0]
            said, score = passage.text[begin + best.span[0] : begin + best.span[1]], best.score
        made.append(Read(item["id"], document["id"], accepted, said, score))
    return made


def best_threshold(reads: Sequence[Read]) -> float:
    """The threshold with the best mean F1."""
    ordered = sorted(reads, key=lambda one: -one.score)
    gain, best, at = 0.0, 0.0, float("inf")
    for read in ordered:
        gain += read.f1(float("-inf")) - float(not read.accepted)
        if gain > best:
            best, at = gain, read.score
    return at


def _report(reads: list[Read]) -> dict[str, Any]:
    answerable = [read for read in reads if read.accepted]
    report: dict[str, Any] = {
        "answerable_f1": _mean(answerable, lambda read: read.f1(float("-inf"))),
        "answerable_exact": _mean(answerable, lambda read: read.exact(float("-inf"))),
    }
    if len(answerable) < len(reads):
        # Each half is judged by the threshold of the other; no document has questions in both.
        halves = [[read for read in reads if half_of(read.document) == part] for part in (0, 1)]
        limits = [best_threshold(half) for half in halves]
        other = {read.key: limit for half, limit in zip(halves, limits[::-1], strict=True) for read in half}
        report["thresholds"] = limits
        report["f1_cross_fitted"] = _mean(reads, lambda read: read.f1(other[read.key]))
        report["exact_cross_fitted"] = _mean(reads, lambda read: read.exact(other[read.key]))
        report["f1_at_0"] = _mean(reads, lambda read: read.f1(0.0))
        report["f1_never_answering"] = round(1 - len(answerable) / len(reads), 4)
        report["auroc"] = _auroc(reads)
    return report


def _mean(reads: Sequence[Read], measure: Callable[[Read], float]) -> dict[str, float]:
    return bootstrap([measure(read) for read in reads], [read.document for read in reads])


def _auroc(reads: Sequence[Read]) -> float:
    """How often an answerable question has a higher best score than an unanswerable one."""
    ordered = sorted(reads, key=lambda one: one.score)
    total = sum(rank for rank, read in enumerate(ordered, 1) if read.accepted)
    yes = sum(bool(read.accepted) for read in reads)
    return round((total - yes * (yes + 1) / 2) / (yes * (len(reads) - yes)), 4)


def main(given: list[str] | None = None) -> int:
    """Measure and print JSON; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evals.workshop.training.evaluate")
    parser.add_argument("--model", type=Path, required=True, help="a model folder")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds squad2_dev and newsqa")
    parser.add_argument("--sets", nargs="+", default=["squad2_dev", "newsqa"])
    parser.add_argument("--limit", type=int, default=0, help="read a sample of so many questions (0: all)")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--dump", type=Path, help="also write what was said to each question, as JSON lines")
    options = parser.parse_args(given)
    network = OnnxNetwork(options.model, threads=options.threads)
    for name in options.sets:
        begun = time.monotonic()
        reads = read_set(network, options.data / name, options.limit)
        report = {"set": name, "model": network.name, **_report(reads), "seconds": round(time.monotonic() - begun, 1)}
        sys.stdout.write(json.dumps(report) + "\n")
        sys.stdout.flush()
        if options.dump:
            with options.dump.open("a", encoding="utf-8") as out:
                for read in reads:
                    out.write(json.dumps([name, read.key, list(read.accepted), read.said, read.score]) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
