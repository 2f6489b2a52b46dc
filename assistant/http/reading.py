"""GET /articles, /articles/{id}, /stories, /health and /settings: what there is to ask about, and of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from assistant.answer import Citation
from assistant.answering.assistant import Assistant
from assistant.http.clients import client_in
from assistant.http.documents import ARTICLE_ID, ArticleDocument, ArticlePage, HealthDocument, StoryPage, errors
from assistant.http.errors import HttpError
from assistant.http.requests import ArticleQuery, StoryQuery
from assistant.http.responses import JsonResponse
from assistant.http.workers import Workers
from assistant.settings import Settings
from assistant.writer.setting import Kind, parse_setting
from index.errors import StoreError
from index.language.seen_days import seen_days


def reading_router(assistant: Assistant, workers: Workers) -> APIRouter:
    """The four operations."""
    router = APIRouter(tags=["articles"])

    @router.get("/articles", summary="List the articles", response_model=ArticlePage, responses=errors(422, 503))
    async def articles(query: Annotated[ArticleQuery, Query()]) -> Response:
        """The articles that fit all filters, the newest first, those without a date last; or by outlet."""
        return JsonResponse(await workers.result(_page, assistant, query))

    @router.get(
        "/articles/{article_id:path}",
        summary="One article with its sentences",
        response_model=ArticleDocument,
        responses=errors(404, 503),
    )
    async def article(article_id: Annotated[str, Path(examples=[ARTICLE_ID])]) -> Response:
        """The whole text, and where each sentence stands in it: citations point to exactly these."""
        document = await workers.result(_article, assistant, article_id)
        if document is None:
            raise HttpError(404, "there is no such article; /api/articles lists those that there are.")
        return JsonResponse(document)

    @router.get("/stories", summary="List the stories", response_model=StoryPage, responses=errors(422, 503))
    async def stories(query: Annotated[StoryQuery, Query()]) -> Response:
        """Which articles tell one story: those with the newest article first, those without a date last."""
        return JsonResponse(await workers.result(_stories, assistant, query))

    @router.get(
        "/health",
        summary="Whether questions can be answered",
        tags=["server"],
        response_model=HealthDocument,
        responses=errors(503),
    )
    async def health() -> Response:
        """What the server stands on; 503 when the store cannot be used."""
        return JsonResponse(await workers.result(_health, assistant))

    return router


def _page(assistant: Assistant, query: ArticleQuery) -> dict[str, Any]:
    total, entries = assistant.record.page(query.wanted(), offset=query.offset, limit=query.limit, order=query.order)
    return {**_place(total, query.offset, len(entries)), "articles": [entry.to_dict() for entry in entries]}


def _stories(assistant: Assistant, query: StoryQuery) -> dict[str, Any]:
    total, stories = assistant.record.stories(**query.model_dump())
    return {**_place(total, query.offset, len(stories)), "stories": [story.to_dict() for story in stories]}


def _place(total: int, offset: int, length: int) -> dict[str, int | None]:
    """Where a page is, and where the next one begins."""
    after = offset + length
    return {"total": total, "offset": offset, "next": after if length and after < total else None}


def _article(assistant: Assistant, article_id: str) -> dict[str, Any] | None:
    article = assistant.article(article_id)
    if article is None:
        return None
    sentences = assistant.sentences(article_id)
    return {
        **article.to_dict(),
        "markdown": _is_markdown(assistant, article_id),
        "body": article.body,
        "sentences": [{"start": s.start, "end": s.end, "sentence": article.text[s.start : s.end]} for s in sentences],
    }


def _is_markdown(assistant: Assistant, article_id: str) -> bool:
    """Whether an article was read from a Markdown file."""
    state = assistant.record.article_state(article_id)
    return state is not None and state[0].lower().endswith(".md")


def of_cited(assistant: Assistant, citations: Iterable[Citation]) -> dict[str, Any]:
    """As `KeptTurn` describes it: `markdown` and `days`."""
    cited = list(citations)
    ids = dict.fromkeys(citation.article_id for citation in cited)
    return {
        "markdown": [article_id for article_id in ids if _is_markdown(assistant, article_id)],
        "days": {str(each.marker): days for each in cited if (days := _days(each))},
    }


def _days(citation: Citation) -> list[tuple[int, int, str]]:
    if citation.date is None:
        return []
    found = seen_days(citation.sentence, dt.date.fromisoformat(citation.date))
    return [(start, end, day.isoformat()) for start, end, day in found]


def _health(assistant: Assistant) -> dict[str, Any]:
    record = assistant.record
    if not record.path.exists():  # an open file can be read on after it is gone
        raise StoreError(f"{record.path}: is gone.")
    assistant.searcher.warm_up()
    generation = record.state().generation
    return {
        "ready": True,
        "version": version("dateline"),
        **record.counts(),
        "reader": assistant.reader.name,
        "embedding": assistant.searcher.embedding.name,
        "generation": generation.name if generation else "",
        "gap": assistant.gap(),
    }


class WriterDocument(BaseModel):
    """The language model that phrases the answers."""

    kind: Kind
    model: str
    url: str = Field(description="Of its server; empty for who may not know it, and for a file.")


class SettingsDocument(BaseModel):
    """What is set."""

    writer: WriterDocument | None = Field(description="null for none: answers are source sentences.")
    home: str | None = Field(description="The folder of the store and the conversations; null for who may not know it.")


def settings_router(settings: Settings) -> APIRouter:
    """The operation."""
    router = APIRouter(tags=["server"])

    @router.get("/settings", summary="What is set", response_model=SettingsDocument, responses=errors())
    async def read(request: Request) -> Response:
        """The Writer, and to admins where the data lies. A setting is changed where the server is started."""
        is_admin = client_in(request.scope).may("admin")
        writer = parse_setting(settings.writer)
        return JsonResponse(
            {
                "writer": writer
                and {
                    "kind": writer.kind,
                    "model": writer.model if is_admin or writer.kind != "gguf" else "a file",
                    "url": writer.url if is_admin else "",
                },
                "home": str(settings.home.resolve()) if is_admin else None,
            }
        )

    return router
