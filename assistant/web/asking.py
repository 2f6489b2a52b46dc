"""Questions that are being answered. They belong to no connection: a page that is loaded again finds its answer."""

from __future__ import annotations

import asyncio
import functools
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.answer import Answer, Citation, Statement
from assistant.answering.assistant import Assistant
from assistant.http.errors import TooSlowError
from assistant.http.workers import End, Job, Workers
from assistant.memory import Conversation, Conversations, ConversationsError
from assistant.web.documents import (
    IsMarkdown,
    citation_documents,
    scope_document,
    statements_document,
    turn_document,
)
from assistant.web.faults import told, without_places
from assistant.web.follow_ups import follow_ups
from index.errors import DatelineError
from index.store.catalogue import ArticleFilter

__all__ = ["Asked", "Asking"]

Document = dict[str, Any]

_REMEMBERED = 256
"""Turns that have ended and can still be followed, for pages that are loaded again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks.

    Attributes:
        owner: whose conversation it is.
        token: what the page calls this turn; asked again under the same one, it is the same turn.
        question: as it was typed.
        conversation: the number of the conversation that it goes on with, None for a new one.
        among: which articles may answer, None for all.
        alone: whether it is read by itself, without what was said before.
        client: who asks, as the limits of the server see it.
    """

    owner: str
    token: str
    question: str
    conversation: int | None = None
    among: ArticleFilter | None = None
    alone: bool = False
    client: str = ""


@dataclass(eq=False, slots=True)
class _Turn:
    """A turn on its way."""

    document: Document
    job: Job[Document] | None = None
    task: asyncio.Task[None] | None = None  # kept, as the event loop does not
    ended: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, **news: Any) -> None:
        self.document = {**self.document, **news}
        # Whoever waits has this event in hand; the next ones wait for another.
        self.changed.set()
        self.changed = asyncio.Event()

    def end(self) -> None:
        self.ended = True
        self.show()


class Asking:
    """Answers the questions of all pages. Used from one event loop.

    Args:
        assistant: who answers.
        workers: where.
    """

    def __init__(self, assistant: Assistant, workers: Workers) -> None:
        self._assistant = assistant
        self._workers = workers
        self._turns: OrderedDict[tuple[str, str], _Turn] = OrderedDict()

    async def follow(self, asked: Asked) -> AsyncIterator[Document]:
        """What a turn comes to, as a whole document each time; the last one is `state` done, stopped or failed."""
        turn = self._turns.get((asked.owner, asked.token)) or self._begin(asked)
        while True:
            changed = turn.changed
            yield turn.document
            if turn.ended:
                return
            await changed.wait()

    def stop(self, owner: str, token: str) -> None:
        """Want no more of a turn; what is complete already stays."""
        turn = self._turns.get((owner, token))
        if turn is None or turn.ended:
            return
        if turn.job is not None:
            turn.job.stop()
        if turn.task is not None:
            turn.task.cancel()
        if turn.document["state"] != "done":
            turn.show(state="stopped")
        turn.end()

    def _begin(self, asked: Asked) -> _Turn:
        turn = _Turn({"token": asked.token, "state": "looking", "question": asked.question})
        self._turns[asked.owner, asked.token] = turn
        while len(self._turns) > _REMEMBERED and next(iter(self._turns.values())).ended:
            self._turns.popitem(last=False)
        try:
            turn.job = self._workers.start(functools.partial(self._answered, asked), asked.client)
        except Exception as error:  # noqa: BLE001  the outermost boundary of a turn
            _fail(turn, error)
        else:
            turn.task = asyncio.create_task(self._watch(turn, turn.job))
        return turn

    async def _watch(self, turn: _Turn, job: Job[Document]) -> None:
        seconds = self._assistant.settings.request_timeout
        try:
            async with asyncio.timeout(seconds):
                while not isinstance(news := await job.next(), End):
                    turn.show(**news)
        except TimeoutError:
            _fail(turn, TooSlowError(seconds))
        except Exception as error:  # noqa: BLE001  the outermost boundary of a turn: whatever happens, a line is shown
            _fail(turn, error)
        finally:
            job.stop()
            turn.end()

    def _answered(self, asked: Asked) -> Iterator[Document]:
        """The news of a turn, from a worker."""
        kept = Conversations(self._assistant.home, asked.owner)
        conversation = Conversation() if asked.conversation is None else kept.get(asked.conversation)
        said: list[Statement] = []
        earlier = [] if asked.alone else conversation.earlier()
        for event in self._assistant.stream(asked.question, earlier, among=asked.among):
            if isinstance(event, Answer):
                yield from self._ended(kept, conversation, event, asked.among)
            else:
                said.append(event)
                yield _begun(said, self.is_markdown)

    def _ended(
        self, kept: Conversations, conversation: Conversation, answer: Answer, among: ArticleFilter | None
    ) -> Iterator[Document]:
        note, number = None, None
        try:
            conversation = kept.append(conversation, answer, among)
            if not answer.is_courtesy:
                number = conversation.turns[-1].number
        except ConversationsError as error:
            note = f"This answer is not kept: {without_places(str(error))}"
        scope = scope_document(among, self._assistant)
        shown = turn_document(answer, self.is_markdown, number=number, note=note, among=scope)
        yield {**shown, "conversation": conversation.id, "title": conversation.title}
        try:
            yield {"follow_ups": follow_ups(self._assistant, conversation, answer, among)}
        except DatelineError:
            return  # the answer is there; what more there is to ask is a courtesy

    def is_markdown(self, article_id: str) -> bool:
        """Whether an article was read from a Markdown file."""
        state = self._assistant.record.article_state(article_id)
        return state is not None and state[0].lower().endswith(".md")


def _begun(said: list[Statement], is_markdown: IsMarkdown) -> Document:
    cited: dict[int, Citation] = {c.marker: c for statement in said for c in statement.sources}
    citations = [cited[marker] for marker in sorted(cited)]
    return {
        "state": "writing",
        "status": "answered",
        "statements": statements_document(said, citations, is_markdown),
        "citations": citation_documents(citations, is_markdown),
    }


def _fail(turn: _Turn, error: Exception) -> None:
    if turn.document["state"] != "done":
        turn.show(state="failed", error=told(error))
    turn.end()
