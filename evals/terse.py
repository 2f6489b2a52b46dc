"""Questions as people type them: the question word and a few key words, made from whole ones."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.words import STOP_WORDS, words

__all__ = ["shorten", "terse_items", "with_other_paragraphs"]

_ASKS = re.compile(r"how (?:many|much|long|old|far|often)|who|whom|when|where|why|what|which", re.I)
_WORD = re.compile(r"[\w’'-]+")
_FEW = 4  # words of a terse question at most, the question word aside


def shorten(question: str, chance: random.Random) -> str:
    """The question word and one to three of the words that matter: "how many displaced?"; or the question as it was."""
    asks = _ASKS.match(question)
    rest = [word for word in _WORD.findall(question[asks.end() :] if asks else "") if word.lower() not in STOP_WORDS]
    if not asks or not rest:
        return question
    kept = sorted(chance.sample(range(len(rest)), min(len(rest), chance.randint(1, 3))))
    return " ".join([asks[0].lower(), *(rest[n] for n in kept)]) + "?"


def terse_items(items: Sequence[dict[str, Any]], seed: int = 11) -> list[dict[str, Any]]:
    """Those items of a question set that can be put tersely, put so."""
    chance = random.Random(seed)  # noqa: S311  a sample, not a secret
    short = [{**item, "question": shorten(item["question"], chance)} for item in items]
    return [item for item in short if _is_terse(item["question"])]


def _is_terse(question: str) -> bool:
    """Whether a question is a few key words ("how many displaced?"), and no sentence."""
    asks = _ASKS.match(question)
    said = words(question[asks.end() :] if asks else question)
    return 0 < len(said) <= _FEW and not STOP_WORDS.intersection(said)


def with_other_paragraphs(
    items: Sequence[dict[str, Any]], corpus: Mapping[str, dict[str, Any]], seed: int = 12
) -> Iterator[dict[str, Any]]:
    """Answerable items with their paragraph given, every second one with another paragraph of its article instead.

    Those count as unanswerable: near misses, as a terse question whose paragraph fits it badly.
    """
    chance = random.Random(seed)  # noqa: S311
    by_title: dict[str, list[str]] = defaultdict(list)
    for key, document in corpus.items():
        by_title[document["title"]].append(key)
    for number, item in enumerate(one for one in items if one["answerable"]):
        others = [key for key in by_title[corpus[item["context_doc"]]["title"]] if key != item["context_doc"]]
        if number % 2 and others:
            yield {**item, "context_doc": chance.choice(others), "answerable": False}
        else:
            yield item
