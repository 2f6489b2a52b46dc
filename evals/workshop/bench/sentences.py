r"""Measures the sentence splitter: speed on a corpus, boundaries against a gold file, other splitters beside it.

    python -m evals.workshop.bench.sentences --data corpus.jsonl.gz --gold tests/index/data/sentences_gold.txt --compare

A gold file has one paragraph a line, `|` where a sentence ends, `\n` for a line break, and comments behind `#`.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from index.article import Sentence
from index.language.sentences import split_sentences

Splitter = Callable[[str], Sequence[Sentence]]


def read_gold(path: Path) -> list[list[str]]:
    """The paragraphs of a gold file, each as the list of its sentences with the space that stands around them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("|") for line in lines if line.strip() and not line.startswith("#")]


def read_corpus(path: Path, limit: int | None = None) -> list[str]:
    """The texts of the first `limit` articles of a JSON-lines file, which may be compressed (`.gz`)."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        texts: list[str] = []
        for line in lines:
            if limit is not None and len(texts) >= limit:
                break
            texts.append(json.loads(line)["text"])
    return texts


def boundary_counts(gold: Iterable[Sequence[str]], splitter: Splitter) -> tuple[int, int, int]:
    """Boundaries found rightly, found wrongly, and missed.

    A boundary is the number of visible characters before it, so that space around it does not matter. The end of a
    paragraph is none: every splitter finds it.
    """
    right = wrong = missed = 0
    for sentences in gold:
        text = "".join(sentences)
        whole = _visible(text)
        expected: set[int] = set()
        for sentence in sentences:
            expected.add(_visible(sentence) + max(expected, default=0))
        found = {_visible(text[: sentence.end]) for sentence in splitter(text)}
        expected.discard(whole)
        found.discard(whole)
        right += len(expected & found)
        wrong += len(found - expected)
        missed += len(expected - found)
    return right, wrong, missed


def _visible(text: str) -> int:
    return sum(len(word) for word in text.split())


def _punkt() -> Splitter:
    tokenizer = _module("nltk.tokenize").PunktTokenizer("english")
    return lambda text: [Sentence(start, end) for start, end in tokenizer.span_tokenize(text)]


def _pysbd() -> Splitter:
    segmenter = _module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [Sentence(span.start, span.end) for span in segmenter.segment(text)]


def _blingfire() -> Splitter:
    split = _module("blingfire").text_to_sentences_and_offsets
    return lambda text: [Sentence(start, end) for start, end in split(text)[1]]


def _module(name: str) -> Any:
    return importlib.import_module(name)


OTHERS: dict[str, Callable[[], Splitter]] = {"punkt": _punkt, "pysbd": _pysbd, "blingfire": _blingfire}


def _splitters(*, compare: bool) -> dict[str, Splitter]:
    splitters: dict[str, Splitter] = {"dateline": split_sentences}
    for name, make in OTHERS.items() if compare else ():
        try:
            splitters[name] = make()
        except (ImportError, LookupError) as error:  # LookupError: nltk without the data of its tokenizer
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            typer.echo(f"{name}: left out, it cannot be loaded here ({reason})", err=True)
    return splitters


def _milliseconds(texts: Sequence[str], splitter: Splitter) -> float:
    """Milliseconds of processor time for an article: the better of two rounds."""
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        for text in texts:
            splitter(text)
        best = min(best, time.process_time() - begun)
    return 1000 * best / len(texts)


def main(
    data: Annotated[Path | None, typer.Option(help="A corpus: JSON lines with a text each, .gz too.")] = None,
    gold: Annotated[Path | None, typer.Option(help="A gold file: | where a sentence ends.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most articles of the corpus to time.")] = 500,
    compare: Annotated[bool, typer.Option(help="Measure punkt, pysbd and blingfire too, if installed.")] = False,
) -> None:
    """Measures speed (ms per article) on --data and boundary precision, recall and F1 on --gold."""
    if data is None and gold is None:
        raise typer.BadParameter("give --data, --gold, or both")
    splitters = _splitters(compare=compare)
    if data is not None:
        texts = read_corpus(data, limit)
        if not texts:
            raise typer.BadParameter(f"{data} holds no articles", param_hint="--data")
        words = sum(len(text.split()) for text in texts) / len(texts)
        load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        typer.echo(f"{len(texts)} articles, {words:.0f} words on average; {os.cpu_count()} cores{load}, "
                   f"Python {platform.python_version()}")  # fmt: skip
        for name, splitter in splitters.items():
            typer.echo(f"{name:10} {_milliseconds(texts, splitter):8.3f} ms of processor time/article")
    if gold is not None:
        paragraphs = read_gold(gold)
        typer.echo(f"{len(paragraphs)} gold paragraphs")
        for name, splitter in splitters.items():
            right, wrong, missed = boundary_counts(paragraphs, splitter)
            precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
            f1 = 2 * right / max(2 * right + wrong + missed, 1)
            typer.echo(f"{name:10} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
                       f"  ({right} right, {wrong} wrong, {missed} missed)")  # fmt: skip


if __name__ == "__main__":
    typer.run(main)
