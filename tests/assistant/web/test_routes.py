"""Every route that the server has, Gradio's and the tools' included, is on one of two lists: open, or closed."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.http.routes import API_ROUTES, route_of
from assistant.web.mcp import TOOL_ROUTES
from assistant.web.pages import PAGE_ROUTES
from tests.assistant.http.support import dateline_serve

# Paths with a part that may be anything are written with an example.
OPEN = {
    "GET HEAD /",
    "GET HEAD /page/main.js",
    "* /api",
    "* /api/openapi.json",
    "* /api/health",
    "* /api/session",
    "GET HEAD /sign-in",
    "GET HEAD /page/sign-in.js",
    "* /api/docs",
    "* /api/ask",
    "* /api/ask/stream",
    "* /api/articles",
    "* /api/articles/x",
    "* /api/stories",
    "* /api/conversations",
    "* /api/conversations/1",
    "* /api/conversations/1/export/md",
    "* /api/conversations/1/turns/1/feedback",
    "* /api/watches",
    "* /api/watches/1",
    "* /api/watches/1/looked",
    "* /api/watches/feed",
    "* /api/front",
    "* /api/suggestions",
    "* /api/settings",
    "* /api/library",
    "* /api/library/removed",
    "* /api/library/files",
    "* /api/library/changes",
    "GET HEAD /conversations/1",
    "GET HEAD /conversations/1/1/1",
    "GET HEAD /articles/x",
    "GET HEAD /page/fonts/x",
    "* /api/users",
    "* /api/users/x",
    "* /api/tokens",
    "* /api/tokens/x",
    "* /api/log",
    "DELETE GET POST /gradio_api/mcp/",
}
CLOSED = {
    *("/login", "/login/", "/logout", "/svelte/x", "/config", "/config/", "/pwa_icon/x", "/pwa_icon"),
    *("/manifest.json", "/monitoring", "/monitoring/summary", "/monitoring/x", "/gradio_api/deep_link"),
    *("/gradio_api/mcp/schema", "/gradio_api/mcp/sse", "/gradio_api/mcp/messages/x", "/gradio_api/mcp/x"),
    *("/gradio_api/user", "/gradio_api/user/", "/gradio_api/login_check", "/gradio_api/login_check/"),
    *("/gradio_api/token", "/gradio_api/token/", "/gradio_api/app_id", "/gradio_api/app_id/"),
    *("/gradio_api/dev/reload", "/gradio_api/runs", "/gradio_api/runs/", "/gradio_api/info", "/gradio_api/info/"),
    *("/gradio_api/openapi.json", "/gradio_api/custom_component/x/x/x/x", "/gradio_api/proxy=x", "/gradio_api/file=x"),
    *("/gradio_api/file/x", "/gradio_api/stream/x", "/gradio_api/stream/x/close"),
    *(
        "/gradio_api/stream/x/x/x/playlist.m3u8",
        "/gradio_api/stream/x/x/x/x.x",
        "/gradio_api/stream/x/x/x/playlist-file",
    ),
    *("/gradio_api/reset", "/gradio_api/reset/", "/gradio_api/heartbeat/x", "/gradio_api/run/x", "/gradio_api/run/x/"),
    *("/gradio_api/api/x", "/gradio_api/api/x/", "/gradio_api/call/x", "/gradio_api/call/x/", "/gradio_api/call/v2/x"),
    *("/gradio_api/call/v2/x/", "/gradio_api/call/v2/x/x", "/gradio_api/call/x/x", "/gradio_api/cancel"),
    *("/gradio_api/upload", "/gradio_api/queue/status", "/gradio_api/upload_progress"),
    "/gradio_api/startup-events",
    *("/gradio_api/theme.css", "/gradio_api/process_recording", "/gradio_api/vibe-edit", "/gradio_api/vibe-edit/"),
    *("/gradio_api/undo-vibe-edit", "/gradio_api/undo-vibe-edit/", "/gradio_api/vibe-code", "/gradio_api/vibe-code/"),
    *("/gradio_api/vibe-starter-queries", "/gradio_api/vibe-starter-queries/"),
    *("/static/x", "/page/x/x", "/assets/x", "/theme.css", "/favicon.ico", "/robots.txt"),
    *("/gradio_api/queue/data", "/gradio_api/queue/join", "/gradio_api/component_server"),
    *("/gradio_api/component_server/", "/conversations/x"),
}
ROUTES = (*API_ROUTES, *PAGE_ROUTES, *TOOL_ROUTES)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


# In a process of its own: Gradio leaves event loops behind.
TABLE = """
import json, re, sys
from assistant import Assistant
from assistant.web.server import web_app
from assistant.settings import Settings
from starlette.routing import Mount

