"""Two users at once, each trying every route with the other's numbers and names. Nothing is shown or changed."""

import itertools
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from assistant.http.clients import Client, owner_of
from assistant.http.users import add_user
from assistant.memory import Conversation, Conversations
from tests.assistant.http.support import dateline_serve
from tests.assistant.memory.samples import answered
from tests.assistant.web.test_routes import OPEN

PASSWORD = "correct horse: battery"
MARKS = {"maria": "Marker-of-Maria-3917", "jo": "Marker-of-Jo-8264"}
SECRET = "ab" * 16  # of a browser that both use


def kept(home: Path, name: str) -> Conversations:
    client = Client(name, name, "editor")
    return Conversations(home, owner_of(Request({"type": "http", "headers": [], "dateline.client": client}), None))


@pytest.fixture(scope="module")
def home(seed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("two") / "home"
    shutil.copytree(seed_home, home, ignore=shutil.ignore_patterns("conversations.db*", "audit*"))
    for name, mark in MARKS.items():
        add_user(home / "users.txt", name, PASSWORD, "editor")
        for number in range(3):
            asked = answered(f"What of {mark} {number}?")
            kept(home, name).append(Conversation(name=f"{mark} {number}"), asked)
    return home


@pytest.fixture(scope="module")
def clients(home: Path) -> Iterator[dict[str, httpx.Client]]:
    with dateline_serve(home, rate_limit="0") as address:
        clients = {name: httpx.Client(base_url=address, timeout=60) for name in MARKS}
        for name, client in clients.items():
            assert client.put("/api/session", json={"user": name, "password": PASSWORD}).status_code == 200
        yield clients
        for client in clients.values():
            client.close()


def call(method: str, path: str, **more: Any) -> tuple[str, str, dict[str, Any]]:
    return method, f"/api/conversations{path}", {"headers": {"Dateline-Browser": SECRET}, **more}


def tool(name: str, **arguments: Any) -> tuple[str, str, dict[str, Any]]:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    accepted = {"Accept": "application/json, text/event-stream"}
    return "POST", "/gradio_api/mcp/", {"json": asked, "headers": accepted}


def every_route(number: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Whatever the server has, with the number for what may be anything; but no stream without an end."""
    for each in sorted(OPEN):
        *methods, path = each.split()
        if "GET" in methods or "*" in methods:
            path = "/".join(str(number) if part == "x" else part for part in path.split("/"))
            if path != "/gradio_api/mcp/":
                yield "GET", path, {}


def tries(number: int, mark: str, owner: str, cookie: str) -> list[tuple[str, str, dict[str, Any]]]:
    """What one user sends to get at conversation `number` of the other."""
    feedback = f"/{number}/turns/1/feedback"
    return [
        call("GET", f"/{number}"),
        call("GET", f"/{number}?owner={owner}&user={owner}"),
        call("GET", f"/{number}", headers={"Dateline-Browser": SECRET, "Dateline-User": owner, "Owner": owner}),
        call("GET", f"?words={mark}"),
        call("GET", ""),
        call("GET", f"?owner={owner}"),
        *(call("GET", f"/{number}/export/{form}") for form in ("md", "json", "html")),
        call("PATCH", f"/{number}", json={"name": "taken"}),
        call("DELETE", f"/{number}"),
        call("PUT", feedback, json={"kind": "down"}),
        call("PUT", feedback, json={"kind": "wrong_citation", "marker": 1, "note": "x"}),
        call("DELETE", feedback),
        call("POST", f"/{number}", json={"question": f"What of {mark}?"}),
        call("POST", f"/{number}", json={"question": mark, "owner": owner}),
        ("GET", f"/api/articles?words={mark}", {}),
        ("GET", f"/api/articles/{number}", {}),
        ("GET", "/api/session", {"headers": {"X-Forwarded-User": owner, "X-Forwarded-For": "192.0.2.1"}}),
        ("GET", f"/conversations/{number}", {}),
        ("GET", f"/conversations/{number}/1/1", {}),
        ("GET", f"/page/{number}", {}),
        ("GET", f"/gradio_api/file={number}", {}),
        ("GET", "/api/health", {"headers": {"Authorization": "Basic bWFyaWE6eA=="}}),
        ("GET", "/api/session", {"headers": {"Cookie": f"{cookie}; user={owner}; dateline-session={owner}"}}),
        *((("POST", f"/api/ask{way}", {"json": {"question": "What was asked before?"}})) for way in ("", "/stream")),
        (
            "POST",
            "/api/ask",
            {"json": {"question": "What of it?", "conversation": [{"speaker": "user", "text": mark}]}},
        ),
        tool("ask", question="What was asked before?"),
        tool("search", query=mark),
        ("PUT", f"/api/users/{owner}", {"json": {"role": "reader"}}),
        ("DELETE", f"/api/users/{owner}", {}),
        ("POST", "/api/tokens", {"json": {"name": owner, "role": "admin"}}),
        *every_route(number),
    ]


def test_what_is_ones_own_can_be_had(clients: dict[str, httpx.Client], home: Path):
    """Else the test below would prove nothing."""
    for name, mark in MARKS.items():
        for overview in kept(home, name).overviews():
            for method, path, more in (
                call("GET", f"/{overview.id}"),
                call("GET", f"?words={mark}"),
                call("GET", f"/{overview.id}/export/md"),
            ):
                assert mark in clients[name].request(method, path, **more).text
        for asked in (tool("ask", question="how many displaced?"), tool("search", query="how many displaced?")):
            method, path, more = asked
            assert "14,000" in clients[name].request(method, path, **more).text


def test_500_requests_of_two_users_give_nothing_of_the_other(clients: dict[str, httpx.Client], home: Path):
    before = {name: [kept(home, name).get(each.id) for each in kept(home, name).overviews()] for name in MARKS}
    made = []
    for name, other in (("maria", "jo"), ("jo", "maria")):
        cookie = "; ".join(f"x-{key}={value}" for key, value in clients[name].cookies.items())
        for each in before[other]:
            assert each.id is not None
            made += [(name, other, asked) for asked in tries(each.id, MARKS[other], other, cookie)]
    order = list(itertools.islice(itertools.cycle(made), 500))
    random.Random(7).shuffle(order)
    leaks = []
    for name, other, (method, path, more) in order:
        response = clients[name].request(method, path, **more)
        text = response.text
        assert response.status_code < 500, f"{method} {path}"
        sent = str(more)
        if MARKS[other] in text and MARKS[other] not in sent:
            leaks.append((name, method, path, text[:200]))
        if f"{MARKS[other]} 0" in text or '"taken"' in text:  # the title, which nobody sent
            leaks.append((name, method, path, text[:200]))
    assert leaks == []
    after = {name: [kept(home, name).get(each.id) for each in kept(home, name).overviews()] for name in MARKS}
    assert after == before
    for name in MARKS:
        assert all(kept(home, name).feedback(each.id or 0) == {} for each in before[name])
