"""/conversations: those that are kept, to list, search, open, name, export and delete them, and to judge answers.

Each owner has conversations of their own: another one's are not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Body, Path, Query
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema
from starlette.responses import Response

from assistant.answering.assistant import Assistant
from assistant.http.clients import Owner
from assistant.http.conversation_documents import ConversationDocument, ConversationList, Judgement, Name, TitleDocument
from assistant.http.documents import errors
from assistant.http.reading import of_cited
from assistant.http.responses import JsonResponse
from assistant.http.workers import Workers
from assistant.memory import Conversations, as_document, as_html, as_json, as_markdown
from assistant.memory.since import SourcesSince

_LISTED = 200
_UNFIT = re.compile(r"[^\w-]+")
_REMOVED = "an article that was removed"

Number = Annotated[int, Path(ge=1, le=2**53, description="The number of the conversation.")]
Turn = Annotated[int, Path(ge=1, le=2**53, description="The number of the turn in it.")]
Form = Literal["md", "json", "html"]

_MEDIA: dict[Form, str] = {"md": "text/markdown", "json": "application/json", "html": "text/html"}
_ERRORS = errors(404, 422, 503)
_BODY_ERRORS = errors(400, 404, 413, 422, 503)


def conversations_router(assistant: Assistant, reads: Workers) -> APIRouter:
    """The operations."""
    router = APIRouter(tags=["conversations"])
    since = SourcesSince(assistant.record)

    def kept(owner: str) -> Conversations:
        return Conversations(assistant.home, owner)

    @router.get("/conversations", summary="List the conversations", response_model=ConversationList, responses=_ERRORS)
    async def conversations(
        owner: Owner,
        words: Annotated[
            str | SkipJsonSchema[None],
            Query(max_length=200, description="Words, or beginnings of them, that stand in one turn or the name."),
        ] = None,
        changed: Annotated[
            bool,
            Query(description="Whether only those of the latest 50 whose sources changed or were taken back since."),
        ] = False,
    ) -> Response:
        """The latest first; with `words`, those that have them, the best first."""
        listed = await reads.result(_listed, kept(owner), words or "", since if changed else None)
        return JsonResponse({"conversations": listed})

    @router.get(
        "/conversations/{number}",
        summary="A conversation with its turns",
        response_model=ConversationDocument,
        responses=_ERRORS,
    )
    async def conversation(owner: Owner, number: Number) -> Response:
        """Its turns, oldest first: the whole answers, what became of their sources, and what was thought of them."""
        return JsonResponse(await reads.result(_document, assistant, since, kept(owner), number))

    @router.patch(
        "/conversations/{number}", summary="Name a conversation", response_model=TitleDocument, responses=_BODY_ERRORS
    )
    async def rename(owner: Owner, number: Number, given: Annotated[Name, Body()]) -> Response:
        """Its title from now on; an empty name makes its first question its title again."""
        await reads.result(kept(owner).rename, number, given.name)
        return JsonResponse({"title": (await reads.result(kept(owner).get, number)).title})

    _deleting(router, kept, reads)

    @router.get(
        "/conversations/{number}/export/{form}",
        summary="A conversation as a file",
        response_class=Response,
        responses={200: {"content": {kind: {} for kind in _MEDIA.values()}, "description": "The file."}, **_ERRORS},
    )
    async def export(owner: Owner, number: Number, form: Form) -> Response:
        """Markdown to read, JSON for programs, or HTML to print, with the sources in full."""
        title, text = await reads.result(_exported, assistant, kept(owner), number, form)
        name = quote(f"{_UNFIT.sub('-', title).strip('-')[:60] or 'conversation'}.{form}")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
        return Response(text.encode("utf-8", "replace"), media_type=_MEDIA[form], headers=headers)

    @router.put(
        "/conversations/{number}/turns/{turn}/feedback",
        summary="Say what you think of an answer",
        status_code=204,
        responses=_BODY_ERRORS,
    )
    async def judge(owner: Owner, number: Number, turn: Turn, given: Annotated[Judgement, Body()]) -> None:
        """In place of what was said of the same answer, or citation, before."""
        await reads.result(kept(owner).give_feedback, number, turn, given.kind, given.marker, given.note)

    @router.delete(
        "/conversations/{number}/turns/{turn}/feedback",
        summary="Take back what you said of an answer",
        status_code=204,
        responses=_ERRORS,
    )
    async def take_back(
        owner: Owner,
        number: Number,
        turn: Turn,
        marker: Annotated[
            Annotated[int, Field(ge=1, le=2**31)] | SkipJsonSchema[None],
            Query(description="Of this citation; else of the whole answer."),
        ] = None,
    ) -> None:
        """It need not have been said."""
        await reads.result(kept(owner).take_back, number, turn, marker)

    return router


def _deleting(router: APIRouter, kept: Callable[[str], Conversations], reads: Workers) -> None:
    """Add the operations that delete."""

    @router.delete("/conversations/{number}", summary="Delete a conversation", status_code=204, responses=_ERRORS)
    async def delete(owner: Owner, number: Number) -> None:
        """For good, with every word of it."""
        await reads.result(kept(owner).delete, number)

    @router.delete("/conversations", summary="Delete all conversations", status_code=204, responses=_ERRORS)
    async def delete_all(owner: Owner) -> None:
        """All of yours, for good, with every word of them."""
        await reads.result(kept(owner).delete_all)


def _listed(kept: Conversations, words: str, since: SourcesSince | None) -> list[dict[str, Any]]:
    changed = None if since is None else since.changed(kept)
    if words.strip():
        listed = [found.to_dict() for found in kept.search(words)]
    else:
        listed = [{**overview.to_dict(), "turn": None, "excerpt": ""} for overview in kept.overviews(_LISTED)]
    return [each for each in listed if changed is None or each["id"] in changed]


def _document(assistant: Assistant, since: SourcesSince, kept: Conversations, number: int) -> dict[str, Any]:
    conversation = kept.get(number)
    document = as_document(conversation, assistant, feedback=kept.feedback(number))
    for turn, shown, told in zip(conversation.turns, document["turns"], since.notices(conversation), strict=True):
        shown["since"] = [notice.to_dict() for notice in told]
        shown |= of_cited(assistant, (*turn.answer.citations, *turn.answer.closest))
        if shown["among"] is not None:
            articles = [assistant.article(article_id) for article_id in shown["among"].get("ids", ())]
            shown["among"]["titles"] = [_REMOVED if article is None else article.title for article in articles]
    return document


def _exported(assistant: Assistant, kept: Conversations, number: int, form: Form) -> tuple[str, str]:
    conversation = kept.get(number)
    if form == "json":
        return conversation.title, as_json(as_document(conversation, assistant, feedback=kept.feedback(number)))
    return conversation.title, (as_markdown if form == "md" else as_html)(conversation, assistant)
