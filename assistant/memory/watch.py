"""A standing question as values: what is asked, what it was answered from one day on, and how two answers differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from assistant.answer import Answer
from assistant.memory.conversation import Library, sources_document, written
from assistant.wording import verdict
from index.document import Document
from index.store.catalogue import ArticleFilter

Difference = Literal["status", "short_answer", "sentences", "figures", "notices"]


@dataclass(frozen=True, slots=True)
class Watch(Document):
    """A question that is asked again whenever the articles change."""

    id: int
    question: str
    among: ArticleFilter | None
    """Which articles are asked; None for all."""
    begun_at: dt.datetime
    asked_at: dt.datetime
    """When it was asked last, in UTC as the other."""
    looked: Annotated[int, Field(exclude=True)]
    """The number of the answer that its owner saw last."""


@dataclass(frozen=True, slots=True)
class WatchedAnswer:
    """What a standing question was answered, from one moment on until the next such answer.

    Attributes:
        since: when it was answered so first, in UTC.
        differs: in what it differs from the one before it; nothing for the first.
        answer: the answer; its citations are those of the last time that it was the same.
    """

    watch: Watch
    number: int
    since: dt.datetime
    differs: tuple[Difference, ...]
    answer: Answer

    @property
    def has_changed(self) -> bool:
        """Whether it came after the one that the owner saw last."""
        return self.number > self.watch.looked

    def to_dict(self, library: Library | None = None) -> dict[str, Any]:
        """The answer as JSON has it, with what became of its sources, where they can be looked up.

        Raises:
            StoreError: the store cannot be read.
        """
        return {
            "number": self.number,
            "since": written(self.since),
            "differs": list(self.differs),
            "answer": self.answer.to_dict(),
            "sources": sources_document(self.answer, library),
        }


def differences(before: Answer, after: Answer) -> tuple[Difference, ...]:
    """In what an answer says something else than the one before it. How sure it is, and where it stands, is nothing."""
    return tuple(name for name in get_args(Difference) if _SAID[name](before) != _SAID[name](after))


def headline(answer: Answer) -> str:
    """What it says in a line: the short answer, else the first statement, else why it is a refusal."""
    first = answer.statements[0].text if answer.statements else ""
    said = answer.short_answer or first
    line = verdict(answer)
    return " ".join(filter(None, (line, said)))


def _status(answer: Answer) -> object:
    return answer.status, answer.tentative


def _sentences(answer: Answer) -> object:
    """The first sentence that is cited; of what tells a story, all, as its news may come last."""
    sentences = [citation.sentence for citation in answer.citations]
    return sentences if answer.form in ("briefing", "timeline") else sentences[:1]


def _figures(answer: Answer) -> object:
    return [(each.text, each.counted, each.date, each.source, each.standing) for each in answer.figures]


def _notices(answer: Answer) -> object:
    return [(each.kind, each.text) for each in answer.notices]


_SAID: dict[Difference, Callable[[Answer], object]] = {
    "status": _status,
    "short_answer": lambda answer: answer.short_answer,
    "sentences": _sentences,
    "figures": _figures,
    "notices": _notices,
}
