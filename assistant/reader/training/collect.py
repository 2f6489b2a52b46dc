"""Reads the passages that BM25 finds for each question of a set, and records the scores, for `calibrate`.

`python -m assistant.reader.training.collect --model DIR --set shared/data/realtimeqa --out FILE`. A line of the output
is `{id, scores, right, answerable}`: the candidates' scores, best first, and whether the sentence of the best one holds
an accepted answer (never, where the corpus has none). Any other search can write such a file in its place.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.reader.protocol import ReadablePassage
from assistant.reader.span import SpanReader
from assistant.reader.training.bm25 import Bm25
from assistant.reader.training.evaluate import readable
from assistant.reader.training.measures import bootstrap, contains
from assistant.reader.training.records import read_lines

__all__ = ["main", "passages_of"]

_KEPT_SCORES = 12


def passages_of(title: str, text: str, characters: int) -> Iterator[ReadablePassage]:
    """A text in runs of whole sentences of about so many characters."""
    whole = readable(title, text)
    first = 0
    for number, (_, end) in enumerate(whole.sentences):
        last = number == len(whole.sentences) - 1
        begin = whole.sentences[first][0]
        if last or whole.sentences[number + 1][1] - begin > characters:
            spans = tuple((a - begin, b - begin) for a, b in whole.sentences[first : number + 1])
            yield ReadablePassage(title, text[begin:end], spans)
            first = number + 1


def main(given: list[str] | None = None) -> int:
    """Read and record; returns the exit status."""
    parser = argparse.ArgumentParser(prog="assistant.reader.training.collect")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--set", type=Path, required=True, dest="folder")
    parser.add_argument("--questions", default="questions.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--passages", type=int, default=20)
    parser.add_argument("--characters", type=int, default=850)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--no-titles", action="store_true")
    options = parser.parse_args(given)
    reader = SpanReader(options.model, threads=options.threads, use_titles=not options.no_titles)
    pool = [
        passage
        for item in read_lines(options.folder / "corpus.jsonl.gz")
        for passage in passages_of(item["title"], item["text"], options.characters)
    ]
    index = Bm25([f"{passage.title} {passage.text}" for passage in pool])
    questions = list(read_lines(options.folder / options.questions))
    random.Random(11).shuffle(questions)  # noqa: S311
    hits: dict[str, list[float]] = {"sentence": [], "top_3": [], "span": [], "found": []}
    took = []
    with options.out.open("w", encoding="utf-8") as out:
        for item in questions[: options.limit or None]:
            chosen = [pool[number] for number in index.best(item["question"], options.passages)]
            begun = time.perf_counter()
            found = reader.read(item["question"], chosen).candidates
            took.append((time.perf_counter() - begun) * 1000)
            said = []
            for one in found[:3]:
                passage = chosen[one.passage]
                start, end = passage.sentences[one.sentence]
                said.append((passage.text[start:end], passage.text[start:end][slice(*(one.span or (0, 0)))]))
            accepted = item["answers"] if item["answerable"] else []
            if accepted:
                hits["sentence"].append(contains(said[0][0] if said else "", accepted))
                hits["top_3"].append(any(contains(text, accepted) for text, _ in said))
                hits["span"].append(contains(said[0][1] if said else "", accepted))
                hits["found"].append(any(contains(passage.text, accepted) for passage in chosen))
            record = {
                "id": item["id"],
                "scores": [round(one.score, 4) for one in found[:_KEPT_SCORES]],
                "right": bool(said) and contains(said[0][0], accepted),
                "answerable": bool(accepted),
                "said": said[:1],
            }
            out.write(json.dumps(record) + "\n")
    report = {name: bootstrap(values) for name, values in hits.items()}
    sys.stdout.write(json.dumps({"set": options.folder.name, "model": reader.name, **report}) + "\n")
    sys.stdout.write(json.dumps({"median_ms": round(statistics.median(took), 1), "passages": options.passages}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
