"""The documents that the API gives, as its description shows them.

They are written by `to_dict` of the types that they describe, not by these classes; a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

__all__ = [
    "AnswerDocument",
    "ArticleDocument",
    "ArticlePage",
    "ArticleSummary",
    "CitationDocument",
    "ErrorDocument",
    "FigureDocument",
    "HealthDocument",
    "NoticeDocument",
    "ReasonDocument",
    "SentenceDocument",
    "StatementDocument",
    "WritingDocument",
]

Offset = Annotated[int, Field(ge=0, description="In Unicode code points of the article's text.")]
Day = Annotated[dt.date | None, Field(description="The day of publication, if known.")]
Marker = Annotated[int, Field(ge=1, description="The number shown in brackets.")]


class CitationDocument(BaseModel):
    """A pointer to one sentence of an article: `text[start:end]` of the article is `sentence`."""

    marker: Marker
    article_id: str
    title: str
    date: Day
    source: str | None = Field(description="The outlet.")
    url: str | None = Field(description="Where the original is, as the article says: check it before you open it.")
    start: Offset
    end: Offset
    sentence: str


class StatementDocument(BaseModel):
    """One sentence of an answer."""

    text: str
    citations: list[Marker] = Field(description="Markers of the citations that support it.")
    span: Annotated[list[int], Field(min_length=2, max_length=2)] | None = Field(
        description="The short answer inside `text`, `[start, end)` in code points."
    )
    verbatim: bool = Field(description="Whether it is a source sentence as it stands.")


class FigureDocument(BaseModel):
    """One point of how a figure changed."""

    value: float = Field(description="The number; of a range its first.")
    text: str = Field(description="The same as the sentence says it.")
    counted: str = Field(description="What it counts.")
    date: Day
    source: str | None = Field(description="The outlet.")
    citation: Marker
    standing: Literal["latest", "earlier", "disputed", "withdrawn"] = Field(
        description="Whether a later figure took its place, another source has another one, or it was taken back."
    )


class NoticeDocument(BaseModel):
    """What a reader must know of a citation."""

    citation: Marker
    kind: Literal["corrected", "withdrawn", "superseded", "changed", "gone"]
    article_id: str = Field(description="The article that says so.")
    text: str = Field(description="What it says.")


class WritingDocument(BaseModel):
    """What became of what a Writer said, where one is set."""

    writer: str
    kept: int = Field(ge=0)
    replaced: int = Field(ge=0)
    dropped: int = Field(ge=0)
    faults: dict[str, int]
    note: str | None


class ReasonDocument(BaseModel):
    """Why a question was refused."""

    kind: Literal["nothing_close", "missing", "language", "filtered", "not_answered", "courtesy"]
    missing: list[str] = Field(description="Names and words of the question that no article has.")
    text: str = Field(description="The same in a sentence for the user.")


class AnswerDocument(BaseModel):
    """An answer, or a refusal: the document of `dateline ask --json`."""

    question: str
    standalone_question: str = Field(description="The question, independent of the conversation.")
    status: Literal["answered", "not_in_corpus"]
    answer: str = Field(description="The statements with their markers as one text; empty in a refusal.")
    short_answer: str | None
    statements: list[StatementDocument]
    citations: list[CitationDocument]
    form: Literal["sentence", "figures", "briefing", "timeline"]
    figures: list[FigureDocument] = Field(description="How a figure that is asked for changed, oldest first.")
    notices: list[NoticeDocument] = Field(description="What was corrected or withdrawn of what is cited.")
    tentative: bool = Field(description="Whether it only may answer the question; then there is no short answer.")
    follow_up_to: str | None = Field(description="The earlier question as whose follow-up it was read, if it was.")
    reason: ReasonDocument | None = Field(description="In a refusal, why.")
    closest: list[CitationDocument] = Field(max_length=3, description="In a refusal, what came closest.")
    confidence: float = Field(ge=0, le=1)
    timings_ms: dict[str, float]
    writing: WritingDocument = Field(default=None, description="Only with a Writer.")  # type: ignore[assignment]


class ArticleSummary(BaseModel):
    """An article in a list."""

    id: str
    title: str
    date: Day
    source: str | None
    url: str | None
    sentences: int = Field(ge=0, description="How many it has.")


class ArticlePage(BaseModel):
    """Some of the articles that fit."""

    total: int = Field(ge=0, description="How many fit.")
    offset: int = Field(ge=0, description="How many of them come before this page.")
    next: int | None = Field(description="The offset of the next page; null on the last one.")
    articles: list[ArticleSummary]


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
    403: "A page of another site asks.",
    404: "There is no such article.",
    413: "The request is too large.",
    421: "The server does not go by that name.",
    422: "A value cannot be used.",
    429: "Too many requests of this client, or of all.",
    500: "A fault in Dateline.",
    503: "The store cannot be used.",
    504: "The answer took too long.",
}
