"""How long reading takes, and how many passages are worth reading: `python -m evals.bench.reading --home DIR ...`.

With `--home` (a store) and `--questions` (a set asked about it): milliseconds to read the best passages of a question,
search left out. With `--examples` (what `evals.fit_reader` keeps): whether the best sentence, or one of the best three,
holds an acceptable answer, by the number of passages read, with the network's score alone and with the fitted weights
(whose features of the whole article, and of what other sentences say, are those of all passages that were read).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.compose import readable
from assistant.reader import load_reader
from assistant.reader.calibration import Calibration
from assistant.reader.span_features import SPAN_FEATURES
from evals.fit_examples import read_lines
from evals.fitting import Array
from evals.reader_examples import ReaderExample, load
from index import Searcher, load_embedding


def timed(home: Path, questions: Path, reader_name: str, passages: int, limit: int) -> list[float]:
    """Milliseconds of each reading, the first (which warms up) left out."""
    embedding = load_embedding()
    reader = load_reader(embedding, reader_name)
    searcher = Searcher(home, embedding)
    took = []
    try:
        for item in read_lines(questions)[: limit + 1]:
            hits = searcher.search(item["question"], limit=passages)
            chosen = [readable(hit, searcher.sentences(hit.passage)) for hit in hits]
            begun = time.perf_counter()
            reader.read(item["question"], chosen)
            took.append(1000 * (time.perf_counter() - begun))
    finally:
        searcher.close()
    return took[1:]


def depth(examples: Sequence[ReaderExample], rank: Array, passages: int) -> tuple[float, float]:
    """Shares of the answerable questions whose best sentence, and one of whose best three, holds an answer."""
    found = []
    for one in (whole.first(passages) for whole in examples if whole.answerable):
        order = np.argsort(-(one.features @ rank), kind="stable")[:3]
        found.append((one.holds[order[:1]].any(), one.holds[order].any()))
    first, three = np.mean(found, axis=0)
    return float(first), float(three)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, help="a store")
    parser.add_argument("--questions", type=Path, help="questions.jsonl.gz")
    parser.add_argument("--reader", default="default", help="as DATELINE_READER")
    parser.add_argument("--passages", type=int, default=20)
    parser.add_argument("--limit", type=int, default=100, help="questions")
    parser.add_argument("--examples", type=Path, help="one .npz of a searched set")
    parser.add_argument("--calibration", type=Path, help="calibration.json, for --examples")
    options = parser.parse_args()
    if options.home and options.questions:
        took = timed(options.home, options.questions, options.reader, options.passages, options.limit)
        middle, late = statistics.median(took), float(np.percentile(took, 95))
        sys.stdout.write(f"{options.passages} passages, {len(took)} questions: {middle:.0f} ms, p95 {late:.0f} ms\n")
    if options.examples and options.calibration:
        examples = load(options.examples)
        fitted = Calibration.load(options.calibration).whole.rank
        alone = np.array([float(name == "span") for name in SPAN_FEATURES])
        sys.stdout.write("| passages read | network alone: best, best 3 | fitted: best, best 3 |\n|---|---|---|\n")
        for passages in (1, 3, 5, 10, 15, 20):
            cells = [depth(examples, rank, passages) for rank in (alone, fitted)]
            sys.stdout.write(f"| {passages} | {' | '.join(f'{a:.3f}, {b:.3f}' for a, b in cells)} |\n")


if __name__ == "__main__":
    main()
