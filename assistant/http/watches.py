"""/watches: standing questions, which are asked again when the articles change. Each owner has their own."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Body, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from assistant.answer import Answer
from assistant.answering.assistant import Assistant
from assistant.http.clients import Owner
from assistant.http.conversation_documents import AskedOf, SourceDocument
from assistant.http.documents import errors
from assistant.http.errors import HttpError
from assistant.http.feed import MEDIA_TYPE, atom
from assistant.http.requests import QuestionRequest, Sent, WholeNumber, check_question
from assistant.http.responses import JsonResponse
from assistant.http.streams import follow
from assistant.http.workers import Workers
from assistant.memory import NoWatchError, WatchedAnswer, Watches
from assistant.memory.asking_again import AskedAgain, ask_again, begin
from assistant.memory.watch import Difference

_log = logging.getLogger(__name__)


class AskingAgain:
    """A thread that asks one standing question after the other when the articles have changed."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._stopped = threading.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dateline-watch")

    def start(self) -> None:
        """Ask those again that were not asked of the articles as they are now, after those that are asked already."""
        self._thread.submit(ask_again, self._assistant, stop=self._stopped.is_set).add_done_callback(_log_failures)

    def close(self) -> None:
        """Wait for the question that is being asked; the next start of a server, or of indexing, goes on from there."""
        self._stopped.set()
        self._thread.shutdown(wait=True, cancel_futures=True)


def _log_failures(done: Future[AskedAgain]) -> None:
    """Say in the log what failed: nobody waits for it here."""
    if done.cancelled():
        return
    if (error := done.exception()) is not None:
        _log.error("the standing questions were not asked again", exc_info=error)
        return
    for number, reason in done.result().failed:
        _log.error("the standing question %d was not answered again: %s", number, reason)


_IN_FEED = 100
_ERRORS = errors(404, 422, 503)

Number = Annotated[int, Path(ge=1, le=2**53, description="The number of the question.")]


class FollowRequest(QuestionRequest):
    """A question that is to be followed; signs alone ask nothing."""

    question: Annotated[str, Field(min_length=1, pattern=r"[^\W_]", description="In plain words.")]


class Looked(Sent):
    """What was seen of a standing question."""

    number: WholeNumber = Field(description="The number of the latest answer that was seen.")


class WatchedDocument(BaseModel):
    """What a standing question was answered, from one moment on until the next such answer."""

    number: int = Field(ge=1, description="1, 2, ... of its question.")
    since: dt.datetime
    differs: list[Difference] = Field(
        max_length=len(get_args(Difference)), description="In what it differs from the one before."
    )
    answer: Answer
    sources: list[SourceDocument] = Field(description="What became of its sources.")


class WatchDocument(WatchedDocument):
    """A standing question with what it is answered now."""

    id: int
    question: str
    among: AskedOf | None = Field(description="Which articles may answer; null for all.")
    begun_at: dt.datetime
    asked_at: dt.datetime = Field(description="When it was asked last.")
    changed: bool = Field(description="Whether it is answered otherwise since its owner looked.")


class WatchHistory(WatchDocument):
    """A standing question with all that it was answered."""

    history: list[WatchedDocument] = Field(description="The latest first.")


class WatchList(BaseModel):
    """The standing questions."""

    watches: list[WatchDocument]


def watches_router(assistant: Assistant, questions: Workers, reads: Workers) -> APIRouter:
    """The operations."""
    router = APIRouter(tags=["watches"])

    @router.get("/watches", summary="List the questions that you follow", response_model=WatchList, responses=_ERRORS)
    async def watches(owner: Owner) -> Response:
        """What each is answered now, since when, and whether that has changed since you looked."""
        return JsonResponse({"watches": await reads.result(_listed, assistant, owner)})

    @router.post(
        "/watches",
        summary="Follow a question",
        status_code=201,
        response_model=WatchDocument,
        responses=errors(400, 413, 422, 503, 504),
    )
    async def begin_watch(request: Request, owner: Owner, asked: Annotated[FollowRequest, Body()]) -> Response:
        """It is asked now, and again after each change of the articles. One that you follow already stays as it is."""
        if assistant.settings.insecure:  # where strangers could have the server ask without end
            raise HttpError(403, "this server is open to everybody, so questions cannot be followed here.")
        check_question(asked.question, assistant.settings)
        work = functools.partial(begin, assistant, asked.question, owner=owner, among=asked.wanted())
        job = questions.start(lambda: iter((work(),)), request.scope["client_key"])
        results = follow(job, request.receive, seconds=assistant.settings.request_timeout)
        async with aclosing(results):
            async for begun in results:
                if begun is not None:
                    return JsonResponse(_document(assistant, begun), 201)
        return Response(status_code=400)  # nobody is there to read it

    @router.get(
        "/watches/feed",
        summary="The answers of all questions that you follow, as an Atom feed",
        response_class=Response,
        responses={200: {"content": {MEDIA_TYPE: {}}, "description": "The latest first."}, **errors(422, 503)},
    )
    async def feed(request: Request, owner: Owner) -> Response:
        """The last hundred. An entry leads to the sentence that is cited first."""
        news = await reads.result(Watches(assistant.home, owner).news, _IN_FEED)
        address = f"{request.url.scheme}://{request.url.netloc}"
        return Response(atom(news, address), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})

    @router.get(
        "/watches/{number:int}",
        summary="A question that you follow, with all that it was answered",
        response_model=WatchHistory,
        responses=_ERRORS,
    )
    async def watch(owner: Owner, number: Number) -> Response:
        """The answers with what became of their sources. A source that was removed since says `gone`."""
        return JsonResponse(await reads.result(_history, assistant, owner, number))

    @router.put(
        "/watches/{number}/looked",
        summary="Say what you saw",
        status_code=204,
        responses=errors(400, 404, 413, 422, 503),
    )
    async def look(owner: Owner, number: Number, seen: Annotated[Looked, Body()]) -> None:
        """`changed` is false from now on, until the answer is another one than this."""
        await reads.result(_look, Watches(assistant.home, owner), number, seen.number)

    @router.delete("/watches/{number:int}", summary="Follow a question no more", status_code=204, responses=_ERRORS)
    async def remove(owner: Owner, number: Number) -> None:
        """What it was answered goes with it."""
        await reads.result(Watches(assistant.home, owner).remove, number)

    return router


def _document(assistant: Assistant, watched: WatchedAnswer) -> dict[str, Any]:
    return {**watched.watch.to_dict(), "changed": watched.has_changed, **watched.to_dict(assistant)}


def _listed(assistant: Assistant, owner: str) -> list[dict[str, Any]]:
    return [_document(assistant, each) for each in Watches(assistant.home, owner).latest()]


def _history(assistant: Assistant, owner: str, number: int) -> dict[str, Any]:
    history = Watches(assistant.home, owner).history(number)
    return {**_document(assistant, history[0]), "history": [each.to_dict(assistant) for each in history]}


def _look(kept: Watches, number: int, seen: int) -> None:
    for each in kept.history(number):
        if each.number == seen:
            return kept.look([each])
    raise NoWatchError(f"the standing question {number} has no answer {seen}.")
