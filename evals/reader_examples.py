"""What the weights of the span reader are fitted on: the features of what there is to read, and what is right."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.compose import readable
from assistant.reader import ReadablePassage
from assistant.reader.cues import is_open
from assistant.reader.span_choice import SpanNetwork
from assistant.reader.span_features import span_features
from evals.scorers.squad import contains_any
from index import Article, Embedding, Hit, Searcher, Sentence, split_sentences
from index.passages import group_sentences

__all__ = ["ReaderExample", "document_of", "given", "is_evidence", "load", "sample", "save", "searched", "source"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReaderExample:
    """One question of a development set.

    Attributes:
        key: the question's id.
        answerable: whether the corpus answers it.
        open: whether it wants more than a few words (`assistant.reader.cues.is_open`).
        features: `[sentences, len(SPAN_FEATURES)]` of what there is to read.
        right: for each sentence, whether it is evidence or holds an acceptable answer.
        holds: for each sentence, whether it holds an acceptable answer.
        passage: for each sentence, the position of its passage among those that were read.
        group: the article that the question is about; weights that judge it were not fitted on others about it.
    """

    key: str
    answerable: bool
    open: bool
    features: Array
    right: NDArray[np.bool_]
    holds: NDArray[np.bool_]
    passage: NDArray[np.int_]
    group: str = ""

    def first(self, passages: int) -> ReaderExample:
        """The same with the sentences of so many passages; features that look at all of them are as they were."""
        kept = self.passage < passages
        return replace(
            self,
            features=self.features[kept],
            right=self.right[kept],
            holds=self.holds[kept],
            passage=self.passage[kept],
        )


def searched(
    items: Sequence[dict[str, Any]], searcher: Searcher, network: SpanNetwork, read: int
) -> Iterator[ReaderExample]:
    """Questions about a whole corpus, with the passages that search finds for each."""
    for item in items:
        near = dt.date.fromisoformat(item["asked_on"]) if item.get("asked_on") else None
        hits = searcher.search(item["question"], limit=read, near=near)
        yield from _example(item, hits, [searcher.sentences(hit.passage) for hit in hits], network)


def given(
    items: Sequence[dict[str, Any]],
    corpus: Mapping[str, dict[str, Any]],
    embedding: Embedding,
    network: SpanNetwork,
    tokens: int,
) -> Iterator[ReaderExample]:
    """Questions that name the article to read, with all passages of it."""
    for item in items:
        held = corpus[document_of(item)]
        article = Article(held["id"], held["title"] or "", held["text"])
        whole = split_sentences(article.text)
        counts = embedding.count_tokens([article.text[one.start : one.end] for one in whole])
        passages = group_sentences(article, whole, counts, limit=tokens)
        hits = [Hit(passage, article, 0.0, None, None) for passage in passages]
        yield from _example(item, hits, [whole[one.first : one.last + 1] for one in passages], network)


def document_of(item: dict[str, Any]) -> str:
    """The id of the article that a question is read in where its article is given."""
    return str(item.get("context_doc") or item["evidence"][0]["doc_id"])


def sample(items: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """So many of the items, or all; always the same ones."""
    return random.Random(2).sample(items, limit) if 0 < limit < len(items) else items  # noqa: S311


def _example(
    item: dict[str, Any], hits: Sequence[Hit], sentences: Sequence[Sequence[Sentence]], network: SpanNetwork
) -> Iterator[ReaderExample]:
    question = item["question"]
    passages: list[ReadablePassage] = [readable(hit, found) for hit, found in zip(hits, sentences, strict=True)]
    spans = network.spans(question, passages)
    if not any(spans):
        return
    places = [(hit.article, one) for hit, found in zip(hits, sentences, strict=True) for one in found]
    answers = item["answers"] if item["answerable"] else []
    holds = np.array([contains_any(article.text[one.start : one.end], answers) for article, one in places])
    inside = np.array([item["answerable"] and is_evidence(item, article.id, one) for article, one in places])
    features = span_features(question, passages, spans)
    owner = np.repeat(np.arange(len(hits)), [len(found) for found in sentences])
    about = (
        item.get("about")
        or item.get("context_doc")
        or next((e["doc_id"] for e in item["evidence"] if "doc_id" in e), item["id"])
    )
    yield ReaderExample(
        item["id"], bool(item["answerable"]), is_open(question), features, holds | inside, holds, owner, about
    )


def is_evidence(item: dict[str, Any], article_id: str, sentence: Sentence) -> bool:
    """Whether a sentence of an article overlaps what a question of a set lists as its evidence."""
    return any(
        one["doc_id"] == article_id and sentence.start < one["end"] and one["start"] < sentence.end
        for one in item["evidence"]
        if "start" in one
    )


def save(path: Path, examples: Sequence[ReaderExample], made_from: str = "") -> None:
    """Write examples, so that weights can be fitted again without reading again.

    Args:
        path: the file.
        examples: not empty.
        made_from: all that decides what they are, in words; `source` gives it back.
    """
    ends = np.cumsum([len(one.right) for one in examples])
    np.savez_compressed(
        path,
        made_from=np.array(made_from),
        groups=np.array([one.group for one in examples]),
        keys=np.array([one.key for one in examples]),
        flags=np.array([(one.answerable, one.open) for one in examples]),
        ends=ends,
        features=np.concatenate([one.features for one in examples]).astype(np.float32),
        passage=np.concatenate([one.passage for one in examples]),
        marks=np.stack([np.concatenate([getattr(one, name) for one in examples]) for name in ("right", "holds")]),
    )


def source(path: Path) -> str:
    """What the examples of a file were made from; empty where it does not say."""
    with np.load(path) as held:
        return str(held["made_from"]) if "made_from" in held else ""


def load(path: Path) -> list[ReaderExample]:
    """What `save` wrote."""
    with np.load(path) as held:
        parts = [slice(a, b) for a, b in zip([0, *held["ends"][:-1]], held["ends"], strict=True)]
        features, marks, flags, keys = held["features"].astype(np.float64), held["marks"], held["flags"], held["keys"]
        passage, groups = held["passage"], held["groups"]
    return [
        ReaderExample(
            str(key),
            bool(flag[0]),
            bool(flag[1]),
            features[part],
            marks[0, part],
            marks[1, part],
            passage[part],
            str(group),
        )
        for key, flag, part, group in zip(keys, flags, parts, groups, strict=True)
    ]
