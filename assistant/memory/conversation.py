"""A conversation as values: its turns, its title, and what the Assistant is told of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Answer
from assistant.answering.wording import REFUSAL
from assistant.visible import one_line
from index.store.catalogue import ArticleFilter

__all__ = ["TITLE_LENGTH", "Conversation", "Found", "Overview", "Turn", "shortened"]

TITLE_LENGTH = 60
"""Characters of a title that is made from a question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer.

    Attributes:
        number: 1, 2, ... in its conversation.
        asked_at: when it was answered, in UTC.
        answer: the answer; the question is in it.
        among: which articles it was asked of; None for all.
    """

    number: int
    asked_at: dt.datetime
    answer: Answer
    among: ArticleFilter | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of a conversation, oldest first. It is replaced, never changed, so that no two tabs can share one.

    Attributes:
        id: its number, None while nothing of it is kept.
        name: the one that it was given; without one its first question is its title.
        turns: the turns.
    """

    id: int | None = None
    name: str | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def title(self) -> str:
        """Its name, or its first question, on one line and short enough for a list."""
        return title_of(self.name, self.turns[0].answer.question if self.turns else "")

    def with_turn(self, answer: Answer, among: ArticleFilter | None = None) -> Conversation:
        """The conversation with one answer more (and which articles were asked), which is not kept by that.

        A courtesy is no turn: with one, the conversation is what it was.
        """
        if answer.is_courtesy:
            return self
        number = self.turns[-1].number + 1 if self.turns else 1
        turn = Turn(number, dt.datetime.now(dt.UTC).replace(microsecond=0), answer, among)
        return replace(self, turns=(*self.turns, turn))

    def earlier(self, limit: int = 20) -> list[dict[str, Any]]:
        """The last turns, oldest first, as `Assistant.ask` takes a conversation.

        A turn of the agent names the articles that it cited, in order, under `articles`.
        """
        turns: list[dict[str, Any]] = []
        for turn in self.turns[-limit:] if limit else ():
            answer = turn.answer
            articles = list(dict.fromkeys(citation.article_id for citation in answer.citations))
            turns += [
                {"speaker": "user", "text": answer.question},
                {"speaker": "agent", "text": said(answer), "articles": articles},
            ]
        return turns


@dataclass(frozen=True, slots=True)
class Overview:
    """A kept conversation as a list shows it.

    Attributes:
        id, title: its number and title.
        questions: how many questions were asked in it.
        begun_at, changed_at: when its first and its last question were answered, in UTC.
    """

    id: int
    title: str
    questions: int
    begun_at: dt.datetime
    changed_at: dt.datetime

    def to_dict(self) -> dict[str, Any]:
        """The overview as JSON has it."""
        return {
            "id": self.id,
            "title": self.title,
            "questions": self.questions,
            "begun_at": written(self.begun_at),
            "changed_at": written(self.changed_at),
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation that a search found.

    Attributes:
        conversation: the conversation.
        turn: the number of the turn that fits best, None where it is the name that fits.
        excerpt: what that turn says around the words, on one line; empty where it is the name that fits.
    """

    conversation: Overview
    turn: int | None
    excerpt: str

    def to_dict(self) -> dict[str, Any]:
        """What was found, as JSON has it."""
        return {**self.conversation.to_dict(), "turn": self.turn, "excerpt": self.excerpt}


def said(answer: Answer) -> str:
    """An answer as one text: its statements with their markers, or that the articles do not say."""
    return answer.text if answer.status == "answered" else REFUSAL


def title_of(name: str | None, question: str) -> str:
    """The title of a conversation with this name, if any, and this first question."""
    return one_line(name or "") or shortened(question) or "(no question yet)"


def shortened(text: str, length: int = TITLE_LENGTH) -> str:
    """The text on one line, cut between words if it can be, with an ellipsis where it was cut."""
    line = one_line(text[: 10 * length])
    if len(line) <= length:
        return line
    head = line[:length]
    words = head.rpartition(" ")[0]
    return (words if len(words) > length // 2 else head[:-1]).rstrip() + "…"


def written(moment: dt.datetime) -> str:
    """A moment as it is stored and shown to programs: `2026-01-31T18:05:09Z`."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> dt.datetime:
    """The moment that `written` wrote."""
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
