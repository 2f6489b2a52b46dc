"""One run of indexing: which articles changed, in batches through splitting and embedding into the record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.article import Article, Passage, Sentence, text_hash
from index.embedding import Embedding
from index.errors import ArticleError
from index.files import FileContent, read_file
from index.passages import TITLE_LIMIT, embedded_text, group_sentences
from index.sentences import split_sentences
from index.store.building import build_generation
from index.store.generation import GenerationInfo, current_name, read_info
from index.store.record import Record
from index.store.rows import article_hash

__all__ = ["IndexRun", "IndexSummary", "Progress", "report"]

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how much of it is done, and of how much."""

_SPLITTING = 1  # raise it when sentences or passages come out differently: every file is then read again
_BATCH = 256  # passages that are embedded, and then stored, together


@dataclass(slots=True)
class IndexSummary:
    """What one run did.

    Attributes:
        added, updated, unchanged, removed: numbers of articles.
        kept: articles of files with faults, which stay in the store as they were.
        errors: what could not be used, and why.
        articles, sentences, passages: how many the store holds now.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0
    errors: list[ArticleError] = field(default_factory=list)
    articles: int = 0
    sentences: int = 0
    passages: int = 0


class IndexRun:
    """One run over a store whose writer lock is held."""

    def __init__(self, record: Record, embedding: Embedding, passage_tokens: int) -> None:
        self.record = record
        self.embedding = embedding
        self.limit = min(passage_tokens, embedding.max_tokens - 2)
        self.recipe = f"{_SPLITTING}/{self.limit}"
        self.summary = IndexSummary()
        self.claimed: dict[str, str] = {}
        self.pending: list[tuple[Article, list[Sentence], list[Passage]]] = []
        self.pending_files: list[tuple[str, str]] = []
        self.pending_passages = 0

    def take_file(self, path: Path) -> None:
        """Read a file, unless nothing in it changed, and take the articles that did."""
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); check the file and its permissions."
            self.summary.errors.append(ArticleError(str(path), reason))
            self.summary.kept += len(self.record.articles_of_file(str(path)))
            return
        digest = hashlib.sha256(data).hexdigest()
        known = self.record.articles_of_file(str(path))
        if self.record.file_state(str(path)) == (digest, self.recipe):
            self.summary.unchanged += len(known)
            self.claimed |= dict.fromkeys(known, str(path))
            return
        content = read_file(path, data)
        self._claim(content, str(path))
        for article in content.articles:
            self._take_if_changed(article)
        self.summary.errors += content.errors
        # A broken line may be an article that is stored; and a file that is read again reports its faults again.
        if content.errors:
            self.summary.kept += len(known - {article.id for article in content.articles})
        else:
            self._remove(known - {article.id for article in content.articles})
            self.pending_files.append((str(path), digest))

    def _claim(self, content: FileContent, path: str) -> None:
        """Drop the articles whose id another article has already."""
        for article in list(content.articles):
            state = self.record.article_state(article.id)
            other = self.claimed.get(article.id)
            if other is None and state is not None and state[0] != path and Path(state[0]).exists():
                other = state[0]
            if other is not None:
                content.articles.remove(article)
                place = "twice in this file" if other == path else f"already that of an article in {other}"
                content.errors.append(
                    ArticleError(path, f"the id {article.id!r} is {place}; give one of the two another `id`.")
                )
            else:
                self.claimed[article.id] = path

    def _take_if_changed(self, article: Article) -> None:
        state = self.record.article_state(article.id)
        if state is not None and state[1:] == (article_hash(article), self.recipe):
            self.summary.unchanged += 1
            if state[0] != article.path:
                self.record.move_article(article.id, article.path or "")
            return
        self.take_article(article)
        if state is None:
            self.summary.added += 1
        else:
            self.summary.updated += 1

    def take_article(self, article: Article) -> None:
        """Split an article; it is embedded and stored with the next batch."""
        sentences = split_sentences(article.text)
        title = article.title[:TITLE_LIMIT]
        counts = self.embedding.count_tokens([title, *(article.text[s.start : s.end] for s in sentences)])
        limit = max(self.limit // 2, self.limit - counts[0])
        passages = group_sentences(article, sentences, counts[1:], limit=limit)
        self.pending.append((article, sentences, passages))
        self.pending_passages += len(passages)
        if self.pending_passages >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Embed and store the articles taken so far, each in a transaction of its own."""
        texts = {
            text_hash(text): text
            for article, _, passages in self.pending
            for text in (embedded_text(article.title, passage.text) for passage in passages)
        }
        for known in self.record.vectors(self.embedding.fingerprint, texts):
            del texts[known]
        if texts:
            vectors = self.embedding.encode(list(texts.values()))
            self.record.put_vectors(self.embedding.fingerprint, list(texts), vectors)
        for article, sentences, passages in self.pending:
            self.record.put_article(article, sentences, passages, recipe=self.recipe)
        # Only now: a file whose articles are not all stored must be read again.
        for path, digest in self.pending_files:
            self.record.put_file(path, digest, self.recipe)
        self.pending.clear()
        self.pending_files.clear()
        self.pending_passages = 0

    def remove_vanished(self, folders: Sequence[Path]) -> None:
        """Remove the articles of files below `folders` that do not exist any more."""
        roots = [folder.resolve() for folder in folders]
        for stored in map(Path, self.record.file_paths()):
            if any(stored.is_relative_to(root) for root in roots) and not stored.exists():
                self._remove(self.record.articles_of_file(str(stored)))
                self.record.forget_file(str(stored))

    def names(self, name: str) -> tuple[set[str], list[str]] | None:
        """The articles, and the files they came from, that an id or a path stands for; None if it stands for none."""
        state = self.record.article_state(name)
        if state is not None:
            return {name}, [state[0]]  # the file has more in it than is stored then, so it must be read again
        root = Path(name).resolve()
        files = [path for path in self.record.file_paths() if Path(path).is_relative_to(root)]
        return ({i for path in files for i in self.record.articles_of_file(path)}, files) if files else None

    def remove_named(self, name: str) -> None:
        """Remove what `names` finds."""
        ids, files = self.names(name) or (set(), [])
        self._remove(ids)
        for path in files:
            self.record.forget_file(path)

    def _remove(self, article_ids: set[str]) -> None:
        for article_id in sorted(article_ids):
            self.summary.removed += self.record.remove_article(article_id)

    def finish(self, home: Path, progress: Progress | None) -> IndexSummary:
        """Bring the vector index up to date, and count."""
        record, model = self.record, self.embedding.fingerprint
        counts = record.counts()
        if counts["passages"]:
            record.set_meta("model", model)
            record.set_meta("model_name", self.embedding.name)
        record.drop_unused_vectors(model)
        info = GenerationInfo(record.revision, model, counts["passages"])
        name = current_name(home)
        if name is None or read_info(home, name) != info:
            hashes = record.passage_hashes()

            def vectors_of(ids: Sequence[str]) -> NDArray[np.float32]:
                found = record.vectors(model, {hashes[i] for i in ids})
                return np.stack([found[hashes[i]] for i in ids])

            build_generation(
                home, info, list(hashes), vectors_of, lambda done, of: report(progress, "Vector index", done, of)
            )
        self.summary.articles = counts["articles"]
        self.summary.sentences = counts["sentences"]
        self.summary.passages = counts["passages"]
        return self.summary


def report(progress: Progress | None, stage: str, done: int, total: int) -> None:
    """Tell how far a stage is, if anybody wants to know."""
    if progress:
        progress(stage, done, total)
