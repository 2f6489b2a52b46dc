"""What the sentence Reader is fitted on: questions, what there is to read (as features), and what is right."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.compose import readable
from assistant.reader import ReadablePassage
from assistant.reader.cues import capitals
from assistant.reader.sentence_reader import sentence_features
from evals.terse import shorten
from index import Embedding, Searcher, Sentence, split_sentences

__all__ = ["Array", "Example", "examples", "passage_of", "read_lines", "searched"]

Array = NDArray[np.float64]


class Example:
    """A question with the features [sentences, features] of what there is to read, and which sentences are right."""

    def __init__(self, features: Array, right: NDArray[np.bool_]) -> None:
        self.features = features
        self.right = right


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file; a missing one ends the program with what to do."""
    if not path.exists():
        sys.exit(f"{path}: not there; give the folder of a question set with corpus.jsonl.gz and questions.jsonl.gz.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def passage_of(document: dict[str, Any]) -> ReadablePassage:
    """A paragraph as a Reader sees it."""
    spans = tuple((s.start, s.end) for s in split_sentences(document["text"]))
    return ReadablePassage(document["title"], document["text"], spans)


def examples(
    folder: Path, limit: int, embedding: Embedding, *, others: int, drop: float, swap: float, short: float, seed: int
) -> Iterator[Example]:
    """Examples of a question set with a paragraph to each question.

    Args:
        folder, limit: the question set, and how many of its questions.
        embedding: for the features.
        others: how many other paragraphs of the article are read too.
        drop: share of the examples whose paragraph is left out.
        swap: share of the examples with a name swapped.
        short: share of the examples whose question is shortened.
        seed: of the sample.
    """
    chance = random.Random(seed)  # noqa: S311  a sample, not a secret
    corpus = {d["id"]: d for d in read_lines(folder / "corpus.jsonl.gz")}
    by_title: dict[str, list[str]] = defaultdict(list)
    for document in corpus.values():
        by_title[document["title"]].append(document["id"])
    questions = read_lines(folder / "questions.jsonl.gz")
    for question in chance.sample(questions, min(limit, len(questions))):
        gold = question["context_doc"]
        asked = shorten(question["question"], chance) if chance.random() < short else question["question"]
        swapped = _swap_name(asked, questions, chance) if chance.random() < swap else None
        siblings = [i for i in by_title[corpus[gold]["title"]] if i != gold]
        chosen = chance.sample(siblings, min(others, len(siblings)))
        dropped = swapped is None and chance.random() < drop and len(chosen) > 0
        ids = chosen if dropped else [gold, *chosen]
        passages = [passage_of(corpus[i]) for i in ids]
        evidence = [] if dropped or swapped else [(e["start"], e["end"]) for e in question["evidence"]]
        right = [
            i == gold and any(start <= e and s < end for s, e in evidence)
            for i, passage in zip(ids, passages, strict=True)
            for start, end in passage.sentences
        ]
        yield Example(sentence_features(swapped or asked, passages, embedding), np.array(right))


def _swap_name(question: str, questions: Sequence[dict[str, Any]], chance: random.Random) -> str | None:
    """The question with a name from another one in place of one of its own; None if it has none or none is found."""
    own = capitals(question)
    for _ in range(20):
        others = capitals(chance.choice(questions)["question"])
        if own and others and (other := chance.choice(others)) not in question:
            return question.replace(chance.choice(own), other)
    return None


def searched(questions: Sequence[dict[str, Any]], searcher: Searcher, read: int) -> Iterator[tuple[Example, bool]]:
    """Each question with what search finds for it, and whether it can be answered at all.

    A sentence is right if it is evidence or contains an acceptable answer.
    """
    for question in questions:
        near = dt.date.fromisoformat(question["asked_on"]) if question.get("asked_on") else None
        hits = searcher.search(question["question"], limit=read, near=near)
        passages, right = [], []
        for hit in hits:
            sentences = searcher.sentences(hit.passage)
            passages.append(readable(hit, sentences))
            right += [_is_right(question, hit.article.id, s, hit.article.text[s.start : s.end]) for s in sentences]
        features = sentence_features(question["question"], passages, searcher.embedding)
        yield Example(features, np.array(right) & bool(question["answerable"])), bool(question["answerable"])


def _is_right(question: dict[str, Any], article_id: str, sentence: Sentence, text: str) -> bool:
    here = [e for e in question["evidence"] if e["doc_id"] == article_id and "start" in e]
    if any(sentence.start < e["end"] and e["start"] < sentence.end for e in here):
        return True
    return any(answer.lower() in text.lower() for answer in question["answers"])
