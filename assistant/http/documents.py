"""What the API says of articles, of itself and of errors, for its description; an Answer describes itself."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from assistant.answer import Offset

__all__ = [
    "ArticleDocument",
    "ArticlePage",
    "ArticleSummary",
    "ErrorDocument",
    "HealthDocument",
    "SentenceDocument",
    "StoryDocument",
    "StoryPage",
]

Day = Annotated[dt.date | None, Field(description="The day of publication, if known.")]


class ArticleSummary(BaseModel):
    """An article in a list."""

    id: str
    title: str
    date: Day
    source: str | None
    url: str | None
    sentences: int = Field(ge=0, description="How many it has.")
    language: str | None = Field(
        description="Its language, as ISO 639-1 has it, if that can be told; questions are answered from English ones."
    )


class ArticlePage(BaseModel):
    """Some of the articles that fit."""

    total: int = Field(ge=0, description="How many fit.")
    offset: int = Field(ge=0, description="How many of them come before this page.")
    next: int | None = Field(description="The offset of the next page; null on the last one.")
    articles: list[ArticleSummary]


class StoryDocument(BaseModel):
    """The articles that tell one story."""

    id: str = Field(description="That of its first article.")
    name: str = Field(description="Its newest headline that announces no correction.")
    first: dt.date | None = Field(description="The day of its first article, if known.")
    last: dt.date | None = Field(description="The day of its newest article, if known.")
    outlets: list[str]
    article_ids: list[str] = Field(min_length=1, description="The oldest first, those without a date last.")


class StoryPage(BaseModel):
    """Some of the stories."""

    total: int = Field(ge=0, description="How many there are.")
    offset: int = Field(ge=0, description="How many of them come before this page.")
    next: int | None = Field(description="The offset of the next page; null on the last one.")
    stories: list[StoryDocument]


class SentenceDocument(BaseModel):
    """A sentence of an article: `text[start:end]` of the article is `sentence`."""

    start: Offset
    end: Offset
    sentence: str


class ArticleDocument(BaseModel):
    """A whole article."""

    id: str
    title: str
    date: Day
    updated: Day = Field(description="When its outlet changed it last, where it says so.")
    source: str | None
    url: str | None
    text: str = Field(description="As it was read.")
    markdown: bool = Field(description="Whether it was read from a Markdown file, so that its marks mean something.")
    body: int = Field(ge=0, description="Where in `text` the body begins, after a headline that is part of it.")
    sentences: list[SentenceDocument]


class HealthDocument(BaseModel):
    """What the server stands on."""

    ready: Literal[True]
    version: str
    articles: int = Field(ge=0)
    sentences: int = Field(ge=0)
    passages: int = Field(ge=0)
    reader: str
    embedding: str
    generation: str = Field(description="The vector index that is searched.")
    gap: str | None = Field(description="Why the vector index does not hold all articles yet; null if it does.")


class ErrorDocument(BaseModel):
    """Why a request failed."""

    error: str = Field(description="One line that says what to do.", pattern=r"^[^\r\n]+$")


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers of an operation that fails with these statuses, for its description."""
    retry = {"Retry-After": {"description": "Seconds until a retry can help.", "schema": {"type": "integer"}}}
    return {
        status: {
            "model": ErrorDocument,
            "description": _REASONS[status],
            **({"headers": retry} if status == 429 else {}),
        }
        for status in (*statuses, 401, 403, 421, 429, 500)
    }


_REASONS = {
    400: "The request cannot be read.",
    401: "Who asks is not known.",
    403: "A page of another site asks, or somebody who may not.",
    404: "There is no such article, conversation or question.",
    411: "The size of the body is not announced.",
    413: "The request is too large.",
    415: "The body is of another kind.",
    421: "The server does not go by that name.",
    422: "A value cannot be used.",
    429: "Too many requests of this client, or of all.",
    500: "A fault in Dateline.",
    507: "The disk of the server is nearly full.",
    503: "The store cannot be used.",
    504: "The answer took too long.",
}
