"""POST /ask and /ask/stream: an answer as one document, or statement by statement."""

from __future__ import annotations

import functools
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from assistant.answer import Answer, Statement
from assistant.answering.assistant import Assistant
from assistant.http.documents import errors
from assistant.http.errors import as_http_error
from assistant.http.examples import ANSWER, STREAM
from assistant.http.following import follow
from assistant.http.requests import AskRequest, check_limits
from assistant.http.responses import JsonResponse, encoded
from assistant.http.workers import Job, Workers

__all__ = ["ask_router"]

Event = Statement | Answer

_STREAM = "text/event-stream"
_ERRORS = errors(400, 413, 422, 503, 504)


class EventStream(Response):
    """The results of a job as server-sent events.

    Args:
        job: what is followed.
        seconds: how long it may take.
    """

    media_type = _STREAM

    def __init__(self, job: Job[Event], seconds: float) -> None:
        # A proxy that collects an answer before it passes it on (nginx) is told not to.
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._job = job
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send events until the answer is complete or the client goes away."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with aclosing(self._events(receive)) as events:
            async for event in events:
                await send({"type": "http.response.body", "body": event.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _events(self, receive: Receive) -> AsyncGenerator[str]:
        try:
            results = follow(self._job, receive, seconds=self._seconds)
            async with aclosing(results):
                async for result in results:
                    if result is None:
                        yield ": still looking\n\n"
                    elif isinstance(result, Answer):
                        yield _event("answer", result.to_dict())
                    else:
                        yield _event("statement", _statement(result))
        except Exception as error:  # noqa: BLE001  the status is sent already, so the stream says it
            failed = as_http_error(error)
            yield _event("error", {"status": failed.status_code, "error": str(failed.detail)})


def ask_router(assistant: Assistant, workers: Workers) -> APIRouter:
    """The two operations.

    Args:
        assistant: who answers.
        workers: where.
    """
    router = APIRouter(tags=["questions"])
    seconds = assistant.settings.request_timeout

    def begin(request: Request, asked: AskRequest) -> Job[Event]:
        check_limits(asked, assistant.settings)
        return workers.start(
            functools.partial(assistant.stream, asked.question, asked.turns(), asked.asked_on, among=asked.wanted()),
            request.scope["client_key"],
        )

    @router.post(
        "/ask",
        summary="Ask a question",
        response_model=Answer,
        responses={200: {"content": {"application/json": {"example": ANSWER}, _STREAM: STREAM}}, **_ERRORS},
    )
    async def ask(request: Request, asked: Annotated[AskRequest, Body()]) -> Response:
        """The answer, as `dateline ask --json` gives it; with `Accept: text/event-stream`, as `/ask/stream` gives it.

        A refusal (`"status": "not_in_corpus"`) is an answer too, and its `reason` says why. One that is `tentative` may
        be wrong: show it as "This may answer it".
        """
        job = begin(request, asked)
        if _wants_stream(request.headers.get("accept", "")):
            return EventStream(job, seconds)
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
        responses={200: {"content": {_STREAM: STREAM}, "description": "Server-sent events."}, **_ERRORS},
    )
    async def ask_stream(request: Request, asked: Annotated[AskRequest, Body()]) -> Response:
        """Server-sent events: `statement` for each verified statement, then one `answer`, the whole document.

        A refusal and a `tentative` answer come as the `answer` alone.

        A fault after the first byte comes as one `error` with `status` and `error`. Comments keep the line open.
        Whoever closes the connection stops the work.
        """
        return EventStream(begin(request, asked), seconds)

    return router


def _wants_stream(accept: str) -> bool:
    kinds = [kind.partition(";")[0].strip().lower() for kind in accept.split(",")]
    return _STREAM in kinds and "application/json" not in kinds


def _statement(statement: Statement) -> dict[str, Any]:
    return {**statement.to_dict(), "sources": [citation.to_dict() for citation in statement.sources]}


def _event(name: str, document: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {encoded(document)}\n\n"
