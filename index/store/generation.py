"""Chroma as a derived generation: built beside the current one, checked, then swapped in by one atomic rename.

Chroma was measured to lose vectors with two writers, to show stale results to a reader, and to be destroyed by a kill
during a write. So no reader ever has a generation open that somebody writes to, and whatever happens to one, it is
built again from the record without embedding anything.

Layout of the home folder:
    CURRENT                the name of the generation that is read; replacing it is the only commit point
    generations/NAME/      one Chroma database, with `generation.json` that says what it was made from
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.store.chroma import chroma_errors, close_client, nearest, open_collection

__all__ = ["Generation", "GenerationInfo", "current_name", "read_info"]


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """What a generation was made from.

    Attributes:
        revision: the record's revision.
        model: fingerprint of the embedding model.
        passages: how many passages it holds.
    """

    revision: int
    model: str
    passages: int


class Generation:
    """One generation, open for reading.

    Raises (on opening):
        StoreError: Chroma cannot open it.
    """

    def __init__(self, home: Path, name: str) -> None:
        self.name = name
        self._client, self._collection = open_collection(home / "generations" / name, create=False)

    def query(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Passage ids and cosine similarities, best first.

        Raises:
            StoreError: Chroma cannot answer.
        """
        with chroma_errors("be searched"):
            return nearest(self._collection, vector, limit)

    def ids(self) -> list[str]:
        """The ids of all passages in it.

        Raises:
            StoreError: Chroma cannot answer.
        """
        with chroma_errors("be read"):
            return list(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Let go of its files."""
        close_client(self._client)


def current_name(home: Path) -> str | None:
    """The name of the current generation, or None if there is none."""
    try:
        name = (home / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return name if name and (home / "generations" / name).is_dir() else None


def read_info(home: Path, name: str) -> GenerationInfo | None:
    """What a generation was made from, or None if it does not say."""
    try:
        return GenerationInfo(**json.loads((home / "generations" / name / "generation.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
