"""Files on their way in, and what is kept of them."""

import asyncio
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.requests import Request

from assistant.http.errors import HttpError
from assistant.http.tokens import TOKENS_NAME, add_token
from assistant.http.uploads import Inbox, accepted, is_upload, uploads_of
from index import Embedding, index_paths
from index.errors import UsageError
from tests.assistant.http.support import dateline_serve, until

KEPT = 3
MINE: dict[str, str] = {}
OTHER: dict[str, str] = {}
FILE = {"Content-Type": "application/octet-stream"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding, seeds: Path) -> Path:
    home = tmp_path_factory.mktemp("inbox") / "home"
    index_paths(home, [seeds], embedding, passage_tokens=160)
    return home


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[httpx.Client]:
    before = f"import assistant.http.uploads as i; i.KEPT = {KEPT}; i._FILES_A_DAY = 4"
    for name, headers in (("mine", MINE), ("other", OTHER)):
        headers["Authorization"] = f"Bearer {add_token(home / TOKENS_NAME, name, 'editor')}"
    with (
        dateline_serve(home, before=before, upload_mb="2") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def waiting(home: Path) -> list[Path]:
    return [file for file in home.glob("inbox/*/*") if file.name != "LOCK"]


def send(client: httpx.Client, content: bytes, **headers: str) -> httpx.Response:
    return client.post("/api/library/files", content=content, headers={**FILE, **headers})


def test_a_file_waits_for_its_sender_alone_and_not_for_long(client: httpx.Client, home: Path):
    response = send(client, b"Zoo\n\nThe zoo has 27 penguins.", **OTHER)
    assert response.status_code == 200
    assert set(response.json()) == {"id"}
    assert str(home) not in response.text
    (file,) = waiting(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.parent.stat().st_mode) == 0o700
    until(lambda: not waiting(home))


def test_a_sender_has_a_share_of_a_day_in_bytes_and_in_files(client: httpx.Client, home: Path):
    assert send(client, b"x" * 1_500_000, **MINE).status_code == 200
    beyond = send(client, b"x" * 600_000, **MINE)
    assert beyond.status_code == 429
    assert "in a day you may add" in beyond.json()["error"]
    assert send(client, b"x" * 100, **OTHER).status_code == 200  # somebody else may
    assert [send(client, b"x", **MINE).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    until(lambda: not waiting(home))


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"x", 415),
        ({"Content-Type": "text/plain"}, b"x", 415),
        ({**FILE, "Sec-Fetch-Site": "cross-site"}, b"x", 403),
        ({**FILE, "Content-Length": "99999999999"}, b"x", 413),
        ({**FILE, "Content-Length": "200000000"}, b"x", 413),
    ],
)
def test_what_is_no_file_of_ours_is_refused(
    client: httpx.Client, home: Path, headers: dict[str, str], content: bytes, status: int
):
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=20) as connection:
        given = {"Content-Length": str(len(content)), **MINE, **headers, "Host": "localhost"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        connection.sendall(f"POST /api/library/files HTTP/1.1\r\n{lines}\r\n".encode() + content)
        assert connection.recv(65536).startswith(f"HTTP/1.1 {status} ".encode())
    assert waiting(home) == []


def test_a_file_without_a_size_is_refused(client: httpx.Client, home: Path):
    assert client.post("/api/library/files", content=iter([b"x"]), headers={**FILE, **OTHER}).status_code == 411
    assert waiting(home) == []


def test_nothing_stays_of_a_file_that_ends_halfway(client: httpx.Client, home: Path):
    place = urlsplit(str(client.base_url))
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as connection:
        head = {**FILE, **OTHER, "Content-Length": "1000000", "Host": "localhost"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        connection.sendall(f"POST /api/library/files HTTP/1.1\r\n{lines}\r\n".encode() + b"x" * 500_000)
        until(lambda: len(waiting(home)) == 1)
    until(lambda: not waiting(home))


def test_the_disk_is_not_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=540_000_000))
    inbox = Inbox(tmp_path, 10**9)
    headers = [(b"content-length", b"4000000")]
    try:
        with pytest.raises(HttpError, match="the disk of the server is nearly full"):
            asyncio.run(inbox.receive(Request({"type": "http", "headers": headers, "client_key": "maria"})))
        assert waiting(tmp_path) == []
    finally:
        inbox.close()


def test_what_a_server_left_behind_is_gone_at_the_next_start(tmp_path: Path):
    program = (
        "import os, pathlib; from assistant.http.uploads import Inbox\n"
        f"inbox = Inbox(pathlib.Path({str(tmp_path)!r}), 1)\n"
        "(inbox._folder / 'left').write_text('x'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=False, env=os.environ)
    assert len(waiting(tmp_path)) == 1
    other = Inbox(tmp_path, 1)
    try:
        assert waiting(tmp_path) == []
        (other._folder / "waits").write_text("x")
        Inbox(tmp_path, 1).close()  # one that serves the same store leaves it alone
        assert len(waiting(tmp_path)) == 1
    finally:
        other.close()
    assert list((tmp_path / "inbox").iterdir()) == []


def test_only_its_sender_claims_a_file_and_once(tmp_path: Path):
    inbox = Inbox(tmp_path, 1)
    try:
        inbox._waiting["file"] = "maria"
        assert inbox.claim("jo", "file") is None
        assert inbox.claim("maria", "../file") is None
        assert inbox.claim("maria", "file") == inbox._folder / "file"
        assert inbox.claim("maria", "file") is None
    finally:
        inbox.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("news.txt", "news.txt"),
        ("../../etc/news.txt", "news.txt"),
        ("C:\\Users\\me\\news.TXT", "news.TXT"),
        ("..hidden.txt", "hidden.txt"),
        ("a\0b\n<c>.txt", "a_b__c_.txt"),
        ("naïve 新聞.jsonl.gz", "naïve 新聞.jsonl.gz"),
        ("n" * 500 + ".md", "n" * 180 + ".md"),
        ("聞" * 90 + ".txt", "聞" * 60 + ".txt"),
    ],
)
def test_only_the_harmless_part_of_a_name_counts(inbox: Path, tmp_path: Path, name: str, kept: str) -> None:
    came_in = inbox / "file"
    came_in.write_text("Title\nText.")
    place = accepted(tmp_path / "home", came_in, name)
    assert place == uploads_of(tmp_path / "home") / kept
    assert place.read_text() == "Title\nText."
    assert is_upload(tmp_path / "home", place)
    assert not came_in.exists()


@pytest.mark.parametrize("name", ["picture.png", "news", "", "news.txt.exe", "../"])
def test_other_kinds_are_refused(inbox: Path, tmp_path: Path, name: str) -> None:
    (inbox / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be read"):
        accepted(tmp_path / "home", inbox / "file", name)
    assert list(inbox.iterdir()) == []


def test_what_did_not_come_in_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did not arrive"):
        accepted(tmp_path / "home", None, "news.txt")
