"""Real servers and one Chromium for all browser tests; a fresh context, as a user of one's own, for each page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    HttpCredentials,
    Page,
    Request,
    expect,
    sync_playwright,
)

from index import Embedding
from tests.browser.support import index, launch, open_page, serving, write_articles

_User = HttpCredentials | None
_PATIENCE = 20_000
"""Milliseconds that anything may take: the machine of the tests may be busy with others."""

REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (404|422) ")
"""What the browser says by itself of what is not there, or cannot be asked; the page says it in words."""

expect.set_options(timeout=_PATIENCE)

HOSTILE = {
    "id": "hostile",
    "title": "<img src=x onerror=window.hacked=1> *Mayor* [Lund](javascript:window.hacked=1) `opens` ${alert(1)}",
    "text": "Mayor Ingrid Lund opened the harbour bridge in Brannhavn, which cost $5 million and not $7 million, "
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1> *loudly* and _proudly_ & `quickly` "
    "[here](javascript:window.hacked=1) ${alert(1)} ${window.hacked=1} {{constructor}} $$x^2$$ &lt;b&gt; \\ "
    "https://evil.example/x <https://evil.example/y> ~~gone~~ |a|b| #1 -+ <b onclick=alert(1)>bold</b>.\n"
    "The old ferry will stop running in June.",
    "date": "2024-05-01",
    "source": '"><svg onload=window.hacked=1>',
    "url": "javascript:window.hacked=1",
}
PLAIN = (
    {
        "id": "library",
        "title": "Storvik library reopens",
        "text": "The Storvik library reopened after 412 days of repairs.\nIts new roof is made of copper.",
        "date": "2024-06-02",
        "source": "Storvik Tidende",
        "url": "https://storvik.example/library",
    },
    {
        "id": "fish",
        "title": "Good month for fishermen",
        "text": "Fishermen in Lomsund sold 900 tonnes of cod in May.\nPrices fell at the end of the month.",
    },
)
HOSTILE_QUESTION = (
    "Who opened the harbour bridge in Brannhavn? <img src=x onerror=window.hacked=1> <script>window.hacked=1</script> "
    "[x](javascript:window.hacked=1) $5 and $6 *a* _b_ `c` ${alert(1)}"
)


@pytest.fixture(scope="package")
def seed_address(seed_home: Path) -> Iterator[str]:
    """A server on the store that a fresh clone makes."""
    with serving(seed_home) as address:
        yield address


@pytest.fixture(scope="session")
def news_home(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> Path:
    """A store with a hostile article and a plain one. Tests may add articles of their own."""
    folder = tmp_path_factory.mktemp("browser")
    index(folder / "home", [write_articles(folder / "articles.jsonl", [HOSTILE, *PLAIN])], embedding)
    return folder / "home"


@pytest.fixture(scope="package")
def news_address(news_home: Path) -> Iterator[str]:
    """A server on that store."""
    with serving(news_home) as address:
        yield address


@pytest.fixture(scope="package")  # it runs an event loop in this thread, in which no other test could run one
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the pages of a test did that none may do; a test that provokes some takes them out."""
    return []


@pytest.fixture
def new_page(browser: Browser, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens the page as one more user. In the end no page may have looked elsewhere, complained, or run a dialog."""
    contexts: list[BrowserContext] = []

    def requested(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.hostname != "127.0.0.1":
            faults.append(f"request to {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSED.match(message.text):
            faults.append(f"console {message.type}: {message.text}")

    def asked(dialog: Dialog) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def make(
        address: str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        user: HttpCredentials | None = None,
        ready: str = ".dl[data-ready]",
    ) -> Page:
        dark = scheme == "dark"
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            http_credentials=user,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("request", requested)
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("dialog", asked)
        return open_page(page, address, ready)

    yield make
    for context in contexts:
        context.close()
    assert faults == []
