"""The record: what writes it. One transaction an article, or as many together as `transaction` holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.article import Article, Passage, Sentence, embedded_text, text_hash
from index.store.reading import RecordReader
from index.store.rows import (
    article_hash,
    delete_article,
    drop_unused_vectors,
    grow_revision,
    keyword_row,
    rebuild_keywords,
    set_meta,
)
from index.store.schema import sqlite_errors
from index.store.state import GenerationInfo, Unfinished, as_json

Vectors = Mapping[str, NDArray[np.float32]]


class Record(RecordReader):
    """The SQLite file of a store, for reading and writing.

    Every method that writes raises StoreError where there is no room, and then has changed nothing.
    """

    @classmethod
    def for_writing(cls, path: Path, *, create: bool = False) -> Self:
        """The record for the one process that holds the writer lock: it never goes on in another file."""
        return cls(path, create=create, writing=True)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A block whose writes are stored together when it ends, or not at all. Blocks may be nested."""
        db = self._db()
        if db.in_transaction:
            yield db
            return
        with sqlite_errors(self.path):
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk has rolled it back already
                    db.execute("ROLLBACK")
                raise

    # Articles

    def put_article(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        passages: Sequence[Passage],
        *,
        recipe: str,
        model: str = "",
        vectors: Vectors = MappingProxyType({}),
    ) -> None:
        """Store an article with its sentences, passages and their vectors, in place of the one with its id.

        Args:
            model: fingerprint of the embedding model.
            vectors: vectors [dimensions] by text hash, those of its passages among them.
        """
        hashes = [text_hash(embedded_text(article.title, passage.text)) for passage in passages]
        with self.transaction() as db:
            before = delete_article(db, article.id) or set()
            key = _insert_article(db, article, recipe, grow_revision(db))
            db.executemany(
                "INSERT INTO sentence VALUES (?, ?, ?, ?)", ((key, n, s.start, s.end) for n, s in enumerate(sentences))
            )
            for passage, digest in zip(passages, hashes, strict=True):
                _insert_passage(db, key, article.title, passage, digest)
            _insert_vectors(db, model, {h: vectors[h] for h in hashes if h in vectors})
            drop_unused_vectors(db, before - set(hashes))

    def remove_article(self, article_id: str) -> bool:
        """Remove an article with its passages and their vectors; False if there is none with this id."""
        with self.transaction() as db:
            hashes = delete_article(db, article_id)
            if hashes is None:
                return False
            drop_unused_vectors(db, hashes)
            grow_revision(db)
        return True

    def keep_out(self, article_id: str) -> None:
        """Note that an article is removed by hand: it stays out while its text is the same. To be called before."""
        with self.transaction() as db:
            row = db.execute("SELECT path, text FROM article WHERE id = ?", (article_id,)).fetchone()
            if row is not None:
                values = (article_id, row[0], text_hash(row[1]))
                db.execute("INSERT OR REPLACE INTO removed VALUES (?, ?, ?)", values)

    def let_in(self, article_ids: Iterable[str]) -> None:
        """Forget that articles were removed by hand."""
        with self.transaction() as db:
            db.executemany("DELETE FROM removed WHERE id = ?", ((article_id,) for article_id in article_ids))

    def move_article(self, article: Article) -> None:
        """Note which file, and what bytes of it, an article that did not change is now read from."""
        self._write(
            "UPDATE article SET path = ?, file_sha256 = ? WHERE id = ?",
            (article.path or "", article.file_sha256, article.id),
        )

    def move_articles_of_file(self, path: str, file_sha256: str) -> None:
        """Note that all articles of a file are now read from other bytes of it."""
        self._write("UPDATE article SET file_sha256 = ? WHERE path = ?", (file_sha256, path))

    def distrust(self, article_ids: Iterable[str]) -> None:
        """Forget the hashes of articles, so that whatever their files hold is a change; what is no text becomes one."""
        with self.transaction() as db:
            for article_id in article_ids:
                for (raw,) in db.execute(
                    "SELECT CAST(text AS BLOB) FROM article WHERE id = ?", (article_id,)
                ).fetchall():
                    text = raw.decode("utf-8", "replace")
                    db.execute("UPDATE article SET sha256 = '', text = ? WHERE id = ?", (text, article_id))

    # Vectors

    def drop_unused_vectors(self, but: str) -> int:
        """Remove the vectors of all models but one, and of texts that are in no passage. How many."""
        with self.transaction() as db:
            query = "DELETE FROM embedding WHERE model != ? OR text_hash NOT IN (SELECT text_hash FROM passage)"
            return db.execute(query, (but,)).rowcount

    def drop_vectors(self, hashes: Iterable[str]) -> None:
        """Remove the vectors of these text hashes, which then have to be made again."""
        with self.transaction() as db:
            db.executemany("DELETE FROM embedding WHERE text_hash = ?", ((digest,) for digest in hashes))

    def rebuild_keywords(self) -> int:
        """Make the keyword index again from the articles. How many passages it has then."""
        with self.transaction() as db:
            rebuild_keywords(db)
            return int(db.execute("SELECT count(*) FROM passage").fetchone()[0])

    def shrink(self) -> int:
        """Give back what the file holds for nothing. How many bytes."""
        with sqlite_errors(self.path):
            before = self.path.stat().st_size
            self._db().execute("VACUUM")
            self._db().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return max(0, before - self.path.stat().st_size)

    # Files

    def put_file(self, path: str, sha256: str, recipe: str, stamp: str | None = None) -> None:
        """Note that a file was read to its end."""
        self._write("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", (path, sha256, recipe, stamp))

    def set_day_orders(self, orders: Mapping[str, bool | None]) -> None:
        """Note whether each source writes the day before the month."""
        if orders != self.day_orders():
            with self.transaction() as db:
                set_meta(db, "day_orders", json.dumps(orders, ensure_ascii=False, sort_keys=True))

    def forget_file(self, path: str) -> None:
        """Forget that a file was read."""
        self._write("DELETE FROM file WHERE path = ?", (path,))

    # The whole

    def set_model(self, fingerprint: str, name: str) -> None:
        """Note which embedding model the vectors are of."""
        with self.transaction() as db:
            set_meta(db, "model", fingerprint)
            set_meta(db, "model_name", name)

    def set_generation(self, info: GenerationInfo | None) -> None:
        """Point to the generation that is read from now on: the only commit point of a build. None: to none."""
        with self.transaction() as db:
            set_meta(db, "generation", None if info is None else as_json(info))
        # What it replaces is removed later, so this must have reached the disk before: in WAL mode, by a checkpoint.
        self._checkpoint()

    def begin_run(self, run: Unfinished) -> None:
        """Note that a run begins. If it is killed, the next one finds this note."""
        with self.transaction() as db:
            set_meta(db, "unfinished", as_json(run))

    def end_run(self) -> None:
        """Note that a run came to its end; what it withdrew then leaves the journal, if nobody reads it just now."""
        with self.transaction() as db:
            set_meta(db, "unfinished", None)
        self._checkpoint()

    def _checkpoint(self) -> None:
        with sqlite_errors(self.path):
            self._db().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _write(self, statement: str, values: Iterable[object]) -> None:
        with self.transaction() as db:
            db.execute(statement, tuple(values))


