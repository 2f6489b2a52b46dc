"""The tools, called by a real client over loopback; and what else of Gradio a stranger could reach."""

import asyncio
import json
import warnings
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from assistant import Assistant
from tests.assistant.http.support import QUESTION, dateline_serve

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of libraries, at import
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client
    from mcp.types import CallToolResult, TextContent

TOKEN = "a-token-of-some-length"
T = TypeVar("T")


@pytest.fixture(scope="module")
def assistant(seed_home: Path) -> Iterator[Assistant]:
    with Assistant.open(seed_home) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def address(seed_home: Path) -> Iterator[str]:
    with dateline_serve(seed_home, tokens=TOKEN) as address:
        yield address


def with_session(address: str, use: Callable[[ClientSession], Awaitable[T]]) -> T:
    """What comes of using one session of a client."""

    async def run() -> T:
        async with (
            httpx.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60) as http,
            streamable_http_client(f"{address}/gradio_api/mcp/", http_client=http) as (read, write, *_),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    return asyncio.run(run())


def call(address: str, tool: str, **arguments: Any) -> CallToolResult:
    return with_session(address, lambda session: session.call_tool(tool, arguments))


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_there_are_two_tools_and_they_are_described(address: str):
    tools = {tool.name: tool for tool in with_session(address, lambda session: session.list_tools()).tools}
    assert set(tools) == {"ask", "search"}
    ask = tools["ask"]
    for word in ("not_in_corpus", "reason", "closest", "tentative"):
        assert word in str(ask.description)
    assert set(ask.inputSchema["properties"]) == {"question", "asked_on"}
    assert ask.inputSchema["required"] == ["question"]
    assert all(each["description"] for each in ask.inputSchema["properties"].values())


def test_ask_gives_the_answer_of_the_assistant(address: str, assistant: Assistant):
    result = call(address, "ask", question=QUESTION)
    assert not result.isError
    document = json.loads(text_of(result))
    wanted = assistant.ask(QUESTION).to_dict()
    assert {**document, "timings_ms": None} == {**wanted, "timings_ms": None}


def test_search_gives_passages_that_resolve(address: str, assistant: Assistant):
    document = json.loads(text_of(call(address, "search", query="residents who fled their homes")))
    assert "14,000" in document["passages"][0]["text"]
    for passage in document["passages"]:
        article = assistant.article(passage["article_id"])
        assert article is not None
        assert article.text[passage["start"] : passage["end"]] == passage["text"]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": " "}, "the question is empty"),
        ("ask", {"question": "who?", "asked_on": "tomorrow"}, "write it as YYYY-MM-DD"),
        ("search", {"query": ""}, "the query is empty or too long"),
        ("search", {"query": "x" * 501}, "the query is empty or too long"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(address: str, tool: str, arguments: dict[str, str], said: str):
    result = call(address, tool, **arguments)
    assert result.isError
    assert said in text_of(result)
    assert len(text_of(result).splitlines()) == 1


def test_sessions_at_once_are_not_mixed(address: str, assistant: Assistant):
    questions = [QUESTION, "how many people were killed?", "Who won the 2022 World Cup?"] * 3

    async def all_at_once(session: ClientSession) -> list[CallToolResult]:
        return await asyncio.gather(*(session.call_tool("ask", {"question": question}) for question in questions))

    for question, result in zip(questions, with_session(address, all_at_once), strict=True):
        document = json.loads(text_of(result))
        assert document["question"] == question
        assert document["answer"] == assistant.ask(question).text


@pytest.mark.parametrize("path", ["/gradio_api/mcp/", "/gradio_api/mcp/sse", "/gradio_api/info", "/config", "/"])
def test_strangers_and_other_sites_come_no_further_than_the_guard(address: str, path: str):
    assert httpx.get(address + path).status_code == 401
    known = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.get(address + path, headers={**known, "Host": "evil.example"}).status_code == 421
    assert httpx.get(address + path, headers={**known, "Origin": "http://evil.example"}).status_code == 403


def test_what_a_form_can_send_calls_no_tool(address: str):
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
    assert httpx.post(f"{address}/gradio_api/mcp/", content=b"{}", headers=headers).status_code == 415


@pytest.mark.parametrize(
    "path",
    [
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/deep_link?session_hash=x",
        "/gradio_api/proxy=https://huggingface.co/",
        "/gradio_api/vibe-code",
        "/gradio_api/stream/x/y/z/playlist.m3u8",
    ],
)
def test_what_no_page_uses_is_closed(address: str, path: str):
    response = httpx.get(address + path, headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 404
    assert response.json() == {"error": "there is nothing here; /api/docs says what there is."}


@pytest.mark.parametrize(
    "path", ["/gradio_api/file=/etc/passwd", "/gradio_api/file=../../etc/passwd", "/page/../app.py"]
)
def test_no_file_of_the_machine_is_given(address: str, path: str):
    with httpx.Client(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        request = client.build_request("GET", address)
        request.url = request.url.copy_with(raw_path=path.encode())
        assert client.send(request).status_code in (403, 404)
