"""The page: chat beside the source panel, and what happens on a question and on a click."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import gradio as gr

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.web.conversation import Conversation
from assistant.web.panel import no_source, source_document
from assistant.web.render import welcome_html
from assistant.web.suggestions import Suggestions
from assistant.web.theme import static_text
from index.errors import DatelineError, QuestionError

__all__ = ["CONCURRENCY", "QUEUE", "build_app"]

CONCURRENCY = 4
"""Questions that are answered at once."""

QUEUE = 64
"""Questions that may wait; the next one is told that the queue is full."""

_HEADER = '<header class="dl-header"><h1>Dateline</h1><p>Answers from the articles, in their own words</p></header>'
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class _Page:
    """What the page does, without how it looks. One for all tabs: what belongs to a tab is in its Conversation."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.suggestions = Suggestions(assistant)
        # The store keeps a connection for each thread that reads it. Gradio's threads come and go, these stay.
        self._threads = ThreadPoolExecutor(max_workers=CONCURRENCY, thread_name_prefix="dateline")
        self._threads.submit(self.suggestions.current)  # which also loads everything, before the first question

    async def welcome(self) -> dict[str, Any]:
        """The empty chat: how much is indexed, and questions to begin with."""
        try:
            articles = await self._run(lambda: self.assistant.searcher.record.counts()["articles"])
            questions = await self._run(self.suggestions.current)
        except DatelineError as error:
            _log.warning("no welcome: %s", error)
            return gr.update()
        return gr.update(placeholder=welcome_html(articles), examples=[{"text": question} for question in questions])

    async def ask(
        self, question: str, conversation: Conversation
    ) -> AsyncIterator[tuple[str | dict[str, Any], list[dict[str, str]], Conversation]]:
        """Show the question at once, then its answer or the reason why there is none."""
        begun = conversation.begun(question)
        yield "", begun.messages(), conversation
        left: str | dict[str, Any] = gr.skip()  # what is typed while the answer is looked for stays
        try:
            answer = await self._run(lambda: self._answer(question, conversation))
            ended = begun.ended(answer)
        except DatelineError as error:
            ended = begun.ended(error=str(error))
            if isinstance(error, QuestionError) and question.strip():
                left = question
        except Exception as error:  # noqa: BLE001
            # The outermost boundary of a turn: whatever happens, the user reads one line and can go on.
            _log.exception("a question could not be answered")
            ended = begun.ended(
                error=f"a fault in Dateline ({type(error).__name__}); its log says more. Please report it."
            )
        yield left, ended.messages(), ended

    async def ask_example(
        self, conversation: Conversation, chosen: gr.SelectData
    ) -> AsyncIterator[tuple[str | dict[str, Any], list[dict[str, str]], Conversation]]:
        """Ask one of the questions to begin with."""
        async for shown in self.ask(str(chosen.value["text"]), conversation):
            yield shown

    async def source(self, conversation: Conversation, clicked: gr.EventData) -> dict[str, Any]:
        """The article of the citation that was clicked."""
        data = clicked._data if isinstance(clicked._data, dict) else {}  # noqa: SLF001  its one way to give all
        citation = conversation.citation(str(data.get("reference", "")))
        try:
            document = (
                no_source() if citation is None else await self._run(lambda: source_document(self.assistant, citation))
            )
        except DatelineError as error:
            document = no_source(str(error))
        # The same citation clicked twice must be news to the panel, and a late reply must be told from a new one.
        return {**document, "request": data.get("request")}

    def clear(self, conversation: Conversation) -> tuple[str, list[dict[str, str]], Conversation]:
        """Begin a new conversation."""
        return "", [], conversation.cleared()

    def _answer(self, question: str, conversation: Conversation) -> Answer:
        return self.assistant.ask(question, conversation.earlier())

    async def _run(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def build_app(assistant: Assistant) -> gr.Blocks:
    """The page as a Gradio app, with its queue set up; theme, style sheet and server are `serve`'s business.

    Args:
        assistant: who answers; it stays the caller's, and must stay open as long as the page is served.
    """
    page = _Page(assistant)
    blocks: gr.Blocks = gr.Blocks(title="Dateline", analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks:
        conversation = gr.State(Conversation())
        with gr.Row(elem_id="dl-page"):
            with gr.Column(elem_id="dl-chat"):
                with gr.Row(elem_id="dl-top"):
                    gr.HTML(html_template=_HEADER, js_on_load=None, apply_default_css=False, elem_id="dl-brand")
                    new = gr.Button("New conversation", size="sm", elem_id="dl-new", scale=0)
                chat = gr.Chatbot(
                    label="Conversation",
                    show_label=False,
                    container=False,
                    elem_id="dl-messages",
                    height="100%",
                    layout="panel",
                    buttons=[],
                    latex_delimiters=[],
                    allow_tags=False,
                    feedback_options=None,
                    placeholder=welcome_html(0),
                )
                with gr.Row(elem_id="dl-ask"):
                    box = gr.Textbox(
                        label="Question",
                        show_label=False,
                        container=False,
                        placeholder="Ask about the articles",
                        autofocus=True,
                        lines=1,
                        max_lines=6,
                        scale=1,
                        elem_id="dl-question",
                    )
                    send = gr.Button("Ask", variant="primary", scale=0, min_width=72, elem_id="dl-send")
            panel = gr.HTML(
                html_template=static_text("panel.html"),
                js_on_load=static_text("panel.js"),
                apply_default_css=False,
                elem_id="dl-source",
            )
        shown = [box, chat, conversation]
        asking = gr.on(
            [box.submit, send.click],
            page.ask,
            [box, conversation],
            shown,
            show_progress_on=[chat],
            show_progress="minimal",
            trigger_mode="once",
            api_visibility="private",
        )
        example = chat.example_select(
            page.ask_example,
            conversation,
            shown,
            show_progress_on=[chat],
            show_progress="minimal",
            api_visibility="private",
        )
        new.click(page.clear, conversation, shown, queue=False, cancels=[asking, example], api_visibility="private")
        panel.cite(page.source, conversation, panel, queue=False, show_progress="hidden", trigger_mode="multiple",
                   api_visibility="private")  # fmt: skip
        blocks.load(page.welcome, None, chat, queue=False, show_progress="hidden", api_visibility="private")
    blocks.queue(default_concurrency_limit=CONCURRENCY, max_size=QUEUE)
    return blocks
