"""The API as an application of its own, below /api: the operations, errors of one line, and its description."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from assistant.answering.assistant import Assistant
from assistant.audit import Audit
from assistant.http.access import Access
from assistant.http.asking import ask_router
from assistant.http.errors import as_http_error, fault
from assistant.http.headers import closed_policy
from assistant.http.invalid import as_said, http_error
from assistant.http.manual import STYLE_HASH, manual
from assistant.http.reading import reading_router
from assistant.http.responses import JsonResponse, error_response
from assistant.http.session_api import session_router
from assistant.http.workers import Workers
from assistant.settings import Settings
from index.errors import DatelineError
from index.store.catalogue import Catalogue

__all__ = ["PREFIX", "api_app"]

PREFIX = "/api"
"""Where the API is mounted."""

_DESCRIPTION = """Answers from news articles, every statement tied to the exact sentence it came from.

Offsets count Unicode code points. An error is `{"error": "one line that says what to do"}`. Text of an article is text:
escape it where you show it, and check an address before you open it.
"""


def api_app(assistant: Assistant, catalogue: Catalogue, questions: Workers, reads: Workers, access: Access) -> FastAPI:
    """The API.

    Args:
        assistant: who answers.
        catalogue: the list of articles.
        questions: where questions are answered.
        reads: where articles are read.
        access: who may use it.
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
    api.include_router(ask_router(assistant, questions))
    api.include_router(reading_router(assistant, catalogue, reads))
    api.include_router(session_router(access, Audit(assistant.home)))

    @api.get("/openapi.json", include_in_schema=False)
    async def description() -> Response:
        return JsonResponse(_description(api, assistant.settings, access))

    @api.get("/docs", include_in_schema=False)
    async def page() -> Response:
        text = manual(_description(api, assistant.settings, access))
        return HTMLResponse(text, headers={"Content-Security-Policy": closed_policy(STYLE_HASH)})

    return api


def _description(api: FastAPI, settings: Settings, access: Access) -> dict[str, Any]:
    document = api.openapi()
    fields = document["components"]["schemas"]["AskRequest"]["properties"]
    fields["question"]["maxLength"] = settings.question_limit
    fields["conversation"]["maxItems"] = settings.conversation_limit
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
