"""POST /ask and /ask/stream: an answer as one document, or statement by statement."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from assistant.answer import Answer, Statement
from assistant.answering.assistant import Assistant
from assistant.http.documents import errors
from assistant.http.examples import ANSWER, STREAM
from assistant.http.following import follow
from assistant.http.requests import AskRequest, check_limits
from assistant.http.responses import JsonResponse
from assistant.http.streams import MEDIA_TYPE, Event, followed
from assistant.http.workers import Job, Workers

__all__ = ["Result", "ask_router", "told"]

Result = Statement | Answer

_ERRORS = errors(400, 413, 422, 503, 504)


def ask_router(assistant: Assistant, workers: Workers) -> APIRouter:
    """The two operations.

    Args:
        assistant: who answers.
        workers: where.
    """
    router = APIRouter(tags=["questions"])
    seconds = assistant.settings.request_timeout

    def begin(request: Request, asked: AskRequest) -> Job[Result]:
        check_limits(asked, assistant.settings)
        return workers.start(
            functools.partial(
                assistant.stream,
                asked.question,
                asked.turns(),
                asked.asked_on,
                among=asked.wanted(),
                as_of=asked.as_of,
            ),
            request.scope["client_key"],
        )

    @router.post(
        "/ask",
        summary="Ask a question",
        response_model=Answer,
        responses={200: {"content": {"application/json": {"example": ANSWER}, MEDIA_TYPE: STREAM}}, **_ERRORS},
    )
    async def ask(request: Request, asked: Annotated[AskRequest, Body()]) -> Response:
        """The answer, as `dateline ask --json` gives it; with `Accept: text/event-stream`, as `/ask/stream` gives it.

        A refusal (`"status": "not_in_corpus"`) is an answer too, and its `reason` says why. One that is `tentative` may
        be wrong: show it as "This may answer it".
        """
        job = begin(request, asked)
        if _wants_stream(request.headers.get("accept", "")):
            return followed(job, told, seconds=seconds)
        results = follow(job, request.receive, seconds=seconds)
        async with aclosing(results):
            async for result in results:
                if isinstance(result, Answer):
                    return JsonResponse(result.to_dict())
        return Response(status_code=400)  # nobody is there to read it

    @router.post(
        "/ask/stream",
        summary="Ask a question, and get its statements as they are verified",
        response_class=Response,
        responses={200: {"content": {MEDIA_TYPE: STREAM}, "description": "Server-sent events."}, **_ERRORS},
    )
    async def ask_stream(request: Request, asked: Annotated[AskRequest, Body()]) -> Response:
        """Server-sent events: `statement` for each verified statement, then one `answer`, the whole document.

        A refusal and a `tentative` answer come as the `answer` alone.

        A fault after the first byte comes as one `error` with `status` and `error`. Comments keep the line open.
        Whoever closes the connection stops the work.
        """
        return followed(begin(request, asked), told, seconds=seconds)

    return router


def _wants_stream(accept: str) -> bool:
    kinds = [kind.partition(";")[0].strip().lower() for kind in accept.split(",")]
    return MEDIA_TYPE in kinds and "application/json" not in kinds


def told(result: Result) -> Iterator[Event]:
    """The event of a statement, with what it cites, or of the answer."""
    if isinstance(result, Answer):
        yield "answer", result.to_dict()
    else:
        yield "statement", {**result.to_dict(), "sources": [citation.to_dict() for citation in result.sources]}
