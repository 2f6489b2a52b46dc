"""The page as a Gradio app: one component that the script draws in, and two through which things come as they grow."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr

from assistant.answer import Citation
from assistant.answering.assistant import Assistant
from assistant.http.workers import Workers
from assistant.web.asking import Asked, Asking
from assistant.web.calls import Fields, ServerFunction, served
from assistant.web.faults import told
from assistant.web.inbox import Inbox
from assistant.web.inline import page_safe
from assistant.web.keeping import Keeping
from assistant.web.library import Library, wanted_articles
from assistant.web.owners import Asker, asker_of, owner_of, sender_of
from assistant.web.panel import source_document
from assistant.web.suggestions import Suggestions
from assistant.web.theme import static_text

__all__ = ["build_app"]

_READERS = 2
"""Threads for what is no question: the store keeps a connection for each."""

_QUEUE = 256
"""Turns that may be followed at once; the workers, where they are answered, have a queue of their own."""

_START = """
const address = new URL("page/main.js", document.baseURI).href;
import(address).then((page) => page.start({ element, server }));
"""
_WIRE = """
document.addEventListener("dateline-NAME", (event) => trigger("NAME", event.detail));
watch("value", () => document.dispatchEvent(new CustomEvent("dateline-NAME-news", { detail: props.value })));
"""

Follow = Callable[[Fields, gr.Request], AsyncIterator[dict[str, Any]]]


def build_app(assistant: Assistant, workers: Workers, inbox: Inbox) -> gr.Blocks:
    """The page as a Gradio app, with its queue set up; theme, style sheet and server are `serve`'s business.

    Args:
        assistant: who answers; it stays the caller's, and must stay open as long as the page is served.
        workers: where questions are answered.
        inbox: where files are that come in.
    """
    asking, library = Asking(assistant, workers), Library(assistant, inbox)

    def ask(fields: Fields, request: gr.Request) -> AsyncIterator[dict[str, Any]]:
        among = wanted_articles(Fields.of(fields.data.get("among")))
        return asking.follow(
            Asked(
                owner=owner_of(fields.data.get("secret"), request),
                token=fields.text("token"),
                question=fields.text("question"),
                conversation=fields.maybe_number("conversation"),
                among=among.or_all(),
                alone=fields.data.get("alone") is True,
                client=sender_of(request),
            )
        )

    def change(fields: Fields, request: gr.Request) -> AsyncIterator[dict[str, Any]]:
        return library.change(asker_of(fields.data.get("secret"), request).client, sender_of(request), fields)

    blocks: gr.Blocks = gr.Blocks(title="Dateline", analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks:
        gr.HTML(
            html_template=static_text("page.html"),
            js_on_load=_START,
            apply_default_css=False,
            elem_id="dl-page",
            server_functions=_functions(assistant, asking, library),
        )
        _wire("ask", ask)
        _wire("change", change)
    blocks.queue(max_size=_QUEUE)
    return blocks


def _wire(name: str, follow: Follow) -> None:
    """A component that is not seen: the script asks through it, and what is asked for comes back as it grows."""

    async def followed(asked: gr.EventData, request: gr.Request) -> AsyncIterator[dict[str, Any]]:
        fields = Fields.of(asked._data)  # noqa: SLF001  its one way to give all
        # By its token the script knows what it asked for.
        token = {"token": fields.data.get("token")}
        try:
            async for document in follow(fields, request):
                yield page_safe({**document, **token})
        except Exception as error:  # noqa: BLE001  the outermost boundary of what a page asks for
            yield {**token, "state": "failed", "error": told(error)}

    wire = gr.HTML(
        html_template="<span></span>",
        js_on_load=_WIRE.replace("NAME", name),
        apply_default_css=False,
        visible="hidden",
        elem_classes="dl-wire",
    )
    getattr(wire, name)(
        followed,
        None,
        wire,
        show_progress="hidden",
        trigger_mode="multiple",
        concurrency_limit=None,
        api_visibility="private",
    )


def _functions(assistant: Assistant, asking: Asking, library: Library) -> list[ServerFunction]:
    threads = ThreadPoolExecutor(max_workers=_READERS, thread_name_prefix="dateline-page")
    suggestions = Suggestions(assistant)
    keeping = Keeping(assistant, asking.is_markdown)
    threads.submit(suggestions.current)  # which also loads everything, before the first question

    def welcome(_asker: Asker, _fields: Fields) -> dict[str, Any]:
        articles = assistant.record.counts()["articles"]
        return {"articles": articles, "questions": list(suggestions.current())}

    def source(_asker: Asker, fields: Fields) -> dict[str, Any]:
        cited = Citation(
            marker=0,
            article_id=fields.text("article_id"),
            title=fields.text("title"),
            date=None,
            source=None,
            url=None,
            start=fields.number("start"),
            end=fields.number("end"),
            sentence=fields.text("sentence"),
        )
        return source_document(assistant, cited, markdown=asking.is_markdown(cited.article_id))

    def judge(asker: Asker, fields: Fields) -> None:
        keeping.judge(
            asker.owner,
            fields.number("conversation"),
            fields.number("turn"),
            fields.text("kind"),
            fields.maybe_number("marker"),
            fields.text("note", ""),
        )

    return [
        served("welcome", welcome, threads),
        served("source", source, threads),
        served("stop", lambda asker, fields: asking.stop(asker.owner, fields.text("token")), None),
        served("conversations", lambda a, f: keeping.conversations(a.owner, f.text("words", "")), threads),
        served("open", lambda a, f: keeping.open(a.owner, f.number("conversation")), threads),
        served("rename", lambda a, f: keeping.rename(a.owner, f.number("conversation"), f.text("name")), threads),
        served("delete", lambda a, f: keeping.delete(a.owner, f.number("conversation")), threads),
        served("export", lambda a, f: keeping.export(a.owner, f.number("conversation"), f.text("form")), threads),
        served("judge", judge, threads),
        served("library", lambda asker, _fields: library.about(asker.client), threads),
        served("removed", lambda asker, _fields: library.removed(asker.client), threads),
        served("articles", lambda _asker, fields: library.page(fields), threads),
    ]
