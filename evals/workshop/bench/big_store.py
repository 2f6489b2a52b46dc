"""Searching a big store: `python -m evals.workshop.bench.big_store --home DIR --questions FILE [--corpus FILE ...]`.

With `--corpus` the store is made first, of all of these corpora together; vectors that other stores have of the same
texts (`--vectors`) are taken from there, so that hours of embedding are not spent again on what is not measured here.
Then every question is searched for, one after the other on a warm store: milliseconds of the whole search and of its
parts, and how much of what an exact search of all vectors finds first the approximate one finds, too. A passage that
is as near as the tenth counts as right, whichever of them was returned: copies of one text are equally near.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.questions.question_set import Question, load_questions
from evals.workshop.bench.indexing import cost_of
from index import Embedding, Searcher, index_paths, load_embedding
from index.article import text_hash
from index.embedding import EmbeddingProgress
from index.store.reading import RECORD_NAME, RecordReader

_Vectors = NDArray[np.float32]
_FIRST = 10
_DEPTH = 100
_SAME = 1e-5  # cosines summed in another order differ by less than this


class Borrowing:
    """An embedding model that looks a text up in other stores before it embeds it.

    Args:
        embedding: the model.
        stores: folders of stores that were made with it.
    """

    def __init__(self, embedding: Embedding, stores: Sequence[Path]) -> None:
        self._embedding = embedding
        self._records = [RecordReader(store / RECORD_NAME) for store in stores]
        self.embedded = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedding, name)

    def encode(self, texts: Sequence[str], progress: EmbeddingProgress | None = None) -> _Vectors:
        """As `Embedding.encode`."""
        hashes = {text: text_hash(text) for text in texts}
        found: dict[str, _Vectors] = {}
        for record in self._records:
            found |= record.vectors(self._embedding.fingerprint, set(hashes.values()) - found.keys())
        new = [text for text, digest in hashes.items() if digest not in found]
        self.embedded += len(new)
        found |= {hashes[t]: v for t, v in zip(new, self._embedding.encode(new, progress), strict=True)} if new else {}
        return np.stack([found[hashes[text]] for text in texts])


def recall(exact: _Vectors, got: Sequence[float], first: int = _FIRST) -> float:
    """How many of the `first` nearest were found.

    Args:
        exact: cosines [n] of all passages.
        got: cosines of those that the approximate search returned.
    """
    count = min(first, len(exact))
    last = np.partition(exact, -count)[-count]
    found = sum(float(cosine) >= float(last) - _SAME for cosine in got[:count])
    return found / count


def timings(searcher: Searcher, questions: Sequence[Question]) -> None:
    """Print how long searches take."""
    taken: dict[str, list[float]] = {name: [] for name in ("the whole search", "words and embedding", "vectors")}
    for number, question in enumerate(questions):
        near = dt.date.fromisoformat(question.asked_on) if question.asked_on else None
        text = question.question
        whole, _ = cost_of(partial(searcher.find, text, limit=20, depth=_DEPTH, near=near))
        ranked, _ = cost_of(partial(searcher.rank, [text], depth=_DEPTH))
        dense, _ = cost_of(partial(searcher.vectors.query, searcher.embedding.encode([text])[0], _DEPTH))
        if number >= 20:  # the first ones warm the caches
            # Words are looked up while the question is embedded, so only both together can be told from the vectors.
            for name, seconds in zip(taken, (whole.clock, ranked.clock - dense.clock, dense.clock), strict=True):
                taken[name].append(1000 * seconds)
    sys.stdout.write("| | median | p95 | p99 |\n|---|---|---|---|\n")
    for name, values in taken.items():
        cells = " | ".join(f"{np.percentile(values, q):.1f} ms" for q in (50, 95, 99))
        sys.stdout.write(f"| {name} | {cells} |\n")


def exactness(searcher: Searcher, questions: Sequence[Question]) -> None:
    """Print how much of the exact search the approximate one finds."""
    hashes = searcher.record.passage_hashes()
    stored = searcher.record.vectors(searcher.embedding.fingerprint, set(hashes.values()))
    matrix = np.stack([stored[digest] for digest in hashes.values()])
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    vectors = searcher.embedding.encode([question.question for question in questions])
    found: dict[int, list[float]] = {_FIRST: [], _DEPTH: []}
    for vector in vectors:
        exact = matrix @ vector
        for asked, values in found.items():
            values.append(recall(exact, [cosine for _, cosine in searcher.vectors.query(vector, asked)]))
    for asked, values in found.items():
        sys.stdout.write(f"recall@{_FIRST} of {asked} asked for: {np.mean(values):.4f}, n = {len(values)}, ")
        sys.stdout.write(f"all {_FIRST} found: {np.mean(np.array(values) == 1):.3f}\n")


def main() -> None:
    """Build the store if asked to, then measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, required=True, help="the store")
    parser.add_argument("--questions", type=Path, nargs="+", required=True, help="questions.jsonl or .jsonl.gz")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="corpora to make the store of")
    parser.add_argument("--vectors", type=Path, nargs="*", default=[], help="stores to take vectors from")
    parser.add_argument("--passage-tokens", type=int, default=160)
    parser.add_argument("--limit", type=int, default=500, help="questions of each set")
    arguments = parser.parse_args()
    embedding = load_embedding()
    if arguments.corpus:
        borrowing: Any = Borrowing(embedding, arguments.vectors)
        took, summary = cost_of(
            partial(index_paths, arguments.home, arguments.corpus, borrowing, passage_tokens=arguments.passage_tokens)
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{summary.articles:,} articles, {summary.passages:,} passages in {took.clock:.0f} s, ")
        sys.stdout.write(f"{borrowing.embedded:,} texts embedded; peak memory {peak:,.0f} MiB\n")
    questions = [q for path in arguments.questions for q in load_questions(path)[: arguments.limit]]
    searcher = Searcher(arguments.home, embedding)
    searcher.warm_up()
    sys.stdout.write(f"{searcher.record.counts()['passages']:,} passages, {len(questions)} questions\n")
    timings(searcher, questions)
    exactness(searcher, questions)
    searcher.close()


if __name__ == "__main__":
    main()
