"""The server without its pages: the API, and the guard around everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.answering.assistant import Assistant
from assistant.http.api import PREFIX, api_app
from assistant.http.guard import Admission, Guard
from assistant.http.invalid import http_error
from assistant.http.workers import Workers
from index.store.catalogue import Catalogue

__all__ = ["http_app"]

_READS = 2
_READS_QUEUE = 256


def http_app(assistant: Assistant, *, upload_limit: int = 0) -> FastAPI:
    """An application with the API at /api; what is mounted on it besides is guarded as well.

    Its `state.workers` are where questions are answered, for what is mounted, which has `state.closed_at_end` for what
    it opens.

    Args:
        assistant: who answers, with the settings of the server; it stays the caller's, and must stay open as long as
            the application is served.
        upload_limit: bytes that a request may carry that brings a file, where what is mounted takes any.

    Raises:
        SettingsError: a setting of the server cannot be used.
    """
    settings = assistant.settings
    admission = Admission(settings)
    catalogue = Catalogue(assistant.record.path)
    questions = Workers(settings.workers, settings.queue, "dateline-ask")
    reads = Workers(_READS, _READS_QUEUE, "dateline-read")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        for workers in (questions, reads):
            await asyncio.to_thread(workers.close)
        catalogue.close()
        app.state.closed_at_end.close()

    app = FastAPI(
        openapi_url=None, redirect_slashes=False, lifespan=lifespan, exception_handlers={HTTPException: http_error}
    )
    app.state.workers = questions
    app.state.closed_at_end = ExitStack()
    app.add_middleware(Guard, admission=admission, body_limit=settings.body_limit, upload_limit=upload_limit)
    app.mount(PREFIX, api_app(assistant, catalogue, questions, reads, admission.access))
    app.add_route(PREFIX, _nothing, include_in_schema=False)  # what is mounted has no path without a slash
    return app


async def _nothing(request: Request) -> Response:  # noqa: ARG001
    raise HTTPException(404)
