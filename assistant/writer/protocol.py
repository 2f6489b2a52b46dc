"""What every Writer offers: a question and sentences in, the reply in pieces out."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Limits", "Writer"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a Writer may take, in seconds, and how much it may say.

    Attributes:
        connect: until there is a connection.
        silence: between two pieces of a reply; also until the first one, for which a server may have to load its model.
        total: for a reply as a whole.
        characters: of a reply.
    """

    connect: float = 5.0
    silence: float = 60.0
    total: float = 180.0
    characters: int = 20_000


class Writer(Protocol):
    """Phrases an answer. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Which Writer this is, such as `ollama:llama3.2`; never with a key or an address."""
        ...

    def write(self, question: str, sentences: Sequence[str]) -> Generator[str, None, None]:
        """The reply to a question, in pieces as they come. Closing the generator ends the request.

        Args:
            question: as it was asked, independent of the conversation.
            sentences: the texts that may be cited; the Writer refers to them as 1, 2, ...

        Raises (while it is read):
            WriterError: there is no reply, or it broke off; in one line, why.
        """
        ...

    def close(self) -> None:
        """Let go of connections and processes."""
        ...
