"""What every embedding model offers to the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

EmbeddingProgress: TypeAlias = Callable[[int, int], None]
"""Called with how many texts are embedded and how many there are, in the thread that called `encode`."""


class Embedding(Protocol):
    """An embedding model."""

    @property
    def name(self) -> str:
        """How people call it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Identifies what its vectors mean: two may be compared only where it is the same."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text it reads, its special tokens included; it ignores the rest."""
        ...

    def encode(self, texts: Sequence[str], progress: EmbeddingProgress | None = None) -> NDArray[np.float32]:
        """The vectors of some texts: shape `[len(texts), dimensions]`, in their order, each of length 1."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, before anything is cut off, and without the special tokens."""
        ...


def as_utf8(text: str) -> str:
    """The text with every lone surrogate, which UTF-8 and so the tokenizers cannot hold, replaced by U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
