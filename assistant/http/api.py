"""The API as an application of its own, below /api: the operations, errors of one line, and its description."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from assistant.http.access import Access
from assistant.http.errors import as_http_error, fault
from assistant.http.headers import closed_policy
from assistant.http.invalid import as_said, http_error
from assistant.http.manual import STYLE_HASH, manual
from assistant.http.owners import BROWSER
from assistant.http.responses import JsonResponse, error_response
from assistant.settings import Settings
from index.errors import DatelineError

__all__ = ["PREFIX", "api_app"]

PREFIX = "/api"
"""Where the API is mounted."""

_DESCRIPTION = """Answers from news articles, every statement tied to the exact sentence it came from.

Offsets count Unicode code points. An error is `{"error": "one line that says what to do"}`. Text of an article is text:
escape it where you show it, and check an address before you open it.
"""


def api_app(settings: Settings, access: Access, routers: Iterable[APIRouter]) -> FastAPI:
    """The API.

    Args:
        settings: its limits.
        access: who may use it.
        routers: its operations.
    """
    api = FastAPI(
        title="Dateline",
        version=version("dateline"),
        description=_DESCRIPTION,
        servers=[{"url": PREFIX}],
        openapi_url=None,
        redirect_slashes=False,
        exception_handlers={
            HTTPException: http_error,
            RequestValidationError: _invalid,
            DatelineError: _expected,
            sqlite3.Error: _expected,
            Exception: _fault,
        },
    )
    for router in routers:
        api.include_router(router)

    @api.get("/openapi.json", include_in_schema=False)
    async def description() -> Response:
        return JsonResponse(_description(api, settings, access))

    @api.get("/docs", include_in_schema=False)
    async def page() -> Response:
        text = manual(_description(api, settings, access))
        return HTMLResponse(text, headers={"Content-Security-Policy": closed_policy(STYLE_HASH)})

    return api


def _description(api: FastAPI, settings: Settings, access: Access) -> dict[str, Any]:
    document = api.openapi()
    schemas = document["components"]["schemas"]
    for asked in ("AskRequest", "NextQuestion", "FollowRequest"):
        schemas[asked]["properties"]["question"]["maxLength"] = settings.question_limit
    schemas["AskRequest"]["properties"]["conversation"]["maxItems"] = settings.conversation_limit
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == BROWSER:
                    parameter["required"] = not access.required
    if access.required:
        kinds = {"password": "basic", "token": "bearer"}
        document["components"]["securitySchemes"] = {
            name: {"type": "http", "scheme": kind} for name, kind in kinds.items()
        }
        document["security"] = [{name: []} for name in kinds]
    return document


async def _invalid(request: Request, error: Exception) -> Response:  # noqa: ARG001
    assert isinstance(error, RequestValidationError)
    return error_response(as_said(error.errors()[0]))


async def _expected(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return error_response(as_http_error(error))


async def _fault(request: Request, error: Exception) -> Response:  # noqa: ARG001
    # Starlette raises it again when this has been sent, and the guard writes it to the log.
    return error_response(fault(error))