def found(routes, before=""):
    for route in routes:
        router = getattr(route, "original_router", None)  # of what FastAPI includes
        if router is not None:
            yield from found(router.routes, before)
            continue
        path = before + re.sub(r"\\{[^}]*\\}", "x", getattr(route, "path", ""))
        if isinstance(route, Mount):
            below = list(found(route.routes or (), path))
            yield from below or [f"{path}/x", f"{path}/"]  # what is mounted takes any path
        else:
            yield path

with Assistant.open(settings=Settings.load({}, home=sys.argv[1])) as assistant:
    print(json.dumps(list(found(web_app(assistant).routes))))
"""


@pytest.fixture(scope="module")
def paths(seed_home: Path) -> set[str]:
    """The paths of all routes of the server."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", TABLE, str(seed_home)], capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def address(seed_home: Path) -> Iterator[str]:
    with dateline_serve(seed_home, rate_limit="0") as address:
        yield address


def test_every_route_is_on_a_list(paths: set[str]):
    listed = {each.split()[-1] for each in OPEN} | CLOSED
    listed |= {re.sub(r"/(?:1|md)(?=/|$)", "/x", each) for each in listed}
    # The folders of files and the tools take any path; these stand for them.
    mounted = {"/page/x", "/page/", "/static/x", "/gradio_api/mcp/messages/", "/gradio_api/mcp/messages/x"}
    unknown = paths - listed - mounted
    assert not unknown, f"new routes; open them in assistant/http/routes.py, or list them as closed: {unknown}"
    assert len(paths) > 90
    gone = {path for path in CLOSED if path not in paths} - {"/static/x", "/page/x/x", "/gradio_api/mcp/messages/x"}
    assert not gone, f"these are no routes any more: {gone}"


def test_what_is_open_is_what_the_list_says():
    for each in OPEN:
        *methods, path = each.split()
        for method in METHODS:
            is_open = route_of(method, path, ROUTES) is not None
            assert is_open == (methods == ["*"] or method in methods), f"{method} {path}"
    # and nothing else is: each rule has its line above
    assert all(any(route.path.fullmatch(each.split()[-1]) for each in OPEN) for route in ROUTES)


def test_what_is_closed_is_not_there_whatever_is_done_with_it(address: str):
    with httpx.Client(base_url=address, timeout=20) as client:
        for path in sorted(CLOSED):
            for method in ("GET", "POST"):
                response = client.request(method, path)
                assert response.status_code == 404, f"{method} {path}"
                assert response.json() == {"error": "there is nothing here; /api/docs says what there is."}


@pytest.mark.parametrize(
    "path",
    [
        "//gradio_api/file=x", "/gradio_api//file=x", "/gradio_api/file%3Dx", "/gradio_api/FILE=x", "/GRADIO_API/info",
        "/gradio_api/upload/../info", "/gradio_api/upload%2f..%2finfo", "/assets/../config", "/assets/..%2fconfig",
        "/assets/.hidden", "/assets/x/../../config", "/static/fonts/../../config", "/static/fonts//x", "/static/img/..",
        "/page/../config", "/page/%2e%2e/app.py", "/config%20", "/config%00", "/api/../config", "/api/health/", "/%2f",
        "/gradio_api/mcp/x%0a", "/gradio_api/queue/data/", "/gradio_api/queue/join%0a", "/;/config", "/config;x",
    ],
)  # fmt: skip
def test_there_is_no_other_way_to_write_a_closed_path(address: str, path: str):
    with httpx.Client() as client:
        request = client.build_request("GET", address)
        request.url = request.url.copy_with(raw_path=path.encode())
        assert client.send(request).status_code == 404


def test_the_page_is_the_same_under_each_of_its_addresses(address: str):
    page = httpx.get(address)
    assert page.headers["cache-control"] == "no-store"
    for path in (
        "/?deep_link=abcdefgh",
        "/conversations/7",
        "/conversations/7/1/2",
        "/articles/a%2Fb%0A",
        "/articles/x",
    ):
        assert httpx.get(address + path).text == page.text
