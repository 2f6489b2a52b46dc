"""What the record knows of files: what was read from which, as it was then, and what of it was removed by hand."""

from __future__ import annotations

import json

from index.article import Article, text_hash
from index.store.rows import StoredRows


class StoredFiles(StoredRows):
    """The part of a record that is about files."""

    def article_state(self, article_id: str) -> tuple[str, str, str] | None:
        """Path, hash and recipe of the stored article with this id, or None."""
        rows = self._rows("SELECT path, sha256, recipe FROM article WHERE id = ?", (article_id,))
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def articles_of_file(self, path: str) -> set[str]:
        """The ids of the articles that were read from a file."""
        return {row[0] for row in self._rows("SELECT id FROM article WHERE path = ?", (path,))}

    def states_of_file(self, path: str) -> dict[str, tuple[str, str]]:
        """Hash and recipe of the articles that were read from a file, by id."""
        return {
            row[0]: (row[1], row[2])
            for row in self._rows("SELECT id, sha256, recipe FROM article WHERE path = ?", (path,))
        }

    def file_state(self, path: str) -> tuple[str, str, str | None] | None:
        """Hash, recipe and stamp of a file when it was last read to its end, or None."""
        rows = self._rows("SELECT sha256, recipe, stamp FROM file WHERE path = ?", (path,))
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def file_paths(self, below: str | None = None) -> list[str]:
        """All files that articles were read from; or the file `below`, if it is one, and those below that folder."""
        both = "SELECT path FROM article UNION SELECT path FROM file"
        if below is None:
            return [row[0] for row in self._rows(both)]
        condition, values = _at_or_below(below)
        return [row[0] for row in self._rows(f"SELECT path FROM ({both}) WHERE {condition}", values)]

    def files_of_one_article(self) -> dict[str, list[tuple[str, str]]]:
        """The id and the path of every article that has a file to itself, by the hash of the file's bytes."""
        found: dict[str, list[tuple[str, str]]] = {}
        query = "SELECT file_sha256, min(id), path FROM article GROUP BY path HAVING count(*) = 1 ORDER BY path"
        for sha256, article_id, path in self._rows(query):
            found.setdefault(str(sha256), []).append((str(article_id), str(path)))
        return found

    def day_orders(self) -> dict[str, bool | None]:
        """Whether each source writes the day before the month; None where its dates contradict each other."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'day_orders'")
        return dict(json.loads(rows[0][0])) if rows else {}

    def removed_texts(self) -> set[str]:
        """The hashes of the texts of articles that were removed by hand, and stay out while they are the same."""
        return {row[0] for row in self._rows("SELECT text_hash FROM removed")}

    def removed_ids_of_file(self, path: str) -> list[str]:
        """The ids of the articles of a file that were removed by hand."""
        return [row[0] for row in self._rows("SELECT id FROM removed WHERE path = ? ORDER BY id", (path,))]

    def is_removed(self, article: Article) -> bool:
        """Whether this article, by its id or its file, was removed by hand with just this text."""
        query = "SELECT 1 FROM removed WHERE (id = ? OR path = ?) AND text_hash = ?"
        return bool(self._rows(query, (article.id, article.path or "", text_hash(article.text))))

    def removed_below(self, path: str) -> list[tuple[str, str]]:
        """The ids and the files of what was removed by hand, of a file or of those below a folder."""
        condition, values = _at_or_below(path)
        return [(row[0], row[1]) for row in self._rows(f"SELECT id, path FROM removed WHERE {condition}", values)]

    def removed_file(self, article_id: str) -> str | None:
        """The file of an article that was removed by hand; None if none of this id was."""
        rows = self._rows("SELECT path FROM removed WHERE id = ?", (article_id,))
        return str(rows[0][0]) if rows else None


def _at_or_below(path: str) -> tuple[str, list[str]]:
    """That a column `path` is this one or lies below it, as a condition and its values."""
    folder = path.rstrip("/\\")
    values = [path, *(bound for mark in "/\\" for bound in (folder + mark, folder + chr(ord(mark) + 1)))]
    return "(path = ? OR (path >= ? AND path < ?) OR (path >= ? AND path < ?))", values
