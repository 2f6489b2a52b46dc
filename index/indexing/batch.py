"""Articles on their way into the record: split into passages, embedded together, stored each by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from index.article import TITLE_LIMIT, Article, Passage, Sentence, embedded_text, text_hash
from index.embedding import Embedding
from index.language.sentences import split_sentences
from index.language.words import folded
from index.sharding import SHARD_TEXTS, ShardedEmbedding, SplitArticle, Vectors, cut_shards, embed_shards
from index.store.record import Record


def group_sentences(
    article: Article, sentences: Sequence[Sentence], token_counts: Sequence[int], *, limit: int
) -> list[Passage]:
    """The passages of an article: consecutive runs of its body's sentences, each of at most `limit` tokens.

    The runs are about equally long, so that the last one is not a scrap without context. A sentence that is longer than
    `limit` by itself is a passage of its own. The headline and header lines before `article.body` belong to no passage:
    the headline is embedded with every passage instead.

    Args:
        token_counts: tokens of each sentence, without special tokens.
        limit: tokens that a passage may have, the headline not counted.
    """
    first = next((n for n, sentence in enumerate(sentences) if sentence.end > article.body), len(sentences))
    total = sum(token_counts[first:])
    target = total / max(1, -(-total // limit))
    runs: list[tuple[int, int]] = []
    run_start, used = first, 0
    for n in range(first, len(sentences)):
        too_long = used + token_counts[n] > limit
        # A run ends at the sentence boundary nearest to its fair share of the article.
        past_target = used + token_counts[n] / 2 > target
        if n > run_start and (too_long or past_target):
            runs.append((run_start, n - 1))
            run_start, used = n, 0
        used += token_counts[n]
    if run_start < len(sentences):
        runs.append((run_start, len(sentences) - 1))
    return [_passage(article, sentences, start, end) for start, end in runs]


def _passage(article: Article, sentences: Sequence[Sentence], first: int, last: int) -> Passage:
    # A sentence that the body starts inside of would be a fault of the file's format; it is kept whole.
    start, end = sentences[first].start, sentences[last].end
    text = article.text[start:end]
    identity = f"{article.id}\x00{start}\x00{article.title}\x00{text}".encode("utf-8", "surrogatepass")
    return Passage(
        id=hashlib.sha256(identity).hexdigest()[:32],
        article_id=article.id,
        first=first,
        last=last,
        start=start,
        end=end,
        text=text,
    )


_SPLITTING = 2  # raise it when sentences or passages come out differently: every file is then read again


class Batch:
    """The articles that were taken and are not stored yet.

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
