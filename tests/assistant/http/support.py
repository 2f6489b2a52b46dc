"""Real servers on loopback for the tests of the API, and Readers that can be held up or that fail."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp

from assistant import Assistant
from assistant.conversation import Exchange
from assistant.http import http_app
from assistant.reader import Reader, Reading
from assistant.settings import Settings
from index import Hit

QUESTION = "how many displaced?"
ARTICLE = "000_498ac0c67ef683ba"
EVIL_NAMES = """
import safehttpx

async def found(name):
    return "127.0.0.1"

safehttpx.async_validate_url = found
"""
"""Stands in for a name server in which any name has an address that everybody can reach; it is one of this machine."""


class HeldReader:
    """A Reader that reads only once it is let go."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.name = reader.name
        self.threshold = reader.threshold
        self.tentative = reader.tentative
        self.reading = threading.Semaphore(0)
        """Released by each question that has come as far as the Reader."""
        self.go = threading.Event()

    def read(self, question: str, passages: Sequence[Hit], exchanges: Sequence[Exchange] = ()) -> Reading:
        self.reading.release()
        assert self.go.wait(60)
        return self._reader.read(question, passages, exchanges)


class FailingReader(HeldReader):
    """A Reader that raises."""

    def __init__(self, reader: Reader, error: Exception) -> None:
        super().__init__(reader)
        self._error = error

    def read(self, *_: object) -> Reading:
        raise self._error


def with_settings(assistant: Assistant, reader: Reader | None = None, **settings: Any) -> Assistant:
    """The same store with other settings of the server, and perhaps another Reader."""
    changed = Settings.load({}, home=assistant.settings.home, **settings)
    return Assistant(assistant.searcher, reader or assistant.reader, assistant.verifier, settings=changed)


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """An application on a free port of loopback, as long as the context lasts; gives its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, log_config=None, access_log=False, ws="none", proxy_headers=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until(lambda: server.started)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


@contextmanager
def client_of(assistant: Assistant, **options: Any) -> Iterator[httpx.Client]:
    """A client of the API on an Assistant."""
    with serving(http_app(assistant)) as address, httpx.Client(base_url=address, timeout=60, **options) as client:
        yield client


@contextmanager
def dateline_serve(home: Path, *, before: str = "", **settings: str) -> Iterator[str]:
    """`dateline serve` with the page, in a process of its own in which `before` is run first; gives its address."""
    program = f"{before}\nfrom assistant.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program, "serve", "--home", str(home)],
        env={**os.environ, **{f"DATELINE_{name.upper()}": value for name, value in settings.items()}},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        assert said[:3] == ["Dateline", "is", "at"]
        yield said[3]
    finally:
        process.terminate()
        process.communicate(timeout=60)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def ask(client: httpx.Client, question: str = QUESTION, **more: Any) -> httpx.Response:
    return client.post("/api/ask", json={"question": question, **more})


def error_of(response: httpx.Response) -> str:
    """The error of a response, which is one line and all that there is."""
    document = response.json()
    assert list(document) == ["error"]
    assert len(document["error"].splitlines()) == 1
    return str(document["error"])
