"""`DATELINE_WRITER=auto`: a server on this machine is found, and nothing else is ever asked."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assistant.cli.doctor import _writer
from assistant.writer import Limits, WriterError, load_writer, local
from assistant.writer.chat import client_options
from assistant.writer.local import LocalWriter, find_local
from assistant.writer.protocol import Task
from assistant.writer.setting import WriterSetting
from index.errors import SettingsError
from tests.assistant.writer.scripted import SaysThis

TASK = Task("?", {1: "Four people died."})


@contextmanager
def listing(document, status=200, location=None):
    """A server that gives one document to whatever is asked; its port and the paths that were asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(document if isinstance(document, bytes) else json.dumps(document).encode())

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1], paths
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def ports(monkeypatch):
    """Sets the ports that are asked; until then none of them has a server."""

    def are(ollama=9, *others):
        monkeypatch.setattr(local, "_OLLAMA", ollama)
        monkeypatch.setattr(local, "_OPENAI", others)

    are()
    return are


def test_the_first_chat_model_of_ollama(ports):
    with listing({"models": [{"name": "nomic-embed-text"}, {"name": "llama3.2:3b"}, {"name": "x"}]}) as (port, paths):
        ports(port)
        assert find_local() == WriterSetting("ollama", "llama3.2:3b", f"http://127.0.0.1:{port}")
        assert paths == ["/api/tags"]
        assert _writer("auto") == f"auto, which takes ollama:llama3.2:3b at http://127.0.0.1:{port}"


def test_the_first_server_of_the_openai_protocol_that_answers(ports):
    with listing({}, 404) as (other, _), listing({"object": "list", "data": [{"id": "qwen"}]}) as (port, paths):
        ports(9, other, 9, port)
        assert find_local() == WriterSetting("openai", "qwen", f"http://127.0.0.1:{port}/v1")
        assert paths == ["/v1/models"]


@pytest.mark.parametrize(
    "document",
    [b"", b"{", b"<html>", b"[" * 100_000, {}, [], {"data": 1}, {"data": [1, {}, {"id": 2}, {"id": "bge-m3"}]},
     {"data": [{"id": "a\x1b[2Jb"}, {"id": ""}, {"id": "x" * 300}]}],
)  # fmt: skip
def test_what_is_no_list_of_chat_models(ports, document):
    with listing(document) as (port, _):
        ports(port, port)
        assert find_local() is None


def test_nobody_is_sent_elsewhere(ports, monkeypatch):
    with listing({"data": [{"id": "far"}]}) as (far, asked), listing(b"", 302, f"http://127.0.0.1:{far}/") as (port, _):
        ports(port, port)
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{far}")
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{far}")
        assert find_local() is None
        assert asked == []
    for url, elsewhere in (("http://localhost:1", False), ("http://[::1]:1", False), ("https://x.example/v1", True)):
        options = client_options(Limits(), url)
        assert (options["trust_env"], options["follow_redirects"]) == (elsewhere, elsewhere)


def test_no_server(ports):
    writer = load_writer("auto")
    assert writer is not None
    assert writer.name == "auto"
    with pytest.raises(WriterError, match="no server on this machine offers a chat model"):
        list(writer.write(TASK))
    assert _writer("auto").startswith("auto, and no server on this machine offers a chat model")
    writer.close()


def test_it_is_looked_for_again_when_it_is_gone(monkeypatch):
    found = [SaysThis(["Four."]), SaysThis([], WriterError("broke off its reply"))]
    monkeypatch.setattr(local, "find_local", lambda: WriterSetting("ollama", "m", "http://127.0.0.1:1"))
    writer = LocalWriter(lambda _: found.pop())
    with pytest.raises(WriterError, match="broke off"):
        list(writer.write(TASK))
    assert writer.name == "auto"
    assert list(writer.write(TASK)) == list(writer.write(TASK)) == ["Four."]
    assert writer.name == "scripted"
    assert not found


def test_a_missing_extra_is_said_beside_the_answer(monkeypatch):
    def load(setting):
        raise SettingsError("needs an extra")

    monkeypatch.setattr(local, "find_local", lambda: WriterSetting("ollama", "m", "http://127.0.0.1:1"))
    with pytest.raises(WriterError, match=r"was found at http://127.0.0.1:1 and cannot be asked: needs an extra"):
        list(LocalWriter(load).write(TASK))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "none is set, the answers are source sentences"),
        ("gguf:/a/b.gguf", "gguf:/a/b.gguf"),
        ("ollama:llama3.2@http://far:1", "ollama:llama3.2 at http://far:1"),
    ],
)
def test_doctor_says_which_writer_is_set(value, said):
    assert _writer(value) == said
