"""The description of the API: true to the API, by a tool that tries to prove the opposite, and fit to be read."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.http import http_app
from assistant.http.documents import ANSWER, STREAM
from assistant.settings import Settings
from tests.assistant.http.support import QUESTION, ask, client_of, serving, with_settings

EXAMPLES = 10
"""Requests that schemathesis invents for an operation and a phase."""
WARNINGS = (
    "low_valid_rate,method_not_allowed,missing_auth,missing_deserializer,unresolvable_reference,unsupported_regex,"
    "validation_mismatch"
)
"""Those that hold; not that few of the numbers that it invents are those of a conversation."""


@pytest.mark.timeout(500)
def test_schemathesis_finds_nothing(seed_home: Path, tmp_path: Path):
    home = shutil.copytree(seed_home, tmp_path / "home", ignore=shutil.ignore_patterns("conversations.db*"))
    settings = Settings.load({}, home=home, rate_limit=0)  # of its own, as it changes what there is
    with Assistant.open(settings=settings) as assistant, serving(http_app(assistant)) as address:
        httpx.get(f"{address}/api/openapi.json", timeout=60)  # made now, as schemathesis waits 10 seconds for it
        run = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/openapi.json"),
                *("--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "1", "--no-color"),
                *("--warnings", WARNINGS),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=490,  # it takes half a minute, where nothing else is done
            check=False,
        )
    assert run.returncode == 0, run.stdout
    assert "No issues found" in run.stdout


def test_the_examples_are_what_the_server_says(client: httpx.Client):
    said = ask(client, QUESTION).json()
    for changing in ("confidence", "timings_ms"):
        said.pop(changing)
    assert said == {name: value for name, value in ANSWER.items() if name in said}
    stream = client.post("/api/ask/stream", json={"question": QUESTION}).text
    assert re.findall(r"^event: .*$", stream, re.MULTILINE) == re.findall(
        r"^event: .*$", STREAM["example"], re.MULTILINE
    )


def test_access_is_described_where_it_is_needed(assistant: Assistant, client: httpx.Client):
    open_to_all = client.get("/api/openapi.json").json()
    assert "security" not in open_to_all
    with client_of(with_settings(assistant, tokens="a-token-of-some-length")) as guarded:
        described = guarded.get("/api/openapi.json", auth=("x", "a-token-of-some-length")).json()
    assert described["security"] == [{"password": []}, {"token": []}]


class Reading(HTMLParser):
    """The tags of a page, which are all closed in order, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") or name in ("src", "style") for name, _ in attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_manual_names_everything_and_runs_nothing(client: httpx.Client):
    response = client.get("/api/docs")
    page = Reading(response.text)
    assert page.open == []
    assert "script" not in page.seen
    document = client.get("/api/openapi.json").json()
    for path, operations in document["paths"].items():
        for method in operations:
            assert f"{method.upper()} /api{path}" in page.text
    for field in ("conversation", "conversation.speaker", "asked_on", "among.since", "among.ids", "since", "offset"):
        assert field in page.text
    assert "'sha256-" in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/api/health", "/api/docs", "/api/nothing", "/nothing"])
def test_every_answer_tells_the_browser_what_to_forbid(client: httpx.Client, path: str):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    if path.startswith("/api/"):
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
    assert "server" not in headers or "uvicorn" in headers["server"]
