"""What every Writer offers: a task in, the reply in pieces out, or why there is none."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Form
from index.errors import DatelineError


class WriterError(DatelineError):
    """The Writer could not be asked, or its reply broke off. The message goes on after "the Writer ..."."""


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


@dataclass(frozen=True, slots=True)
class Failed:
    """A statement that is to be written anew, as it was not supported.

    Attributes:
        words: those of it that have no support; empty where it is the whole.
    """

    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a Writer is to do. Every text is data: one line, with nothing in it that looks like one of our markers.

    Attributes:
        sentences: by the numbers by which the Writer may cite them, each with the day and outlet of its article.
        conversation: earlier questions with their answers that it needs, oldest first.
        failed: the one statement to write anew, where it is not the whole answer.
    """

    question: str
    sentences: Mapping[int, str]
    form: Form = "sentence"
    conversation: Sequence[tuple[str, str]] = ()
    failed: Failed | None = None


class Writer(Protocol):
    """Phrases an answer. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Which Writer this is, such as `ollama:llama3.2`; never with a key. `auto` is not found yet."""
        ...

    def write(self, task: Task) -> Generator[str, None, None]:
        """The reply, in pieces as they come. Closing the generator ends the request.

        Raises (while it is read):
            WriterError: there is no reply, or it broke off; in one line, why.
        """
        ...

    def close(self) -> None:
        """Let go of connections and processes."""
        ...
