"""What the server says of requests: one line each, and nothing of a request ends it or commands a terminal."""

import logging
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from assistant.http.logs import ACCESS, OneLine, Seldom, set_up_logs
from index.errors import SettingsError
from tests.assistant.http.support import QUESTION

TOKEN = "a-token-of-some-length"
ESCAPE = "\x1b]0;HACKED\x07"


@contextmanager
def logged(home: Path, log: Path, **settings: str) -> Iterator[str]:
    """A server whose stderr goes to a file; gives its address."""
    program = "from assistant.cli import main; main()"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", program, "serve", "--home", str(home)],
            env={**os.environ, **{f"DATELINE_{name.upper()}": value for name, value in settings.items()}},
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[3]
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def raw(address: str, request: bytes) -> bytes:
    """What comes back for a request as it is."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(65536)


def test_requests_of_strangers_and_broken_ones_are_a_line_each(seed_home: Path, tmp_path: Path):
    log, kept = tmp_path / "stderr", tmp_path / "access.log"
    with logged(seed_home, log, tokens=TOKEN, rate_limit="40", access_log=str(kept)) as address:
        known = {"Authorization": f"Bearer {TOKEN}"}
        said: list[str] = []

        def lines() -> list[str]:
            new = log.read_text().splitlines()[len(said) :]
            said.extend(new)
            return new

        # Headers that are no such headers.
        for broken in (b"Basic \xe9\xff", b"Basic =", b"Bearer \x80", b"Basic " + b"A" * 5000):
            answer = raw(address, b"GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + broken + b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 401 ")
            (line,) = lines()
            assert "127.0.0.1" in line
            assert " 401 the user, the password or the token is not right." in line
        # A login that fails is said, with the name that was tried; the first visit of a browser is not.
        assert httpx.get(address, auth=(f"maria{ESCAPE}", "wrong password")).status_code == 401
        (line,) = lines()
        assert "maria\\\\x1b" in line or "maria\\x1b" in line
        assert "wrong password" not in line
        assert httpx.get(address).status_code == 401
        assert lines() == []
        # What would command a terminal, or add a line.
        for path in ("/%1b%5d0;HACKED%07", "/x%0a2026-01-01%20WARNING%20forged", "/%e2%80%ae"):
            assert httpx.get(address + path, headers=known).status_code == 404
            (line,) = lines()
            assert line.isprintable()
        # What is no HTTP at all.
        assert raw(address, b"\x1b[2J nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        assert [each.split(" ", 3)[3] for each in lines()] == ["Invalid HTTP request received."]
        # Whoever goes on is told so, and fills no log.
        statuses = [httpx.get(f"{address}/none{n}", headers={"Host": "evil.example"}).status_code for n in range(60)]
        assert statuses.count(429) >= 10
        assert len(lines()) <= 50
        assert httpx.post(f"{address}/api/ask", json={"question": QUESTION}, headers=known).status_code == 200
    assert "Traceback" not in log.read_text()
    requests = kept.read_text().splitlines()  # all of it, as the server has ended
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert all(line.isprintable() for line in requests)
    assert " POST /api/ask 200 " in requests[-1]
    assert " token " in requests[-1]
    assert "displaced" not in kept.read_text()
    assert "session_hash" not in kept.read_text()


def formatted(message: str, *arguments: object, error: BaseException | None = None) -> str:
    info = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "file.py", 1, message, arguments, info)
    return OneLine("%(levelname)s %(message)s").format(record)


def test_a_fault_is_one_line_that_says_where_it_was():
    with pytest.raises(ZeroDivisionError) as raised:
        1 / 0  # noqa: B018
    line = formatted("a request\n\x1b failed", error=raised.value)
    assert line.startswith("ERROR a request \\x1b failed: ZeroDivisionError: division by zero (")
    assert "http/test_logs.py:" in line
    assert line.isprintable()
    assert formatted("%s", "x" * 5000).endswith("...")


def test_what_is_no_http_fills_no_log():
    seldom = Seldom()
    records = [logging.LogRecord("x", logging.WARNING, "f", 1, "Invalid HTTP request received.", (), None)] * 200
    assert 10 <= sum(map(seldom.filter, records)) <= 12
    assert seldom.filter(logging.LogRecord("x", logging.WARNING, "f", 1, "something else", (), None))


def test_the_access_log_is_put_aside_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.http.logs._FILE_BYTES", 1000)
    before = logging.getLogger().handlers
    log = tmp_path / "access.log"
    try:
        set_up_logs(log)
        for n in range(200):
            logging.getLogger(ACCESS).info("request %d", n)
        for handler in logging.getLogger(ACCESS).handlers:
            handler.close()  # which waits until all is written
        names = sorted(path.name for path in tmp_path.iterdir())
        assert names == ["access.log", *(f"access.log.{n}" for n in range(1, 6))]
        assert all(path.stat().st_size <= 1000 for path in tmp_path.iterdir())
        with pytest.raises(SettingsError, match="cannot be written"):
            set_up_logs(tmp_path / "none" / "access.log")
    finally:
        for handler in logging.getLogger(ACCESS).handlers:
            handler.close()
        logging.getLogger(ACCESS).handlers = []
        logging.getLogger().handlers = before
