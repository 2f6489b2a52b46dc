"""POST /conversations and /conversations/NUMBER: asking in a conversation that is kept."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from assistant.answer import Answer
from assistant.answering.assistant import Assistant
from assistant.answering.period import narrowed
from assistant.answering.suggestions import follow_ups
from assistant.http.asking import told
from assistant.http.conversation_documents import NextQuestion
from assistant.http.conversations import Number, markdown_of
from assistant.http.documents import errors
from assistant.http.errors import without_places
from assistant.http.examples import CONVERSATION_STREAM
from assistant.http.owners import Owner
from assistant.http.requests import check_question
from assistant.http.streams import MEDIA_TYPE, Event, followed
from assistant.http.workers import Workers
from assistant.memory import Conversation, Conversations, ConversationsError, NoConversationError
from index.errors import DatelineError
from index.store.catalogue import ArticleFilter

__all__ = ["conversation_asking_router"]

_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: CONVERSATION_STREAM}, "description": "Server-sent events."},
    **errors(400, 404, 413, 422, 503, 504),
}


def conversation_asking_router(assistant: Assistant, questions: Workers, reads: Workers) -> APIRouter:
    """The two operations.

    Args:
        assistant: who answers.
        questions: where.
        reads: where it is looked whether there is such a conversation, so that this need not wait for answers.
    """
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
        await reads.result(
            functools.partial(Conversations(assistant.home, owner).get, number)
        )  # to say at once that there is none
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
        for name, document in told(result):
            yield name, {**document, "markdown": markdown_of(assistant, sources)}
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
