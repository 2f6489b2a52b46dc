"""A server on this machine that speaks the OpenAI protocol and does what a script says: streams, stalls, breaks off."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.writer.protocol import Task

Script = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request, and the means to answer it piece by piece.

    Attributes:
        body: what was asked.
        headers: with what.
        gone: set once the client does not listen any more.
    """

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]
    headers: dict[str, str]
    gone: threading.Event = field(default_factory=threading.Event)

    def prompt(self) -> str:
        return str(self.body["messages"][-1]["content"])

    def status(self, code: int, document: object = None) -> None:
        data = json.dumps(document if document is not None else {"error": {"message": "no", "type": "x"}}).encode()
        self.handler.send_response(code)
        self.handler.send_header("Content-Type", "application/json")
        self.handler.send_header("Content-Length", str(len(data)))
        self.handler.end_headers()
        self.handler.wfile.write(data)

    def begin(self) -> None:
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "text/event-stream")
        self.handler.end_headers()

    def raw(self, data: bytes) -> None:
        try:
            self.handler.wfile.write(data)
            self.handler.wfile.flush()
        except OSError:
            self.gone.set()

    def say(self, text: str) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
        document = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.raw(f"data: {json.dumps(document)}\n\n".encode())

    def end(self) -> None:
        self.raw(b"data: [DONE]\n\n")


@dataclass
class Scripted:
    """A running server.

    Attributes:
        url: its base address.
        script: what it does with the next requests; may be exchanged.
        exchanges: all requests so far.
    """

    url: str
    script: Script
    exchanges: list[Exchange] = field(default_factory=list)

    def replies(self, *pieces: str) -> None:
        """Let it stream these pieces."""

        def script(exchange: Exchange) -> None:
            exchange.begin()
            for piece in pieces:
                exchange.say(piece)
            exchange.end()

        self.script = script


@contextmanager
def serving() -> Iterator[Scripted]:
    """The server, as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            exchange = Exchange(self, body, {name.lower(): value for name, value in self.headers.items()})
            scripted.exchanges.append(exchange)
            scripted.script(exchange)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that goes away is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    scripted = Scripted(f"http://127.0.0.1:{server.server_address[1]}/v1", lambda exchange: exchange.status(500))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until something holds; whether it did in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


class SaysThis:
    """A Writer that says what it was made to say, whatever it is asked; other words where it is to write anew."""

    name = "scripted"

    def __init__(self, pieces: Iterable[str], error: Exception | None = None, *, anew: Iterable[str] = ()) -> None:
        self.pieces = pieces
        self.anew = anew
        self.error = error
        self.tasks: list[Task] = []
        self.closed = 0

    def write(self, task: Task) -> Generator[str, None, None]:
        self.tasks.append(task)
        try:
            yield from self.pieces if task.failed is None else self.anew
            if self.error is not None:
                raise self.error
        finally:
            self.closed += 1

    def close(self) -> None:
        """Nothing is open."""
