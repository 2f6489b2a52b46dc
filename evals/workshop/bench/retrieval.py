"""How well search finds the right article: `python -m evals.workshop.bench.retrieval --corpus FILE --questions FILE`.

A question counts at k if an article with evidence for it is among the first k different articles of the hits. Prints
hit@1, 3, 5, 10 with 95 % intervals for search as it is and for its parts alone; `dateline eval retrieval` measures the
whole in more ways.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.questions.question_set import Question, load_questions
from evals.scorers.measures import summarise
from index import Searcher, index_paths, load_embedding

_CUTS = (1, 3, 5, 10)


def first_articles(articles: Sequence[str], limit: int) -> list[str]:
    """The first different ones."""
    return list(dict.fromkeys(articles))[:limit]


def measure(name: str, questions: Sequence[Question], find: Callable[[Question], list[str]]) -> None:
    """Print one line of the table."""
    started = time.perf_counter()
    found = [find(question) for question in questions]
    each = 1000 * (time.perf_counter() - started) / len(questions)
    parts = []
    for cut in _CUTS:
        hits = [
            bool({e.doc_id for e in question.evidence} & set(first_articles(articles, cut)))
            for question, articles in zip(questions, found, strict=True)
        ]
        mean = summarise([{"doc_hit@1": (float(hit), 1.0)} for hit in hits], [q.id for q in questions])["doc_hit@1"]
        parts.append(f"{mean.value:.3f} [{mean.low:.3f}, {mean.high:.3f}]")
    sys.stdout.write(f"| {name} | {' | '.join(parts)} | {each:.0f} ms |\n")
    sys.stdout.flush()


def main() -> None:
    """Index the corpus if needed, then measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, help="corpus.jsonl or .jsonl.gz")
    parser.add_argument("--questions", type=Path, required=True, help="questions.jsonl or .jsonl.gz")
    parser.add_argument("--home", type=Path, default=Path(".dateline-bench"), help="where the store is kept")
    parser.add_argument("--passage-tokens", type=int, default=160)
    parser.add_argument("--depth", type=int, default=100)
    parser.add_argument("--limit", type=int, default=0, help="only so many questions")
    arguments = parser.parse_args()
    for path in (arguments.corpus, arguments.questions):
        if not path.exists():
            sys.exit(f"{path}: not there; give the path of a real question set, as its documentation describes.")
    embedding = load_embedding()
    index_paths(arguments.home, [arguments.corpus], embedding, passage_tokens=arguments.passage_tokens)
    searcher = Searcher(arguments.home, embedding)
    searcher.warm_up()
    questions = [question for question in load_questions(arguments.questions) if question.answerable]
    questions = questions[: arguments.limit or None]
    depth = arguments.depth

    def of(ids: Sequence[str]) -> list[str]:
        stored = searcher.record.passages(ids)
        return [stored[i][1].id for i in ids if i in stored]

    def whole(question: Question, *, dated: bool) -> list[str]:
        day = question.asked_on if dated else None
        near = dt.date.fromisoformat(day) if day else None
        hits = searcher.find(question.question, limit=40, depth=depth, near=near)
        return [article for hit in hits for article in (hit.article.id, *hit.also)]

    sys.stdout.write(f"n = {len(questions)}, {searcher.record.counts()}\n")
    sys.stdout.write(
        f"| search | {' | '.join(f'hit@{cut}' for cut in _CUTS)} | time each |\n|---|---|---|---|---|---|\n"
    )
    measure("words", questions, lambda q: of([i for i, _ in searcher.rank([q.question], depth=depth)[0].keyword]))
    measure("vectors", questions, lambda q: of([i for i, _ in searcher.rank([q.question], depth=depth)[0].dense]))
    measure("both", questions, lambda q: whole(q, dated=False))
    if any(question.asked_on for question in questions):
        measure("both, with the day of the question", questions, lambda q: whole(q, dated=True))
    searcher.close()


if __name__ == "__main__":
    main()
