"""The tools for programs that speak the Model Context Protocol: Gradio's own server, at /gradio_api/mcp/.

It needs the extra `mcp`. Without it there are no tools, and nothing of them can be reached.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.answering.assistant import Assistant
from assistant.http.errors import TooSlowError, as_http_error
from assistant.http.responses import encoded
from assistant.http.routes import Route
from assistant.http.workers import Workers
from index import Hit
from index.errors import QuestionError

TOOL_ROUTES = (Route(re.compile(r"/gradio_api/mcp/"), frozenset({"GET", "POST", "DELETE"}), is_work=True),)
"""What can be reached of Gradio, which brings some seventy routes: some write files, some open addresses that a request
names, some belong to features that no page here has."""

_HITS = 10
_QUERY_LIMIT = 500


class _ToolError(gr.Error):
    """Why a tool has no answer, as the program that called it reads it: Gradio's own puts it in quotes."""

    def __str__(self) -> str:
        return str(self.message)


def has_mcp() -> bool:
    """Whether the extra is installed."""
    return find_spec("mcp") is not None


def add_tools(blocks: gr.Blocks, assistant: Assistant, workers: Workers) -> None:
    """Add the tools `ask` and `search` to Gradio's endpoints."""
    seconds = assistant.settings.request_timeout

    async def told(request: gr.Request, work: Callable[[], Any]) -> str:
        try:
            async with asyncio.timeout(seconds):
                return encoded(await workers.result(work, owner=_sender(request)))
        except TimeoutError:
            error: Exception = TooSlowError(seconds)
        except Exception as raised:  # noqa: BLE001  the outermost boundary of a tool
            error = raised
        raise _ToolError(str(as_http_error(error).detail), print_exception=False)

    async def ask(question: str, request: gr.Request, asked_on: str = "") -> str:
        """Answer a question from the indexed news articles, in their own sentences, each with its exact place.

        The status not_in_corpus means that the articles do not say: then reason says why, and closest names what came
        nearest. If tentative is true, the answer may be wrong, and is to be told as one that may be.

        Args:
            question: what is asked, in plain words, understandable without what was said before
            asked_on: the day of the question as YYYY-MM-DD; articles shortly before it are preferred; may be empty
        """
        return await told(request, lambda: assistant.ask(question, asked_on=asked_on or None).to_dict())

    async def search(query: str, request: gr.Request) -> str:
        """Find the passages of the indexed news articles that fit a query best.

        Args:
            query: what is looked for, in words
        """
        return await told(request, lambda: {"query": query, "passages": _passages(assistant, query)})

    with blocks:
        for tool in (ask, search):
            # Not through Gradio's queue: the MCP server would call its own address for that, which it reads from the
            # request; the workers have a queue of their own.
            api(tool, api_name=tool.__name__, queue=False)


def _sender(request: gr.Request) -> str:
    """Who makes a request, as the limits of the server see it; a tool gets Starlette's request."""
    return str(getattr(request, "request", request).scope["client_key"])


def _passages(assistant: Assistant, query: str) -> list[dict[str, Any]]:
    if not 0 < len(query.strip()) <= _QUERY_LIMIT:
        raise QuestionError(f"the query is empty or too long; search with at most {_QUERY_LIMIT} characters.")
    hits = assistant.searcher.find(query, limit=_HITS, depth=assistant.settings.search_depth)
    return [_passage(hit) for hit in hits]


def _passage(hit: Hit) -> dict[str, Any]:
    return {
        "article_id": hit.article.id,
        "title": hit.article.title,
        "date": hit.article.date.isoformat() if hit.article.date else None,
        "source": hit.article.source,
        "url": hit.article.url,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.passage.text,
    }
