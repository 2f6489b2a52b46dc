"""The server without its pages: the API with its description below /api, and the guard around everything."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from assistant.answering.assistant import Assistant
from assistant.answering.suggestions import Suggestions
from assistant.audit import Audit
from assistant.http.access import Access
from assistant.http.admin import admin_router
from assistant.http.asking import ask_router, conversation_asking_router
from assistant.http.clients import BROWSER
from assistant.http.conversations import conversations_router
from assistant.http.errors import as_http_error, fault, http_error, refused_value
from assistant.http.front import front_router
from assistant.http.guard import Admission, Guard
from assistant.http.library import Library
from assistant.http.library_api import library_router
from assistant.http.manual import STYLE_HASH, manual
from assistant.http.reading import reading_router, settings_router
from assistant.http.responses import JsonResponse, closed_policy, error_response
from assistant.http.routes import Route
from assistant.http.session_api import session_router
from assistant.http.uploads import MAX_UPLOAD_MB, Inbox
from assistant.http.watches import AskingAgain, watches_router
from assistant.http.workers import Workers
from assistant.settings import Settings
from index.errors import DatelineError

PREFIX = "/api"
"""Where the API is mounted."""

_DESCRIPTION = """Answers from news articles, every statement tied to the exact sentence it came from.

Offsets count Unicode code points. An error is `{"error": "one line that says what to do"}`. Text of an article is text:
escape it where you show it, and check an address before you open it.
"""


def api_app(settings: Settings, access: Access, routers: Iterable[APIRouter]) -> FastAPI:
    """The API."""
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
    return error_response(refused_value(error.errors()[0]))


async def _expected(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return error_response(as_http_error(error))


async def _fault(request: Request, error: Exception) -> Response:  # noqa: ARG001
    # Starlette raises it again when this has been sent, and the guard writes it to the log.
    return error_response(fault(error))


_READS = 2
_READS_QUEUE = 256
_SUGGESTIONS_QUEUE = 32


def http_app(assistant: Assistant, *, routes: Sequence[Route] = (), warm_up: bool = False) -> FastAPI:
    """An application with the API at /api; what is mounted on it besides is guarded as well.

    Its `state.workers` are where questions are answered, for what is mounted.

    Args:
        assistant: who answers, with the settings of the server; it stays the caller's, and must stay open as long as
            the application is served.
        warm_up: whether to load everything at the start, before the first question.

    Raises:
        SettingsError: a setting of the server cannot be used.
        StoreError: the home folder cannot be used.
    """
    settings = assistant.settings
    admission = Admission(settings, routes)
    questions = Workers(settings.workers, settings.queue, "dateline-ask")
    reads = Workers(_READS, _READS_QUEUE, "dateline-read")
    asking = Workers(1, _SUGGESTIONS_QUEUE, "dateline-suggest")  # whole answers, which must keep nothing else waiting
    inbox = Inbox(settings.home, settings.upload_mb * 1_000_000)
    asking_again = AskingAgain(assistant)
    library = Library(assistant, inbox, changed=asking_again.start)
    suggestions = Suggestions(assistant)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if warm_up:
            asking.start(lambda: iter((suggestions.current(),)))
            asking_again.start()  # what the last run did not come to
        yield
        for part in (questions, reads, asking, library, asking_again):
            await asyncio.to_thread(part.close)
        inbox.close()

    app = FastAPI(
        openapi_url=None, redirect_slashes=False, lifespan=lifespan, exception_handlers={HTTPException: http_error}
    )
    app.state.workers = questions
    app.add_middleware(Guard, admission=admission, body_limit=settings.body_limit, upload_limit=MAX_UPLOAD_MB * 2**20)
    routers = (
        ask_router(assistant, questions),
        conversation_asking_router(assistant, questions, reads),
        conversations_router(assistant, reads),
        watches_router(assistant, questions, reads),
        reading_router(assistant, reads),
        library_router(library, inbox, reads),
        front_router(assistant, suggestions, reads, asking),
        session_router(admission.access, Audit(assistant.home)),
        settings_router(settings),
        admin_router(settings, reads),
    )
    app.mount(PREFIX, api_app(settings, admission.access, routers))
    app.add_route(PREFIX, _nothing, include_in_schema=False)  # what is mounted has no path without a slash
    return app


async def _nothing(request: Request) -> Response:  # noqa: ARG001
    raise HTTPException(404)
