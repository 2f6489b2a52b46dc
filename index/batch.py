"""Articles on their way into the record: split, embedded together, stored each in a transaction of its own."""

from __future__ import annotations

from index.article import Article, Passage, Sentence, text_hash
from index.embedding import Embedding
from index.passages import TITLE_LIMIT, embedded_text, group_sentences
from index.sentences import split_sentences
from index.store.record import Record

__all__ = ["Batch"]

_SPLITTING = 1  # raise it when sentences or passages come out differently: every file is then read again
_PASSAGES = 256  # passages that are embedded, and then stored, together


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
        self._limit = min(passage_tokens, embedding.max_tokens - 2)
        self.recipe = f"{_SPLITTING}/{self._limit}"
        self._articles: list[tuple[Article, list[Sentence], list[Passage]]] = []
        self._files: list[tuple[str, str, str | None]] = []
        self._passages = 0

    def take(self, article: Article) -> None:
        """Split an article; it is stored when enough have come together."""
        sentences = split_sentences(article.text)
        title = article.title[:TITLE_LIMIT]
        counts = self._embedding.count_tokens([title, *(article.text[s.start : s.end] for s in sentences)])
        limit = max(self._limit // 2, self._limit - counts[0])
        passages = group_sentences(article, sentences, counts[1:], limit=limit)
        self._articles.append((article, sentences, passages))
        self._passages += len(passages)
        if self._passages >= _PASSAGES:
            self.flush()

    def take_file(self, path: str, sha256: str, stamp: str | None) -> None:
        """Note that a file was read to its end, as soon as the articles that were taken before are stored."""
        self._files.append((path, sha256, stamp))

    def flush(self) -> None:
        """Embed and store the articles taken so far, each vector together with the first article that needs it."""
        texts = {
            text_hash(text): text
            for article, _, passages in self._articles
            for text in (embedded_text(article.title, passage.text) for passage in passages)
        }
        model = self._embedding.fingerprint
        vectors = self._record.vectors(model, texts)
        new = [digest for digest in texts if digest not in vectors]
        if new:
            vectors |= zip(new, self._embedding.encode([texts[digest] for digest in new]), strict=True)
        for article, sentences, passages in self._articles:
            self._record.put_article(article, sentences, passages, recipe=self.recipe, model=model, vectors=vectors)
        # Only now: a file whose articles are not all stored must be read again.
        with self._record.transaction():
            for path, sha256, stamp in self._files:
                self._record.put_file(path, sha256, self.recipe, stamp)
        self._articles.clear()
        self._files.clear()
        self._passages = 0
