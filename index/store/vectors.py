"""What the record holds of vectors: which texts its passages were embedded as, and the vectors of these."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.store.catalogue import ArticleFilter
from index.store.rows import StoredRows, batches, marks


class StoredVectors(StoredRows):
    """The part of a record that is about vectors."""

    def count_passages(self, after: int) -> int:
        """How many passages the articles have that were written after a revision."""
        query = "SELECT count(*) FROM article JOIN passage ON passage.article = article.key WHERE article.revision > ?"
        return int(self._rows(query, (after,))[0][0])

    def articles_without_vectors(self, model: str) -> list[str]:
        """The ids of the articles with a passage whose vector of a model is not stored."""
        return [
            row[0]
            for row in self._rows(
                "SELECT DISTINCT article.id FROM passage JOIN article ON article.key = passage.article "
                "WHERE NOT EXISTS (SELECT 1 FROM embedding AS e WHERE e.text_hash = passage.text_hash AND model = ?) "
                "ORDER BY article.id",
                (model,),
            )
        ]

    def passage_hashes(self, after: int = -1) -> dict[str, str]:
        """The hash of the embedded text for every passage id, of the articles written after a revision."""
        return dict(
            self._rows(
                "SELECT passage.id, text_hash FROM article JOIN passage ON passage.article = article.key "
                "WHERE article.revision > ? ORDER BY passage.key",
                (after,),
            )
        )

    def passages_among(self, wanted: ArticleFilter) -> dict[str, str]:
        """The hash of the embedded text for every passage id, of the articles that fit a filter."""
        condition, values = wanted.condition()
        return dict(
            self._rows(
                "SELECT passage.id, text_hash FROM article JOIN passage ON passage.article = article.key "
                f"WHERE {condition} ORDER BY passage.key",
                values,
            )
        )

    def vectors(self, model: str, hashes: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The stored vectors of these text hashes; those without one are left out."""
        found: dict[str, NDArray[np.float32]] = {}
        for some in batches(list(hashes)):
            rows = self._rows(
                f"SELECT text_hash, vector FROM embedding WHERE model = ? AND text_hash IN ({marks(some)})",
                [model, *some],
            )
            found |= {h: np.frombuffer(blob, dtype="<f2").astype(np.float32) for h, blob in rows}
        return found
