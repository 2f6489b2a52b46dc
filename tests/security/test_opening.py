"""Ways to make the server open an address that somebody names. It opens none."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.assistant.http.support import EVIL_NAMES, dateline_serve

BROWSER = "Dateline-Browser"
MCP = {"Accept": "application/json, text/event-stream"}


class Listener:
    """Somebody else's server, which only counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.opened = 0
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.opened += 1
            connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def client(seed_home: Path) -> Iterator[httpx.Client]:
    with (
        dateline_serve(seed_home, before=EVIL_NAMES, rate_limit="0") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def call(tool: str, **arguments: Any) -> dict[str, Any]:
    params = {"name": tool, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def tries(url: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path, and what goes with it."""
    host = url.split("/")[2]
    file = {"path": url, "url": url, "orig_name": "x.txt", "meta": {"_type": "gradio.FileData"}}
    joined = {"session_hash": "abc", "trigger_id": 1, "event_data": file}
    called = {"data": [file, ""]}
    wire, join = "/gradio_api/component_server/", "/gradio_api/queue/join"
    page = {"component_id": 1, "session_hash": "abc"}
    return [
        ("GET", f"/gradio_api/file={url}", {}),
        ("HEAD", f"/gradio_api/file={url}", {}),
        ("GET", f"/gradio_api/file/{url}", {}),
        ("GET", f"/gradio_api/proxy={url}", {}),
        ("GET", f"/gradio_api/file={url}", {"headers": {"X-Forwarded-Host": host, "Range": "bytes=0-"}}),
        ("GET", f"/?deep_link={url}", {}),
        ("GET", f"/api/docs?url={url}", {}),
        ("GET", f"/api/articles/{url}", {}),
        ("GET", "/", {"headers": {"X-Forwarded-Host": host, "X-Forwarded-Proto": "http"}}),
        *(("POST", f"/gradio_api/{way}/ask", {"json": called}) for way in ("call", "call/v2", "run", "api")),
        *(("POST", join, {"json": {**joined, "fn_index": n, "data": [file] * 2}}) for n in range(4)),
        ("POST", join, {"json": {**joined, "fn_index": 2, "data": [url, url]}}),
        ("POST", wire, {"json": {**page, "fn_name": "source", "data": {"article_id": url, "url": url, **file}}}),
        ("POST", wire, {"json": {**page, "fn_name": "welcome", "data": file}}),
        ("POST", "/api/library/changes", {"json": {"action": "add", "files": [{"id": url, "name": "x.txt"}]}}),
        ("POST", "/api/library/changes", {"json": {"action": "add", "files": [file]}}),
        ("POST", "/api/conversations", {"json": {"question": f"what is at {url}?"}, "headers": {BROWSER: "ab" * 16}}),
        ("GET", f"/articles/{url}", {}),
        ("POST", "/gradio_api/upload", {"files": {"files": ("x.txt", url.encode())}}),
        ("POST", "/gradio_api/upload", {"json": {"files": [file]}}),
        ("POST", "/gradio_api/mcp/", {"json": call("ask", question=url), "headers": MCP}),
        ("POST", "/gradio_api/mcp/", {"json": call("ask", question=file), "headers": MCP}),
        ("POST", "/gradio_api/mcp/", {"json": call("search", query=url), "headers": {**MCP, "X-Forwarded-Host": host}}),
        ("POST", "/gradio_api/mcp/", {"json": call("search", query=file), "headers": {**MCP, "Referer": url}}),
        ("POST", "/api/ask", {"json": {"question": url, "writer": f"openai:x@{url}"}}),
        ("POST", f"/api/ask?writer=openai:x@{url}", {"json": {"question": f"what is at {url}?"}}),
        ("POST", "/api/ask", {"json": {"question": "who?", "among": {"ids": [url]}}}),
        ("GET", "/api/health", {"headers": {"Referer": url, "DATELINE_WRITER": f"openai:x@{url}"}}),
    ]


def test_no_request_makes_the_server_open_an_address(client: httpx.Client, listener: Listener):
    made = [*tries(f"http://127.0.0.1:{listener.port}/x.png"), *tries(f"http://evil.example:{listener.port}/x.png")]
    assert len(made) >= 40
    for method, path, more in made:
        response = client.request(method, path, **more)
        assert response.status_code < 500, f"{method} {path}"
        assert listener.opened == 0, f"{method} {path} {more}"


def test_nothing_of_it_is_opened_later(client: httpx.Client, listener: Listener):
    assert client.get("/api/health").status_code == 200
    assert listener.opened == 0
