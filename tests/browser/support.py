"""What browser tests and the screenshots need: a real Chromium, and a real server on a store of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Locator, Page, Playwright

from index import Embedding, index_paths

SEEDS = Path(__file__).parents[2] / "seeds"
MAIN = "from assistant.cli import main; main()"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str:
    """The Chromium of this machine; there is no skipping without one."""
    named = os.environ.get("CHROMIUM")
    found = [named] if named else ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"]
    for name in found:
        path = shutil.which(name)
        if path:
            return path
    raise RuntimeError(
        "the browser tests need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM to its path"
    )


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def index(home: Path, paths: Sequence[Path], embedding: Embedding) -> None:
    """Index into a store; for a server that runs on it, this is another process."""
    summary = index_paths(home, paths, embedding, passage_tokens=160)
    assert not summary.errors


def write_articles(path: Path, articles: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}


@contextmanager
def serving(home: Path, *, before: str = "", quiet: bool = True, **settings: str) -> Iterator[str]:
    """`dateline serve` on a store, with these settings, as long as the context lasts; gives its address.

    `before` is run first, in the same process; `quiet` wants that nothing is said but where the page is.
    """
    port = free_port()
    log = Path(f"{home}.{port}.log")
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", f"{before}\n{MAIN}", "serve", "--port", str(port), "--home", str(home)],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**clean_environment(), **{f"DATELINE_{name.upper()}": value for name, value in settings.items()}},
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_up(address, process, log)
            yield address
        finally:
            process.terminate()
            code = process.wait(timeout=60)
    said = log.read_text()
    assert code == 0, f"dateline serve ended with {code} on SIGTERM:\n{said}"
    if quiet:
        assert said.splitlines() == [f"Dateline is at {address} (Ctrl-C ends it)"]


def ask(page: Page, question: str) -> Locator:
    """Type a question, wait until its turn has ended and is kept, and give the turn."""
    turns = page.locator(".dl-turn")
    before = turns.count()
    page.get_by_label("Question", exact=True).fill(question)
    page.get_by_label("Question", exact=True).press("Enter")
    turn = turns.nth(before)
    turn.and_(page.locator("[data-state=done], [data-state=failed]")).wait_for()
    page.get_by_role("button", name="Ask", exact=True).wait_for()  # it is kept
    return turn


def open_page(page: Page, address: str, ready: str = ".dl[data-ready]") -> Page:
    """Go there, and wait until the page can be used."""
    page.goto(address)
    page.locator(ready).wait_for()
    return page


def _wait_until_up(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 170  # as the machine may be busy with others
    while time.monotonic() < deadline:
        assert process.poll() is None, f"dateline serve ended:\n{log.read_text()}"
        try:
            with urlopen(address, timeout=5):
                return
        except HTTPError as error:
            if error.code == HTTPStatus.UNAUTHORIZED:
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"dateline serve did not come up:\n{log.read_text()}")
