"""Articles on their way into the record: split, embedded together, stored each in a transaction of its own."""

from __future__ import annotations

from index.article import TITLE_LIMIT, Article, embedded_text, text_hash
from index.embedding import Embedding
from index.indexing.passages import group_sentences
from index.language.fold import folded
from index.language.sentences.splitting import split_sentences
from index.sharding import SHARD_TEXTS, ShardedEmbedding, SplitArticle, Vectors, cut_shards, embed_shards
from index.store.record import Record

_SPLITTING = 2  # raise it when sentences or passages come out differently: every file is then read again


class Batch:
    """The articles that were taken and are not stored yet.

    Args:
        record: where they go.
        embedding: the model of their vectors.
        passage_tokens: upper bound of a passage's length.

    Attributes:
        recipe: names what articles are split with; another recipe means that they are to be split again.
    """

    def __init__(self, record: Record, embedding: Embedding, passage_tokens: int) -> None:
        self._record = record
        self._embedding = embedding
        sharded = embedding if isinstance(embedding, ShardedEmbedding) else None
        self._window = sharded.window if sharded else SHARD_TEXTS
        self._shard_texts = sharded.shard_texts if sharded else SHARD_TEXTS
        self._limit = min(passage_tokens, embedding.max_tokens - 2)
        self.recipe = f"{_SPLITTING}/{self._limit}"
        self._articles: list[SplitArticle] = []
        self._files: list[tuple[str, str, str | None]] = []
        self._passages = 0

    def take(self, article: Article) -> None:
        """Split an article; it is stored when enough have come together."""
        sentences = split_sentences(article.text)
        title = article.title[:TITLE_LIMIT]
        counts = self._embedding.count_tokens([title, *(article.text[s.start : s.end] for s in sentences)])
        limit = max(self._limit // 2, self._limit - counts[0])
        passages = group_sentences(article, sentences, counts[1:], limit=limit)
        texts = {text_hash(text): folded(text) for text in (embedded_text(article.title, p.text) for p in passages)}
        self._articles.append(SplitArticle(article, sentences, passages, texts))
        self._passages += len(passages)
        if self._passages >= self._window:
            self.flush()

    def take_file(self, path: str, sha256: str, stamp: str | None) -> None:
        """Note that a file was read to its end, as soon as the articles that were taken before are stored."""
        self._files.append((path, sha256, stamp))

    def flush(self) -> None:
        """Embed and store the articles taken so far, each vector together with the first article that needs it."""
        hashes = {digest for article in self._articles for digest in article.texts}
        vectors = self._record.vectors(self._embedding.fingerprint, hashes)
        shards = cut_shards(self._articles, vectors, self._shard_texts)
        waiting: list[SplitArticle] = []
        for shard, found in embed_shards(self._embedding, shards):
            vectors |= found
            waiting = self._store([*waiting, *shard.articles], vectors)
        # Only now: a file whose articles are not all stored must be read again.
        with self._record.transaction():
            for path, sha256, stamp in self._files:
                self._record.put_file(path, sha256, self.recipe, stamp)
        self._articles.clear()
        self._files.clear()
        self._passages = 0

    def _store(self, articles: list[SplitArticle], vectors: dict[str, Vectors]) -> list[SplitArticle]:
        """Store the articles whose vectors are all there; the others share a text with a shard that is to come."""
        model, waiting = self._embedding.fingerprint, []
        for split in articles:
            if split.texts.keys() <= vectors.keys():
                self._record.put_article(
                    split.article, split.sentences, split.passages, recipe=self.recipe, model=model, vectors=vectors
                )
            else:
                waiting.append(split)
        return waiting
