"""What the weights of the Reader are fitted on: what the network says of what there is to read, and what is right."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.answering.retrieval import retrieve
from assistant.conversation import exchanges_of
from assistant.reader.calibration import rank_features, short_features
from assistant.reader.encoding import asked_after
from assistant.reader.short_answer import whole_answer
from assistant.reader.spans import ReadablePassage, SpanNetwork
from evals.scorers.squad import contains_any, f1
from index import Hit, Search, Sentence
from index.store.catalogue import ArticleFilter

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

_RIGHT = 0.6  # F1 with an accepted answer from which on a short answer counts as right


@dataclass(frozen=True, slots=True)
class ReaderExample:
    """One question of a development set.

    Attributes:
        key: the question's id.
        answerable: whether the corpus answers it.
        group: the article that the question is about; weights that judge it were not fitted on others about it.
        features: `[sentences, len(RANK_FEATURES)]` of what there is to read.
        short: `[sentences, len(SHORT_FEATURES)]`.
        passage: for each sentence, the position of its passage among those that were read.
        right: for each sentence, whether it is evidence or holds an acceptable answer.
        holds: for each sentence, whether it holds an acceptable answer.
        short_right: for each sentence, whether its short answer is an acceptable one.
    """

    key: str
    answerable: bool
    group: str
    features: Array
    short: Array
    passage: NDArray[np.int_]
    right: Flags
    holds: Flags
    short_right: Flags


_PER_SENTENCE = ("features", "short", "passage", "right", "holds", "short_right")


def examples(
    items: Sequence[dict[str, Any]], search: Search, network: SpanNetwork, read: int, *, given: bool = False
) -> Iterator[ReaderExample]:
    """Questions with their conversation, and the passages that search finds for each, as in the product.

    Args:
        items: of a question set.
        search: finds their articles.
        network: reads.
        read: how many passages.
        given: search only the article that each question is about, as where a user chose it.
    """
    for item in items:
        among = ArticleFilter(ids=(document_of(item),)) if given else None
        day = dt.date.fromisoformat(item["asked_on"]) if item.get("asked_on") else None
        exchanges = tuple(exchanges_of(item.get("conversation") or ()))
        asked = Asked(item["question"], item["question"], exchanges, day, among)
        yield from _example(item, asked, retrieve(search, asked, limit=read, depth=100), network)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file; a missing one ends the program with what to do."""
    if not path.exists():
        sys.exit(f"{path}: not there; give the folder of a question set with corpus.jsonl.gz and questions.jsonl.gz.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def document_of(item: dict[str, Any]) -> str:
    """The id of the article that a question is read in where its article is given."""
    return str(item.get("context_doc") or item["evidence"][0]["doc_id"])


def sample(items: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """So many of the items, or all; always the same ones."""
    return random.Random(2).sample(items, limit) if 0 < limit < len(items) else items  # noqa: S311


def _example(item: dict[str, Any], asked: Asked, hits: Sequence[Hit], network: SpanNetwork) -> Iterator[ReaderExample]:
    scores = network.read(asked_after(asked.text, asked.exchanges), list(map(ReadablePassage.of, hits)))
    features, owners = rank_features(hits, scores)
    if not owners:
        return
    answers = item["answers"] if item["answerable"] else []
    # Where the set says which words answer, only sentences that are evidence are right, not those that have the words.
    is_marked = "short" in item
    short, right, holds, short_right = [], [], [], []
    for hit, one in owners:
        place = hit.sentences[one.sentence]
        text = hit.article.text[place.start : place.end]
        evidence = bool(item["answerable"]) and is_evidence(item, hit.article.id, place)
        has = contains_any(text, answers)
        span = whole_answer(text, one.span)
        short.append(short_features(one, text))
        holds.append(has)
        right.append(evidence or (has and not is_marked))
        wanted = answers if not is_marked or item["short"] else []
        said = text[slice(*span)] if span else ""
        short_right.append(bool(right[-1] and said and wanted) and f1(said, wanted) >= _RIGHT)
    about = (
        item.get("about")
        or item.get("context_doc")
        or next((e["doc_id"] for e in item["evidence"] if "doc_id" in e), item["id"])
    )
    yield ReaderExample(
        item["id"],
        bool(item["answerable"]),
        about,
        features,
        np.array(short),
        np.repeat(np.arange(len(scores)), [len(found) for found in scores]),
        np.array(right),
        np.array(holds),
        np.array(short_right),
    )


def is_evidence(item: dict[str, Any], article_id: str, sentence: Sentence) -> bool:
    """Whether a sentence of an article overlaps what a question of a set lists as its evidence."""
    return any(
        one["doc_id"] == article_id and sentence.start < one["end"] and one["start"] < sentence.end
        for one in item["evidence"]
        if "start" in one
    )


def save(path: Path, made: Sequence[ReaderExample], made_from: str = "") -> None:
    """Write examples, so that weights can be fitted again without reading again.

    Args:
        path: the file.
        made: not empty.
        made_from: all that decides what they are, in words; `source` gives it back.
    """
    held: dict[str, Any] = {name: np.concatenate([getattr(one, name) for one in made]) for name in _PER_SENTENCE}
    one_each = [one.name for one in fields(ReaderExample) if one.name not in _PER_SENTENCE]
    held |= {name: np.array([getattr(one, name) for one in made]) for name in one_each}
    ends = np.cumsum([len(one.right) for one in made])
    np.savez_compressed(path, made_from=np.array(made_from), ends=ends, **held)


def source(path: Path) -> str:
    """What the examples of a file were made from; empty where it does not say."""
    with np.load(path) as held:
        return str(held["made_from"]) if "made_from" in held else ""


def load(path: Path) -> list[ReaderExample]:
    """What `save` wrote."""
    with np.load(path) as held:
        arrays = {name: held[name] for name in held.files}
    parts = [slice(a, b) for a, b in zip([0, *arrays["ends"][:-1]], arrays["ends"], strict=True)]
    return [
        ReaderExample(
            str(arrays["key"][n]),
            bool(arrays["answerable"][n]),
            str(arrays["group"][n]),
            **{name: arrays[name][part] for name in _PER_SENTENCE},
        )
        for n, part in enumerate(parts)
    ]
