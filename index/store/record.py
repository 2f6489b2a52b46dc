"""The record: articles, sentences, passages, vectors and the keyword index, in SQLite, one transaction an article."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.article import Article, Passage, Sentence, text_hash
from index.passages import embedded_text
from index.store.connections import Connections
from index.store.rows import (
    ARTICLE_COLUMNS,
    article_hash,
    article_of,
    batches,
    delete_article,
    grow_revision,
    marks,
)

__all__ = ["Record"]


class Record:
    """The SQLite file of a store. Safe to share between threads: each has a connection of its own.

    Raises (on opening):
        NoIndexError, IncompatibleError, StoreError: as `index.store.schema.connect` says.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._connections = Connections(path, create=create)
        self._db()  # so that a fault shows on opening

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    def _db(self) -> sqlite3.Connection:
        return self._connections.own()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._db()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise

    # Facts about the whole

    def get_meta(self, key: str) -> str | None:
        """The value stored under a key, or None."""
        row = self._db().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Store a value under a key."""
        self._db().execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def revision(self) -> int:
        """A number that grows with every change of the passages; 0 for an empty record."""
        return int(self.get_meta("revision") or 0)

    def counts(self) -> dict[str, int]:
        """How many articles, sentences and passages there are."""
        db = self._db()
        return {
            f"{t}s": int(db.execute(f"SELECT count(*) FROM {t}").fetchone()[0])
            for t in ("article", "sentence", "passage")
        }

    # Writing

    def put_article(
        self, article: Article, sentences: Sequence[Sentence], passages: Sequence[Passage], *, recipe: str
    ) -> None:
        """Store an article with its sentences and passages, in place of the one with its id, in one transaction."""
        with self._transaction() as db:
            delete_article(db, article.id)
            day = article.date.isoformat() if article.date else None
            key = db.execute(
                "INSERT INTO article (id, title, text, body, date, source, url, path, sha256, recipe) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (article.id, article.title, article.text, article.body, day, article.source, article.url,
                 article.path or "", article_hash(article), recipe),
            ).lastrowid  # fmt: skip
            db.executemany(
                "INSERT INTO sentence VALUES (?, ?, ?, ?)", ((key, n, s.start, s.end) for n, s in enumerate(sentences))
            )
            for passage in passages:
                rowid = db.execute(
                    "INSERT INTO passage (id, article, first, last, start, end, text_hash) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (passage.id, key, passage.first, passage.last, passage.start, passage.end,
                     text_hash(embedded_text(article.title, passage.text))),
                ).lastrowid  # fmt: skip
                db.execute(
                    "INSERT INTO keyword (rowid, title, body) VALUES (?, ?, ?)", (rowid, article.title, passage.text)
                )
            grow_revision(db)

    def remove_article(self, article_id: str) -> bool:
        """Remove an article and its passages; False if there is none with this id."""
        with self._transaction() as db:
            removed = delete_article(db, article_id)
            if removed:
                grow_revision(db)
        return removed

    def drop_unused_vectors(self, model: str) -> None:
        """Remove the vectors of other models, and of texts that are no longer in any passage."""
        self._db().execute(
            "DELETE FROM embedding WHERE model != ? OR text_hash NOT IN (SELECT text_hash FROM passage)", (model,)
        )

    def move_article(self, article_id: str, path: str) -> None:
        """Note that an article that did not change is now read from another file."""
        self._db().execute("UPDATE article SET path = ? WHERE id = ?", (path, article_id))

    def put_vectors(self, model: str, hashes: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store the vectors [n, dimensions] of n embedded texts, as float16."""
        rows = zip(hashes, (row.tobytes() for row in vectors.astype("<f2")), strict=True)
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?, ?)", ((h, model, v) for h, v in rows))

    def put_file(self, path: str, sha256: str, recipe: str) -> None:
        """Note that a file was read to its end."""
        self._db().execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (path, sha256, recipe))

    def forget_file(self, path: str) -> None:
        """Forget that a file was read."""
        self._db().execute("DELETE FROM file WHERE path = ?", (path,))

    # Reading

    def article(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        row = self._db().execute(f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else article_of(row)

    def articles(self) -> Iterator[Article]:
        """All articles, by id."""
        ids = [row[0] for row in self._db().execute("SELECT id FROM article ORDER BY id")]
        for article_id in ids:
            article = self.article(article_id)
            if article is not None:
                yield article

    def fingerprint(self) -> str:
        """One hash over all articles: the same articles give the same, whatever order they came in."""
        rows = self._db().execute("SELECT id, sha256 FROM article ORDER BY id").fetchall()
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    def article_state(self, article_id: str) -> tuple[str, str, str] | None:
        """Path, hash and recipe of the stored article with this id, or None."""
        query = "SELECT path, sha256, recipe FROM article WHERE id = ?"
        row: tuple[str, str, str] | None = self._db().execute(query, (article_id,)).fetchone()
        return row

    def articles_of_file(self, path: str) -> set[str]:
        """The ids of the articles that were read from a file."""
        return {row[0] for row in self._db().execute("SELECT id FROM article WHERE path = ?", (path,))}

    def file_state(self, path: str) -> tuple[str, str] | None:
        """Hash and recipe of a file when it was last read to its end, or None."""
        query = "SELECT sha256, recipe FROM file WHERE path = ?"
        row: tuple[str, str] | None = self._db().execute(query, (path,)).fetchone()
        return row

    def file_paths(self) -> list[str]:
        """All files that articles were read from."""
        return [row[0] for row in self._db().execute("SELECT DISTINCT path FROM article UNION SELECT path FROM file")]

    def sentences(self, article_id: str) -> list[Sentence]:
        """The sentences of an article, in order."""
        rows = self._db().execute(
            "SELECT sentence.start, sentence.end FROM sentence JOIN article ON article.key = sentence.article "
            "WHERE article.id = ? ORDER BY n",
            (article_id,),
        )
        return [Sentence(*row) for row in rows]

    def passages(self, ids: Iterable[str]) -> dict[str, tuple[Passage, Article]]:
        """The passages with these ids that are (still) stored, each with its article."""
        found: dict[str, tuple[Passage, Article]] = {}
        for some in batches(list(ids)):
            rows = self._db().execute(
                f"SELECT passage.id, first, last, start, end, {ARTICLE_COLUMNS} FROM passage "
                f"JOIN article ON article.key = passage.article WHERE passage.id IN ({marks(some)})",
                some,
            )
            for passage_id, first, last, start, end, *rest in rows:
                article = article_of(rest)
                text = article.text[start:end]
                found[passage_id] = (Passage(passage_id, article.id, first, last, start, end, text), article)
        return found

    def passage_hashes(self) -> dict[str, str]:
        """The hash of the embedded text, for every passage id."""
        return dict(self._db().execute("SELECT id, text_hash FROM passage ORDER BY key"))

    def vectors(self, model: str, hashes: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The stored vectors of these text hashes; those without one are left out."""
        found: dict[str, NDArray[np.float32]] = {}
        for some in batches(list(hashes)):
            rows = self._db().execute(
                f"SELECT text_hash, vector FROM embedding WHERE model = ? AND text_hash IN ({marks(some)})",
                [model, *some],
            )
            found |= {h: np.frombuffer(blob, dtype="<f2").astype(np.float32) for h, blob in rows}
        return found

    def keyword_search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Passage ids and BM25 scores (higher is better) for an FTS5 query, best first."""
        rows = self._db().execute(
            "SELECT passage.id, -hits.score FROM (SELECT rowid, bm25(keyword, 1.0, 1.0) AS score FROM keyword "
            "WHERE keyword MATCH ? ORDER BY score LIMIT ?) AS hits JOIN passage ON passage.key = hits.rowid "
            "ORDER BY hits.score, passage.id",
            (query, limit),
        )
        return [(row[0], float(row[1])) for row in rows]
