"""What the doctor says of a store, and the record as it reads it: what of it contradicts the rest."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np

from index.store.reading import RecordReader

_FAULTS = 20  # how many faults SQLite lists before it stops looking


class RecordInspection(RecordReader):
    """The SQLite file of a store, for looking at it as a whole. It is not changed."""

    def structure(self) -> list[str]:
        """What SQLite itself finds wrong with the file; empty where it is sound."""
        try:
            db = self._db()
            lines = [str(row[0]) for row in db.execute(f"PRAGMA quick_check({_FAULTS})") if row[0] != "ok"]
            lines += [f"a row of {row[0]} without its article" for row in db.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return lines[:_FAULTS]

    def keyword_faults(self) -> tuple[int, int]:
        """How many passages the keyword index lacks, and how many rows it has of passages that are not stored."""
        lacking = "SELECT count(*) FROM passage WHERE key NOT IN (SELECT id FROM keyword_docsize)"
        foreign = "SELECT count(*) FROM keyword_docsize WHERE id NOT IN (SELECT key FROM passage)"
        return int(self._rows(lacking)[0][0]), int(self._rows(foreign)[0][0])

    def finds_by_words(self, passage_id: str, words: str) -> bool:
        """Whether the keyword index finds a passage by an FTS5 query."""
        query = (
            "SELECT 1 FROM keyword JOIN passage ON passage.key = keyword.rowid WHERE keyword MATCH ? AND passage.id = ?"
        )
        return bool(self._rows(query, (words, passage_id)))

    def damaged_vectors(self, model: str) -> list[str]:
        """The text hashes of the vectors that are not of length 1, have another size than most, or hold no numbers."""
        damaged, size = [], None
        rows = self._rows(
            "SELECT length(vector), count(*) FROM embedding WHERE model = ? GROUP BY 1 ORDER BY 2", (model,)
        )
        size = rows[-1][0] if rows else 0
        for digest, blob in self._each("SELECT text_hash, vector FROM embedding WHERE model = ?", model):
            if len(blob) != size or len(blob) % 2:
                damaged.append(digest)
            else:
                norm = float(np.linalg.norm(np.frombuffer(blob, dtype="<f2").astype(np.float32)))
                if not 0.98 < norm < 1.02:  # 16 bits; false for what is not a number, too
                    damaged.append(digest)
        return damaged

    def unused_vectors(self, model: str) -> int:
        """How many vectors are of another model, or of texts that are in no passage."""
        query = "SELECT count(*) FROM embedding WHERE model != ? OR text_hash NOT IN (SELECT text_hash FROM passage)"
        return int(self._rows(query, (model,))[0][0])

    def article_hashes(self) -> dict[str, str]:
        """The hash that each article was stored with, by id."""
        return dict(self._rows("SELECT id, sha256 FROM article ORDER BY id"))

    def size(self) -> tuple[int, int]:
        """The bytes of the file, and how many of them hold nothing."""
        page, pages, free = (
            int(self._rows(f"PRAGMA {name}")[0][0]) for name in ("page_size", "page_count", "freelist_count")
        )
        return page * pages, page * free

    def _each(self, query: str, value: str) -> list[tuple[str, bytes]]:
        return [(row[0], row[1]) for row in self._rows(query, (value,))]


Part = Literal["record", "articles", "keywords", "vectors", "generation", "run", "space"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        part: of the store: the SQLite file itself, the articles with their sentences and passages, the keyword index,
            the stored vectors, the vector index, a run of indexing, or space that is taken for nothing.
        mendable: whether `dateline doctor --fix` mends it.
        harmless: whether every answer is right nevertheless.
    """

    part: Part
    what: str
    advice: str
    mendable: bool = True
    harmless: bool = False


@dataclass(slots=True)
class Diagnosis:
    """What was looked at, and what is wrong.

    Attributes:
        checked: numbers of articles, sentences, passages, citations and vectors that were compared.
        articles: ids of the articles whose sentences or passages are not those of their text.
        altered: ids of the articles whose text is not the one that was stored, or cannot be read.
        damaged_vectors: text hashes of vectors that are no vectors.
    """

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    damaged_vectors: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong that could make an answer wrong or incomplete."""
        return all(finding.harmless for finding in self.findings)

    def of(self, part: Part) -> list[Finding]:
        """The findings about one part."""
        return [finding for finding in self.findings if finding.part == part]

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        return {"sound": self.sound, "checked": self.checked, "findings": [asdict(found) for found in self.findings]}
