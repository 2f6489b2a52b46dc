"""How long reading takes: `python -m evals.workshop.bench.reading --home DIR --questions FILE`.

Milliseconds to read the best passages of each question of a set asked about a store, search left out. Prints the median
and the 95th percentile for each number of passages.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.reader import load_reader
from evals.workshop.reader_examples import read_lines
from index import Searcher, load_embedding


def timed(home: Path, questions: Path, reader_name: str, passages: int, limit: int, threads: int) -> list[float]:
    """Milliseconds of each reading, the first (which warms up) left out."""
    embedding = load_embedding()
    reader = load_reader(reader_name, threads=threads)
    took = []
    with closing(Searcher(home, embedding)) as searcher:
        for item in read_lines(questions)[: limit + 1]:
            chosen = searcher.find(item["question"], limit=passages)
            begun = time.perf_counter()
            reader.read(item["question"], chosen)
            took.append(1000 * (time.perf_counter() - begun))
    return took[1:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, required=True, help="a store")
    parser.add_argument("--questions", type=Path, required=True, help="questions.jsonl.gz")
    parser.add_argument("--reader", default="default", help="as DATELINE_READER")
    parser.add_argument("--passages", type=int, nargs="+", default=[5, 10, 20])
    parser.add_argument("--limit", type=int, default=60, help="questions")
    parser.add_argument("--threads", type=int, default=0, help="0 takes one for each core")
    options = parser.parse_args()
    for passages in options.passages:
        took = timed(options.home, options.questions, options.reader, passages, options.limit, options.threads)
        middle, late = statistics.median(took), float(np.percentile(took, 95))
        sys.stdout.write(f"{passages} passages, {len(took)} questions: {middle:.0f} ms, p95 {late:.0f} ms\n")


if __name__ == "__main__":
    main()
