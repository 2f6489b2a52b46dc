"""What is sent to and comes from /conversations, as the description of the API shows it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field

from assistant.answer import Answer, Notice
from assistant.http.requests import AsOf, QuestionRequest, Sent, WholeNumber
from assistant.memory import Feedback, Found, Kind


class NextQuestion(QuestionRequest):
    """A question in a conversation that is kept."""

    as_of: AsOf = None
    alone: bool = Field(default=False, description="Whether it is read by itself, without what was said before.")


class Name(Sent):
    """The name of a conversation."""

    name: str = Field(max_length=200, description="On one line.")


class Judgement(Sent):
    """What somebody thinks of an answer, or of one of its citations."""

    kind: Kind
    marker: WholeNumber | None = Field(default=None, description="The citation that is wrong.")
    note: str = Field(default="", max_length=1_000)


class ConversationList(BaseModel):
    """Some conversations."""

    conversations: list[Found]


class TitleDocument(BaseModel):
    """The title of a conversation."""

    title: str


class SourceDocument(BaseModel):
    """What became of a cited sentence."""

    marker: int
    state: Literal["current", "changed", "gone"]
    start: int | None = Field(description="Where the sentence stands now; null if nowhere.")
    end: int | None


class AskedOf(BaseModel):
    """Which articles a question was asked of."""

    source: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""
    ids: list[str] = []
    titles: list[str] = Field(default=[], description="Of the articles that are named by id.")


class KeptTurn(BaseModel):
    """A question with its answer."""

    turn: int
    asked_at: dt.datetime
    among: AskedOf | None
    answer: Answer
    sources: list[SourceDocument]
    since: list[Notice] = Field(
        description="What there is to know of the citations that the answer did not say itself."
    )
    feedback: list[Feedback]
    markdown: list[str] = Field(description="The ids of the cited articles that were read from Markdown files.")
    days: dict[str, list[tuple[int, int, dt.date]]] = Field(
        description="By marker, where its sentence names a day as seen from that of its article (“on Monday”), in code "
        "points, and which day that is."
    )


class ConversationDocument(BaseModel):
    """A conversation."""

    id: int
    title: str
    turns: list[KeptTurn]
    articles: list[str] = Field(max_length=0)
