"""Shards: a few hundred texts of consecutive articles, which are embedded, and then stored, together.

Where the texts are embedded is the embedding's affair: in this process, or, by a `ShardedEmbedding`, in others. The
shards may then arrive in any order; whoever asked for them stores each as it comes. A text is named by its hash, so a
shard that was stored is never made again, and one that was not is made by the next run: shards need no state of their
own.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.article import Article, Passage, Sentence
from index.embedding import Embedding

__all__ = ["SHARD_TEXTS", "Shard", "ShardedEmbedding", "SplitArticle", "Vectors", "cut_shards", "embed_shards"]

SHARD_TEXTS = 256
"""Texts of a shard, or a few more, for an article is not divided: some seconds of one core."""

Vectors: TypeAlias = NDArray[np.float32]


@runtime_checkable
class ShardedEmbedding(Embedding, Protocol):
    """An embedding that embeds many shards side by side.

    Attributes:
        shard_texts: how many texts a shard should have.
        window: how many passages should come together before they are handed over.
    """

    shard_texts: int
    window: int

    def encode_shards(self, shards: Sequence[Sequence[str]]) -> Iterator[tuple[int, Vectors]]:
        """The vectors of each shard, in any order: its number, and shape `[len(shards[number]), dimensions]`."""
        ...


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """An article, how it was split, and the texts of its passages as they are embedded, by their hashes."""

    article: Article
    sentences: Sequence[Sentence]
    passages: Sequence[Passage]
    texts: dict[str, str]


@dataclass(slots=True)
class Shard:
    """Articles, and those of their texts that have no vector yet, by their hashes."""

    articles: list[SplitArticle] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def cut_shards(articles: Iterable[SplitArticle], known: Container[str], size: int) -> list[Shard]:
    """Put articles into shards, in order; a text that several of them have is in the first one's shard only.

    Args:
        known: the hashes of the texts that have a vector.
        size: from so many texts on, a shard is full.
    """
    shards = [Shard()]
    seen: set[str] = set()
    for article in articles:
        if len(shards[-1].texts) >= size:
            shards.append(Shard())
        new = {digest: text for digest, text in article.texts.items() if digest not in known and digest not in seen}
        seen |= new.keys()
        shards[-1].articles.append(article)
        shards[-1].texts |= new
    return shards


def embed_shards(embedding: Embedding, shards: Sequence[Shard]) -> Iterator[tuple[Shard, dict[str, Vectors]]]:
    """Each shard with the vectors of its texts `[dimensions]` by hash, as it is done: in any order."""
    texts = [list(shard.texts.values()) for shard in shards]
    if isinstance(embedding, ShardedEmbedding):
        encoded = embedding.encode_shards(texts)
    else:
        encoded = ((number, embedding.encode(some)) for number, some in enumerate(texts))
    for number, vectors in encoded:
        yield shards[number], dict(zip(shards[number].texts, vectors, strict=True))
