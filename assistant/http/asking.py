"""POST /ask, /ask/stream and /conversations: an answer as one document, or statement by statement, kept or not."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from assistant.answer import Answer, Statement
from assistant.answering.assistant import Assistant
from assistant.answering.period import narrowed
from assistant.answering.suggestions import follow_ups
from assistant.http.clients import Owner
from assistant.http.conversation_documents import NextQuestion
from assistant.http.conversations import Number
from assistant.http.documents import ANSWER, CONVERSATION_STREAM, STREAM, errors
from assistant.http.errors import without_places
from assistant.http.reading import of_cited
from assistant.http.requests import AskRequest, check_limits, check_question
from assistant.http.responses import JsonResponse
from assistant.http.streams import MEDIA_TYPE, Event, follow, followed
from assistant.http.workers import Job, Workers
from assistant.memory import Conversation, Conversations, ConversationsError, NoConversationError
from index.errors import DatelineError
from index.store.catalogue import ArticleFilter

Result = Statement | Answer

_ERRORS = errors(400, 413, 422, 503, 504)


def ask_router(assistant: Assistant, workers: Workers) -> APIRouter:
    """The two operations."""
    router = APIRouter(tags=["questions"])
    seconds = assistant.settings.request_timeout

    def begin(request: Request, asked: AskRequest) -> Job[Result]:
        check_limits(asked, assistant.settings)
        return workers.start(
            functools.partial(
                assistant.stream, asked.question, asked.turns(), asked.asked_on, among=asked.wanted(), as_of=asked.as_of
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
            return followed(job, event_of, seconds=seconds)
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
        return followed(begin(request, asked), event_of, seconds=seconds)

    return router


def _wants_stream(accept: str) -> bool:
    kinds = [kind.partition(";")[0].strip().lower() for kind in accept.split(",")]
    return MEDIA_TYPE in kinds and "application/json" not in kinds


def event_of(result: Result) -> Iterator[Event]:
    """The event of a statement, with what it cites, or of the answer."""
    if isinstance(result, Answer):
        yield "answer", result.to_dict()
    else:
        yield "statement", {**result.to_dict(), "sources": [citation.to_dict() for citation in result.sources]}


_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: CONVERSATION_STREAM}, "description": "Server-sent events."},
    **errors(400, 404, 413, 422, 503, 504),
}


def conversation_asking_router(assistant: Assistant, questions: Workers, reads: Workers) -> APIRouter:
    """The two operations."""
    router = APIRouter(tags=["conversations"])

    def begin(request: Request, owner: str, number: int | None, asked: NextQuestion) -> Response:
        check_question(asked.question, assistant.settings)
        work = functools.partial(_answered, assistant, owner, number, asked)
        job = questions.start(work, request.scope["client_key"])
        return followed(job, lambda event: iter((event,)), seconds=assistant.settings.request_timeout)

    @router.post(
        "/conversations", summary="Ask, and begin a conversation", response_class=Response, responses=_STREAMED
    )
    async def begin_conversation(request: Request, owner: Owner, asked: Annotated[NextQuestion, Body()]) -> Response:
        """Server-sent events: `statement` and `answer` as of `/ask/stream`, then `kept`, and `related`.

        `kept` says under which numbers the turn is kept (null for a courtesy, which is not kept), and `note` why not,
        where it failed; `related` gives further questions that were tried and are answered.

        Whoever closes the connection before the `answer` stops the work, and nothing is kept.
        """
        return begin(request, owner, None, asked)

    @router.post(
        "/conversations/{number}", summary="Ask in a conversation", response_class=Response, responses=_STREAMED
    )
    async def ask(request: Request, owner: Owner, number: Number, asked: Annotated[NextQuestion, Body()]) -> Response:
        """Server-sent events, as of `POST /conversations`. The question is understood by what was said before."""
        await reads.result(Conversations(assistant.home, owner).get, number)  # to say at once that there is none
        return begin(request, owner, number, asked)

    return router


def _answered(assistant: Assistant, owner: str, number: int | None, asked: NextQuestion) -> Iterator[Event]:
    """The events of a turn, in a worker, which goes no further than the next of them once it is stopped."""
    kept = Conversations(assistant.home, owner)
    conversation = Conversation() if number is None else kept.get(number)
    among = asked.wanted()
    earlier = [] if asked.alone else conversation.earlier()
    for result in assistant.stream(asked.question, earlier, among=among, as_of=asked.as_of):
        sources = (*result.citations, *result.closest) if isinstance(result, Answer) else result.sources
        for name, document in event_of(result):
            yield name, {**document, **of_cited(assistant, sources)}
        if isinstance(result, Answer):
            yield "kept", _kept(kept, conversation, result, among)
            yield "related", {"questions": _related(assistant, conversation, result, asked)}


def _kept(
    kept: Conversations, conversation: Conversation, answer: Answer, among: ArticleFilter | None
) -> dict[str, Any]:
    note = None
    try:
        grown = kept.append(conversation, answer, among)
    except NoConversationError as error:
        grown, note = Conversation(), f"This answer is not kept: {error}"
    except ConversationsError as error:
        grown, note = conversation, f"This answer is not kept: {without_places(str(error))}"
    number = None if note or answer.is_courtesy else grown.turns[-1].number
    title = grown.title if grown.id is not None else None
    return {"conversation": grown.id, "title": title, "turn": number, "note": note}


def _related(assistant: Assistant, conversation: Conversation, answer: Answer, asked: NextQuestion) -> list[str]:
    among = asked.wanted() if asked.as_of is None else narrowed(asked.wanted(), None, asked.as_of)
    try:
        return follow_ups(assistant, answer, (turn.answer for turn in conversation.turns), among)
    except DatelineError:
        return []  # the answer is there; what more there is to ask is a courtesy
