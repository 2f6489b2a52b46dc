"""What the words of a question and of a sentence say about whether the one answers the other, without any model."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.reader.cues import answer_kind, kind_spans, names, numbers
from assistant.reader.protocol import ReadablePassage
from assistant.reader.thesaurus import concepts
from index.words import content_words, words

__all__ = ["LEXICAL_FEATURES", "lexical_features", "met"]

LEXICAL_FEATURES = (
    "overlap",  # share of the question's content words that the sentence has, or has a word for (see thesaurus.py)
    "pair_overlap",  # share of its neighbouring pairs of content words
    "context_overlap",  # share of its content words in the article, as far as it was found
    "names",  # share of its names and numbers there
    "has_kind",  # the sentence has a number, a time or a name, where the question asks for one
    "lacks_kind",  # the question asks for one, and the sentence has none
    "short",  # sentences of a few words are bylines and exclamations
    "is_question",
)


def lexical_features(question: str, passages: Sequence[ReadablePassage]) -> NDArray[np.float64]:
    """The features of all sentences of all passages, in order: [sentences, len(LEXICAL_FEATURES)]."""
    rows = []
    kind = answer_kind(question)
    asked = concepts(question)
    pairs = set(pairwise(content_words(question)))
    wanted = set(names(question)) | set(numbers(question))
    articles: dict[str, str] = {}
    for passage in passages:
        key = passage.article or passage.title
        articles[key] = f"{articles.get(key, passage.title)}\n{passage.text}"
    context = {key: (met(asked, concepts(text)), _share(wanted, set(words(text)))) for key, text in articles.items()}
    for passage in passages:
        for start, end in passage.sentences:
            text = passage.text[start:end]
            has = content_words(text)
            found = bool(kind_spans(kind, text, question))
            rows.append(
                (
                    met(asked, concepts(text)),
                    _share(pairs, set(pairwise(has))) if pairs else 0.0,
                    *context[passage.article or passage.title],
                    float(kind != "other" and found),
                    float(kind != "other" and not found),
                    float(len(has) < 5),
                    float(text.rstrip("\"'”’ ").endswith("?")),
                )
            )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(LEXICAL_FEATURES))


def met(asked: Sequence[frozenset[str]], has: Sequence[frozenset[str]]) -> float:
    """The share of the words asked for that have a word of the same meaning; 1 where none is asked for."""
    there = frozenset().union(*has)
    return sum(not there.isdisjoint(word) for word in asked) / len(asked) if asked else 1.0


def _share(wanted: Set[object], found: Set[object]) -> float:
    """How much of what is wanted was found; 1 where nothing is wanted."""
    return len(wanted & found) / len(wanted) if wanted else 1.0
