"""What the API says of articles, of itself and of errors, for its description; an Answer describes itself."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from assistant.answer import Answer, Citation, Offset, Statement
from index.store.catalogue import ArticleSummary
from index.store.stories import Story

ARTICLE_ID = "000_498ac0c67ef683ba"

_CITATION = Citation(
    marker=1,
    article_id=ARTICLE_ID,
    title="Russian and Syrian Airstrikes Target Aleppo Amid Rebel Offensive",
    date=None,
    source=None,
    url=None,
    start=924,
    end=1056,
    sentence="The United Nations estimates that the ongoing violence has forced approximately 14,000 residents to flee "
    "their homes in recent days.",
)
_STATEMENT = Statement(_CITATION.sentence, (1,), (66, 96), verbatim=True)

ANSWER = Answer(
    question="how many displaced?",
    standalone_question="how many displaced?",
    status="answered",
    statements=(_STATEMENT,),
    citations=(_CITATION,),
    confidence=0.93,
    timings_ms={"search": 4.1, "read": 38.0, "total": 42.1},
).to_dict()

STREAM: dict[str, Any] = {
    "schema": {
        "type": "object",
        "description": "One event; `data` is a JSON document.",
        "required": ["event", "data"],
        "properties": {
            "event": {"type": "string", "enum": ["statement", "answer", "error"]},
            "data": {"type": "string", "contentMediaType": "application/json"},
        },
    },
    "example": ": still looking\n\n"
    f"event: statement\ndata: {json.dumps({**_STATEMENT.to_dict(), 'sources': [_CITATION.to_dict()]})}\n\n"
    f"event: answer\ndata: {json.dumps(ANSWER)}\n\n",
}

_KEPT = {"conversation": 1, "title": "how many displaced?", "turn": 1, "note": None}

CONVERSATION_STREAM: dict[str, Any] = {
    "schema": {
        **STREAM["schema"],
        "properties": {
            **STREAM["schema"]["properties"],
            "event": {"type": "string", "enum": ["statement", "answer", "kept", "related", "error"]},
        },
    },
    "example": f"event: answer\ndata: {json.dumps({**ANSWER, 'markdown': []})}\n\n"
    f"event: kept\ndata: {json.dumps(_KEPT)}\n\n"
    f"event: related\ndata: {json.dumps({'questions': ['Who is Rami Abdel Rahman?']})}\n\n",
}


Day = Annotated[dt.date | None, Field(description="The day of publication, if known.")]


class ArticlePage(BaseModel):
    """Some of the articles that fit."""

    total: int = Field(ge=0, description="How many fit.")
    offset: int = Field(ge=0, description="How many of them come before this page.")
    next: int | None = Field(description="The offset of the next page; null on the last one.")
    articles: list[ArticleSummary]


class StoryPage(BaseModel):
    """Some of the stories."""

    total: int = Field(ge=0, description="How many there are.")
    offset: int = Field(ge=0, description="How many of them come before this page.")
    next: int | None = Field(description="The offset of the next page; null on the last one.")
    stories: list[Story]


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
