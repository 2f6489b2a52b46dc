"""The server without its pages: the API, and the guard around everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.answering.assistant import Assistant
from assistant.answering.suggestions import Suggestions
from assistant.audit import Audit
from assistant.http.admin import admin_router
from assistant.http.api import PREFIX, api_app
from assistant.http.asking import ask_router
from assistant.http.asking_again import AskingAgain
from assistant.http.conversation_asking import conversation_asking_router
from assistant.http.conversations import conversations_router
from assistant.http.front import front_router
from assistant.http.guard import Admission, Guard
from assistant.http.inbox import Inbox
from assistant.http.invalid import http_error
from assistant.http.library import Library
from assistant.http.library_api import library_router
from assistant.http.reading import reading_router
from assistant.http.routes import Route
from assistant.http.session_api import session_router
from assistant.http.settings_api import settings_router
from assistant.http.uploads import MAX_UPLOAD_MB
from assistant.http.watches import watches_router
from assistant.http.workers import Workers
from index.store.catalogue import Catalogue

__all__ = ["http_app"]

_READS = 2
_READS_QUEUE = 256
_SUGGESTIONS_QUEUE = 32


def http_app(assistant: Assistant, *, routes: Sequence[Route] = (), warm_up: bool = False) -> FastAPI:
    """An application with the API at /api; what is mounted on it besides is guarded as well.

    Its `state.workers` are where questions are answered, for what is mounted.

    Args:
        assistant: who answers, with the settings of the server; it stays the caller's, and must stay open as long as
            the application is served.
        routes: the paths of what is mounted besides.
        warm_up: whether to load everything at the start, before the first question.

    Raises:
        SettingsError: a setting of the server cannot be used.
        StoreError: the home folder cannot be used.
    """
    settings = assistant.settings
    admission = Admission(settings, routes)
    catalogue = Catalogue(assistant.record.path)
    questions = Workers(settings.workers, settings.queue, "dateline-ask")
    reads = Workers(_READS, _READS_QUEUE, "dateline-read")
    asking = Workers(1, _SUGGESTIONS_QUEUE, "dateline-suggest")  # whole answers, which must keep nothing else waiting
    inbox = Inbox(settings.home, settings.upload_mb * 1_000_000)
    asking_again = AskingAgain(assistant)
    library = Library(assistant, catalogue, inbox, changed=asking_again.start)
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
        catalogue.close()

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
        reading_router(assistant, catalogue, reads),
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
