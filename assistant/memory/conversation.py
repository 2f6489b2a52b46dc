"""A conversation as values: its turns, its title, what the Assistant is told of it, what became of its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from assistant.answer import Answer, Citation
from assistant.visible import one_line
from assistant.wording import REFUSAL
from index import Article, Sentence
from index.document import Document
from index.store.catalogue import ArticleFilter

TITLE_LENGTH = 60
"""Characters of a title that is made from a question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer.

    Attributes:
        asked_at: when it was answered, in UTC.
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
        asked_of = None if among is None else among.or_all()
        turn = Turn(number, dt.datetime.now(dt.UTC).replace(microsecond=0), answer, asked_of)
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
class Overview(Document):
    """A conversation in a list."""

    id: int
    title: str
    questions: Annotated[int, Field(ge=1)]
    begun_at: dt.datetime
    """When its first question was answered."""
    changed_at: dt.datetime
    """When its last question was answered."""


@dataclass(frozen=True, slots=True)
class Found(Overview):
    """A conversation in a list, and where it has the words that were looked for, if any were."""

    turn: int | None = None
    """The turn that fits best; null where it is the name that fits."""
    excerpt: str = ""
    """What that turn says around the words, on one line."""


class Library(Protocol):
    """Where articles come from: an Assistant, or the record of a store."""

    def article(self, article_id: str) -> Article | None:
        """The article with this id as it is now, or None."""

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        """The sentences of an article, in order."""


@dataclass(frozen=True, slots=True)
class SourceNow(Document):
    """What became of a cited sentence."""

    state: Literal["current", "changed", "gone"]
    """`current`, it stands where it was cited; `changed`, the article has something else there now; `gone`, there is no
    such article any more."""
    start: int | None = None
    """Where the same sentence stands in the article now; null if nowhere."""
    end: int | None = None

    @property
    def remark(self) -> str | None:
        """What to tell a reader, as one sentence; None if the source is as it was."""
        if self.state == "gone":
            return "The article has been removed since."
        if self.state == "current":
            return None
        if self.start is None:
            return "The article has changed since, and no longer has this sentence."
        return "The article has changed since; the sentence stands at another place in it now."


def source_now(citation: Citation, library: Library) -> SourceNow:
    """What became of the sentence that a citation points to.

    A sentence counts as moved only if a whole sentence of the article is the same, character for character; if several
    are, it is the one nearest to the old place.

    Raises:
        StoreError: the store cannot be read.
    """
    article = library.article(citation.article_id)
    if article is None:
        return SourceNow("gone")
    if article.text[citation.start : citation.end] == citation.sentence:
        return SourceNow("current", citation.start, citation.end)
    same = [
        sentence
        for sentence in library.sentences(citation.article_id)
        if article.text[sentence.start : sentence.end] == citation.sentence
    ]
    if not same:
        return SourceNow("changed")
    nearest = min(same, key=lambda sentence: abs(sentence.start - citation.start))
    return SourceNow("changed", nearest.start, nearest.end)


def sources_now(answer: Answer, library: Library) -> dict[int, SourceNow]:
    """What became of each source of an answer (or of the closest sentences of a refusal), by marker."""
    return {each.marker: source_now(each, library) for each in (*answer.citations, *answer.closest)}


def sources_document(answer: Answer, library: Library | None) -> list[dict[str, Any]] | None:
    """The same as JSON has it; None where it cannot be looked up."""
    if library is None:
        return None
    return [{"marker": marker, **source.to_dict()} for marker, source in sources_now(answer, library).items()]


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
    return dt.datetime.fromisoformat(text)
