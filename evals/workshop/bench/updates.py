"""Small changes to a big store: `python -m evals.workshop.bench.updates --corpus FILE [--home DIR] [--articles N]`.

Indexes the corpus (unless `--home` has it from before), then measures what a news desk does all day: a run in which
nothing changed, ten new articles (as files of their own, and as lines of the big file), an edit, and the removal of
one. Each is measured as the whole call of `index_paths` or `remove`, and by the first search after it, which must see
it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index import Embedding, IndexSummary, Searcher, index_paths, load_embedding, remove

_NEW = 10
_TEXT = "The council of Torven voted on Tuesday to close the bridge number {n}. Repairs will take until spring."


def rows_of(path: Path, limit: int) -> Iterator[dict[str, Any]]:
    """The articles of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if limit and number >= limit:
                return
            yield json.loads(line)


class Bench:
    """The measurements on one store.

    Args:
        home: its folder; the articles lie in `articles` below it.
        embedding: the model.
    """

    def __init__(self, home: Path, embedding: Embedding) -> None:
        self.home = home
        self.embedding = embedding
        self.folder = home / "articles"
        self.folder.mkdir(parents=True, exist_ok=True)

    def index(self) -> IndexSummary:
        """Index the folder."""
        return index_paths(self.home, [self.folder], self.embedding, passage_tokens=160)

    def measure(self, name: str, action: Callable[[], IndexSummary], query: str = "", expected: str = "") -> None:
        """Print a line of the table: how long an action takes, and whether the next search sees it."""
        started = time.perf_counter()
        summary = action()
        took = time.perf_counter() - started
        changes = f"{summary.added} / {summary.updated} / {summary.removed}"
        searched = self._search(query, expected) if query else ""
        sys.stdout.write(f"| {name} | {changes} | {took:.2f} s | {searched} |\n")
        sys.stdout.flush()

    def _search(self, query: str, expected: str) -> str:
        searcher = Searcher(self.home, self.embedding)
        try:
            searcher.warm_up()
            started = time.perf_counter()
            hits = searcher.find(query)
            took = 1000 * (time.perf_counter() - started)
            seen = any(expected in hit.passage.text for hit in hits)
        finally:
            searcher.close()
        return f"{'seen' if seen else 'not there'}, {took:.0f} ms"


def main() -> None:
    """Index the corpus if needed, then measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, help="corpus.jsonl or .jsonl.gz")
    parser.add_argument("--home", type=Path, default=Path(".dateline-updates"), help="where the store is kept")
    parser.add_argument("--articles", type=int, default=0, help="only so many articles of the corpus")
    arguments = parser.parse_args()
    rows = list(rows_of(arguments.corpus, arguments.articles))
    bench = Bench(arguments.home, load_embedding())
    big = bench.folder / "corpus.jsonl"

    def write(extra: list[dict[str, Any]]) -> None:
        big.write_text("\n".join(json.dumps(row) for row in (*rows, *extra)), encoding="utf-8")

    for path in bench.folder.glob("new*.txt"):
        path.unlink()
    write([])
    sys.stdout.write("| what | added / updated / removed | time | search after it |\n|---|---|---|---|\n")
    bench.measure("everything", bench.index)
    bench.measure("nothing changed", bench.index)
    new = [{"id": f"line{n}", "title": "Bridges", "text": _TEXT.format(n=n)} for n in range(_NEW)]
    for n in range(_NEW):
        (bench.folder / f"new{n}.txt").write_text(f"Bridges\n{_TEXT.format(n=100 + n)}", encoding="utf-8")
    query = "close the bridge number 100 in Torven"
    bench.measure(f"{_NEW} new files", bench.index, query, "number 100.")
    write(new)
    bench.measure(f"{_NEW} new lines in the big file", bench.index, query.replace("100", "5"), "number 5.")
    (bench.folder / "new0.txt").write_text(f"Bridges\n{_TEXT.format(n=777)}", encoding="utf-8")
    bench.measure("an edited file", bench.index, query.replace("100", "777"), "number 777.")
    gone, title, start = str(rows[0]["id"]), str(rows[0].get("title") or ""), str(rows[0]["text"])[:80]
    bench.measure("one article removed", lambda: remove(bench.home, [gone], bench.embedding), title, start)
    counts = bench.index()  # puts it back
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{counts.articles:,} articles, {counts.passages:,} passages; peak memory {peak:,.0f} MiB\n")


if __name__ == "__main__":
    main()
