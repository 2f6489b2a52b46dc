"""/library: what there is to ask about, and changing it: files to add, articles to remove, restore and read again."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from assistant.http.clients import client_in
from assistant.http.documents import errors
from assistant.http.errors import HttpError
from assistant.http.library import Library
from assistant.http.requests import Sent
from assistant.http.responses import JsonResponse
from assistant.http.streams import MEDIA_TYPE, EventStream
from assistant.http.uploads import Inbox
from assistant.http.workers import Workers
from index.store.trash import Removed

_FILE = "application/octet-stream"
_Id = Annotated[str, Field(min_length=1, max_length=1_000)]


class FileDocument(Sent):
    """A file that came in."""

    id: str = Field(max_length=100, description="What `POST /library/files` gave.")
    name: str = Field(max_length=1_000, description="What it is called.")


class ChangeRequest(Sent):
    """What is to be done with the articles."""

    action: Literal["add", "remove", "restore", "refresh"] = Field(
        description="`refresh` reads the files again that changed: those of the articles in `ids`, or all."
    )
    files: list[FileDocument] = Field(default=[], max_length=200, description="To add.")
    ids: list[_Id] = Field(default=[], max_length=1_000, description="Of articles to remove, or to refresh.")
    keys: list[int] = Field(default=[], max_length=1_000, description="Of removed articles to restore.")


class SourceCount(BaseModel):
    """An outlet."""

    source: str
    articles: int = Field(ge=1)


class DaysDocument(BaseModel):
    """From one day to another, both included."""

    first: dt.date
    last: dt.date


class LibraryDocument(BaseModel):
    """What there is to ask about, and what this client may do."""

    articles: int = Field(ge=0)
    sources: list[SourceCount] = Field(description="The outlets, those with most articles first.")
    days: DaysDocument | None = Field(description="Of the oldest and the newest article; null where none has a date.")
    can_change: bool
    suffixes: list[str] = Field(description="Of the files that can be added.")
    max_bytes: int = Field(description="Of such a file.")


class RemovedList(BaseModel):
    """What can be restored."""

    removed: list[Removed]


class CameIn(BaseModel):
    """A file that came in, and waits ten minutes to be added."""

    id: str


_CHANGE: dict[str, Any] = {
    "example": 'event: progress\ndata: {"stage": "Waiting", "done": 0, "of": 0}\n\n'
    'event: done\ndata: {"note": "", "added": 1, "updated": 0, "unchanged": 0, "removed": 0, "faults": []}\n\n'
}


def library_router(library: Library, inbox: Inbox, reads: Workers) -> APIRouter:
    """The operations."""
    router = APIRouter(tags=["library"])

    @router.get("/library", summary="What there is to ask about", response_model=LibraryDocument, responses=errors(503))
    async def about(request: Request) -> Response:
        """The outlets, and whether the client may change the articles."""
        return JsonResponse(await reads.result(library.about, client_in(request.scope)))

    @router.get("/library/removed", summary="What can be restored", response_model=RemovedList, responses=errors(503))
    async def removed(request: Request) -> Response:
        """The articles that were removed in the last 30 days, the latest first."""
        return JsonResponse({"removed": await reads.result(library.removed, client_in(request.scope))})

    @router.post(
        "/library/files",
        summary="Send a file",
        response_model=CameIn,
        responses=errors(400, 411, 413, 415, 507),
        openapi_extra={
            "requestBody": {"required": True, "content": {_FILE: {"schema": {"type": "string", "format": "binary"}}}}
        },
    )
    async def receive(request: Request) -> Response:
        """The body is the file. It waits ten minutes for `POST /library/changes`, which adds it to the articles."""
        library.check(client_in(request.scope))
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FILE:
            raise HttpError(415, f"the body is of another kind than is wanted; send it with Content-Type: {_FILE}.")
        return await inbox.receive(request)

    @router.post(
        "/library/changes",
        summary="Change the articles",
        response_class=Response,
        responses={
            200: {"content": {MEDIA_TYPE: _CHANGE}, "description": "Server-sent events."},
            **errors(400, 413, 422, 503),
        },
    )
    async def change(request: Request, wanted: Annotated[ChangeRequest, Body()]) -> Response:
        """Server-sent events: `progress`, then `done` with what changed and which files had faults, or `error`.

        The change goes on when the client goes away.
        """
        client, sender = client_in(request.scope), request.scope["client_key"]
        library.check(client)
        if wanted.action == "add":
            events = library.add(client, sender, [(file.id, file.name) for file in wanted.files])
        elif wanted.action == "remove":
            events = library.remove(client, wanted.ids)
        elif wanted.action == "restore":
            events = library.restore(client, wanted.keys)
        else:
            events = library.refresh(client, wanted.ids)
        return EventStream(lambda _: events)

    return router
