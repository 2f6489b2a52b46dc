"""GET /front and /suggestions: what a front page begins with, the newest stories and questions that are answered."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from assistant.answering.asked import Asked
from assistant.answering.assistant import Assistant
from assistant.answering.briefing import Telling
from assistant.answering.front_page import leads
from assistant.answering.period import narrowed
from assistant.answering.suggestions import Suggestions
from assistant.http.documents import Day, SentenceDocument, errors
from assistant.http.requests import DayOfQuery, ScopeQuery
from assistant.http.responses import JsonResponse
from assistant.http.workers import Workers
from index.store.catalogue import ArticleFilter

_NEWS = "What is the news?"
_STORIES = 6


class ToldBy(BaseModel):
    """An article that tells a story."""

    id: str
    title: str


class FrontStory(BaseModel):
    """A story, by the newest article that tells it."""

    article: str = Field(description="The id of that article.")
    title: str
    date: Day
    source: str | None
    lead: SentenceDocument = Field(description="What its body begins with.")
    articles: list[ToldBy] = Field(min_length=1, description="All articles that tell it, the newest first.")
    question: str = Field(description="Asks for a briefing, of these articles.")


class FrontPage(BaseModel):
    """The newest stories."""

    stories: list[FrontStory] = Field(max_length=_STORIES, description="The newest first.")


class SuggestionsDocument(BaseModel):
    """Questions to begin with."""

    questions: list[str] = Field(max_length=3)


class SuggestionsQuery(ScopeQuery):
    """Of which articles the questions are to be answered."""

    # What is named in an address must fit into its line, percent-encoded too.
    ids: list[Annotated[str, Field(max_length=200)]] = Field(
        default=[], max_length=20, description="The articles themselves, by id."
    )
    as_of: DayOfQuery = Field(default=None, description="The last day whose articles may answer: YYYY-MM-DD.")

    def wanted(self) -> ArticleFilter:
        """The filter."""
        among = replace(super().wanted(), ids=tuple(self.ids))
        return among if self.as_of is None else narrowed(among, None, self.as_of)


def front_router(assistant: Assistant, suggestions: Suggestions, reads: Workers, asking: Workers) -> APIRouter:
    """The two operations."""
    router = APIRouter(tags=["articles"])
    newest = Newest(assistant)

    @router.get("/front", summary="The newest stories", response_model=FrontPage, responses=errors(503))
    async def begin_with_stories() -> Response:
        """Up to six, among the newest 60 articles. What was withdrawn tells none."""
        return JsonResponse({"stories": await reads.result(newest.current)})

    @router.get(
        "/suggestions",
        summary="Questions to begin with",
        response_model=SuggestionsDocument,
        responses=errors(422, 503),
    )
    async def begin_with(query: Annotated[SuggestionsQuery, Query()]) -> Response:
        """Up to three, made from the articles that fit; each was asked of these, and is answered."""
        return JsonResponse({"questions": list(await asking.result(suggestions.current, query.wanted().or_all()))})

    return router


class Newest:
    """The newest stories, for the articles as they are now. Safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._made: tuple[int, list[dict[str, Any]]] | None = None

    def current(self) -> list[dict[str, Any]]:
        """The stories, as `FrontStory` describes them.

        Raises:
            StoreError: the store cannot be read.
        """
        record = self._assistant.record
        with self._lock:
            revision = record.revision
            if self._made is None or self._made[0] != revision:
                found = leads(record, Asked.of(_NEWS))
                names = record.stories_of(lead.article.id for lead in found)
                stories: dict[str, list[Telling]] = {}
                for lead in found:
                    stories.setdefault(names.get(lead.article.id, lead.article.id), []).append(lead)
                self._made = (revision, [_document(story) for story in islice(stories.values(), _STORIES)])
            return self._made[1]


def _document(story: list[Telling]) -> dict[str, Any]:
    first = story[0]
    article, lead = first.article, first.sentence
    return {
        "article": article.id,
        "title": article.title,
        "date": article.date and article.date.isoformat(),
        "source": article.source,
        "lead": {"start": lead.start, "end": lead.end, "sentence": first.text},
        "articles": [{"id": each.article.id, "title": each.article.title} for each in story],
        "question": f"Brief me on “{article.title}”.",
    }