def _insert_article(db: sqlite3.Connection, article: Article, recipe: str, revision: int) -> int:
    day = article.date.isoformat() if article.date else None
    updated = article.updated.isoformat() if article.updated else None
    cursor = db.execute(
        "INSERT INTO article (id, title, text, body, date, source, url, path, file_sha256, updated, sha256, recipe, "
        "revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, article.title, article.text, article.body, day, article.source, article.url,
         article.path or "", article.file_sha256, updated, article_hash(article), recipe, revision),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def _insert_passage(db: sqlite3.Connection, key: int, title: str, passage: Passage, digest: str) -> None:
    rowid = db.execute(
        "INSERT INTO passage (id, article, first, last, start, end, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (passage.id, key, passage.first, passage.last, passage.start, passage.end, digest),
    ).lastrowid
    row = keyword_row(int(rowid or 0), title, passage.text)
    db.execute("INSERT INTO keyword (rowid, title, body) VALUES (?, ?, ?)", row)


def _insert_vectors(db: sqlite3.Connection, model: str, vectors: Vectors) -> None:
    rows = ((digest, model, vector.astype("<f2").tobytes()) for digest, vector in vectors.items())
    db.executemany("INSERT OR IGNORE INTO embedding VALUES (?, ?, ?)", rows)
