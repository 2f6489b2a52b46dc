"""GET /settings: what the server was started with, as far as who uses it may know."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from assistant.http.clients import client_in
from assistant.http.documents import errors
from assistant.http.responses import JsonResponse
from assistant.settings import Settings
from assistant.writer.setting import Kind, parse_setting

__all__ = ["settings_router"]


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
    """The operation.

    Args:
        settings: those of the server.
    """
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
