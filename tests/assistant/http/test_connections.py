"""Clients that send without an end, slowly or nothing at all, on a real server; others are answered all the while."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.assistant.http.support import dateline_serve

SECONDS = 3
BEFORE = f"import assistant.http.connections as c; c._SECONDS = {SECONDS}"
TOKEN = "a-token-of-some-length"
KNOWN = {"Authorization": f"Bearer {TOKEN}"}
HEAD = f"Host: localhost\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n".encode()


@pytest.fixture(scope="module")
def address(seed_home: Path) -> Iterator[str]:
    with dateline_serve(seed_home, before=BEFORE, tokens=TOKEN, rate_limit="0") as address:
        yield address


def connect(address: str, source: str = "127.0.0.1") -> socket.socket:
    place = urlsplit(address)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=30, source_address=(source, 0))


def seconds_until_closed(connection: socket.socket, drip: bytes = b"", every: float = 0.2) -> tuple[float, bytes]:
    """How long the other side keeps it open while we send, piece by piece, and what it said."""
    began, said = time.monotonic(), b""
    connection.settimeout(every)
    while time.monotonic() - began < 10 * SECONDS:
        try:
            if drip:
                connection.sendall(drip)
            came = connection.recv(65536)
        except TimeoutError:
            continue
        except OSError:
            break
        said += came
        if not came:
            break
    return time.monotonic() - began, said


def answers_at_once(address: str) -> None:
    began = time.monotonic()
    assert httpx.get(f"{address}/api/health", headers=KNOWN, timeout=30).status_code == 200
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("line", [b"GET /" + b"x" * 2**20, b"GET / HTTP/1.1\r\nX: " + b"x" * 2**20])
def test_a_line_without_an_end_is_cut_off(address: str, line: bytes):
    with connect(address) as connection:
        sent = connection.send(line)
        try:
            while sent < 100 * 2**20:
                sent += connection.send(b"x" * 65536)
        except OSError:  # it is closed
            pass
        assert sent < 20 * 2**20  # what fits into the buffers of the system
    answers_at_once(address)


def test_many_headers_are_cut_off_too(address: str):
    with connect(address) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(5000)))
        assert seconds_until_closed(connection)[0] < SECONDS


def test_slow_headers_and_silent_clients_are_ended(address: str):
    with connect(address) as slow, connect(address) as silent:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        began = time.monotonic()
        assert SECONDS - 1 < seconds_until_closed(slow, b"X: x\r\n")[0] < SECONDS + 4
        seconds_until_closed(silent)
        assert time.monotonic() - began < SECONDS + 6
    answers_at_once(address)


def test_a_slow_body_is_ended_and_a_steady_one_is_not(address: str):
    def begin(length: int) -> socket.socket:
        connection = connect(address)
        connection.sendall(b"POST /api/ask HTTP/1.1\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % length)
        return connection

    with begin(10_000) as connection:
        assert SECONDS - 1 < seconds_until_closed(connection, b" ")[0] < SECONDS + 4
    body = b'{"question": "how many displaced?"}'
    pieces = 4 * SECONDS
    with begin(len(body) + pieces * 10_000) as connection:
        for _ in range(pieces):
            connection.sendall(b" " * 10_000)
            time.sleep(0.5)
        connection.sendall(body)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_a_stranger_who_goes_on_after_a_refusal_is_ended(address: str):
    with connect(address) as connection:
        connection.sendall(b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        seconds, said = seconds_until_closed(connection, b"1\r\nx\r\n")
        assert said.startswith(b"HTTP/1.1 401 ")
        assert seconds < SECONDS + 3


def test_who_reads_nothing_is_ended(address: str):
    path = b"/api/docs"
    size = len(httpx.get(address + path.decode(), headers=KNOWN).content)
    with connect(address) as connection:
        connection.sendall((b"GET %s HTTP/1.1\r\n" % path + HEAD + b"\r\n") * 2_000)
        time.sleep(SECONDS + 4)
        answers_at_once(address)
        seconds, said = seconds_until_closed(connection)
        assert seconds < 5 * SECONDS
        assert len(said) < 1_000 * size  # the rest was in the buffers of the system, or never sent


def test_idle_connections_of_strangers_lock_nobody_out(address: str):
    with ExitStack() as stack:
        for n in range(600):  # from five addresses, as one alone has a limit of its own
            stack.enter_context(connect(address, f"127.0.0.{2 + n % 5}"))
        for _ in range(3):
            answers_at_once(address)
        assert httpx.get(address, headers=KNOWN).status_code == 200
    with ExitStack() as stack:  # and of a single address, also to whoever has the same one
        for _ in range(600):
            stack.enter_context(connect(address))
        answers_at_once(address)
