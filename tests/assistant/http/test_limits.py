"""How much a client may send, how often, how many may wait, and for how long."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from assistant import Assistant
from assistant.http.limits import RateLimit
from tests.assistant.http.support import HeldReader, ask, client_of, dateline_serve, error_of, until, with_settings


def test_beyond_the_queue_is_429_and_those_within_are_answered(assistant: Assistant):
    reader = HeldReader(assistant.reader)
    held = with_settings(assistant, reader, workers=1, queue=2)
    with client_of(held) as client, ThreadPoolExecutor(12) as users:
        asked = [users.submit(ask, client, f"how many displaced, {number}?") for number in range(12)]
        refused = [done.result() for done in islice(as_completed(asked, timeout=60), 9)]
        for response in refused:
            assert response.status_code == 429
            assert int(response.headers["retry-after"]) >= 1
            assert "too many requests wait already" in error_of(response)
        assert client.get("/api/health").status_code == 200  # whoever asks for something else need not wait
        reader.go.set()
        statuses = [each.result().status_code for each in asked]
        assert (statuses.count(200), statuses.count(429)) == (3, 9)
        assert ask(client).status_code == 200


def test_users_take_turns_and_have_a_share_each(assistant: Assistant):
    reader = HeldReader(assistant.reader)
    tokens = {name: f"{name}-token-of-some-length" for name in ("greedy", "modest")}
    held = with_settings(assistant, reader, workers=1, queue=4, tokens=",".join(tokens.values()))
    ended: list[str] = []
    with client_of(held) as client, ThreadPoolExecutor(12) as users:

        def send(name: str, number: int) -> int:
            headers = {"Authorization": f"Bearer {tokens[name]}"}
            body = {"question": f"how many displaced, {number}?"}
            response = client.post("/api/ask", json=body, headers=headers)
            if response.status_code == 200:
                ended.append(name)
            return response.status_code

        greedy = [users.submit(send, "greedy", number) for number in range(8)]
        refused = [done.result() for done in islice(as_completed(greedy, timeout=60), 3)]
        assert refused == [429] * 3  # one is answered, four wait
        modest = [users.submit(send, "modest", number) for number in range(3)]
        until(lambda: sum(each.done() for each in (*greedy, *modest)) == 6)
        reader.go.set()
        statuses = [[each.result() for each in asked] for asked in (greedy, modest)]
    assert [each.count(200) for each in statuses] == [3, 2]  # two places each, and the one that was being answered
    assert set(ended[1:3]) == {"modest", "greedy"}


def test_what_takes_too_long_is_504(assistant: Assistant):
    reader = HeldReader(assistant.reader)
    with client_of(with_settings(assistant, reader, request_timeout=0.3)) as client:
        response = ask(client)
        assert (response.status_code, error_of(response)) == (504, "no answer within 0.3 s; ask again later.")
        streamed = client.post("/api/ask/stream", json={"question": "who?"}).text
        assert (
            streamed == 'event: error\ndata: {"status": 504, "error": "no answer within 0.3 s; ask again later."}\n\n'
        )
        reader.go.set()


def test_a_stream_that_waits_shows_that_it_lives(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.http.streams.HEARTBEAT", 0.05)
    reader = HeldReader(assistant.reader)
    with (
        client_of(with_settings(assistant, reader)) as client,
        client.stream("POST", "/api/ask/stream", json={"question": "who?"}) as response,
    ):
        lines = response.iter_lines()
        assert next(lines) == ": still looking"
        reader.go.set()
        assert any(line == "event: answer" for line in lines)


def test_what_is_too_large_is_not_read(assistant: Assistant):
    def chunks() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(100):
            yield b"x" * 1024

    with client_of(with_settings(assistant, body_limit=2048)) as client:
        for body in (b"x" * 4096, chunks()):
            response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
            assert response.status_code == 413
            assert error_of(response) == "the request is too large; send at most 2,048 bytes."
        assert ask(client).status_code == 200


def test_questions_and_conversations_have_an_end(assistant: Assistant):
    turn = {"speaker": "user", "text": "who?"}
    with client_of(with_settings(assistant, question_limit=20, conversation_limit=2)) as client:
        assert ask(client, "x" * 20, conversation=[turn] * 2).status_code == 200
        longer = [ask(client, "x" * 21), ask(client, conversation=[turn] * 3)]
        assert [response.status_code for response in longer] == [422, 422]
        assert [error_of(response) for response in longer] == [
            "the question has 21 characters; ask it in at most 20.",
            "conversation: has 3 turns; send the last 2.",
        ]
        assert ask(client, conversation=[{**turn, "text": "x" * 10_001}]).status_code == 422
        description = client.get("/api/openapi.json").json()["components"]["schemas"]["AskRequest"]["properties"]
        assert description["question"]["maxLength"] == 20
        assert description["conversation"]["maxItems"] == 2


def test_a_client_that_asks_too_often_must_wait(assistant: Assistant):
    with client_of(with_settings(assistant, rate_limit=3)) as client:
        statuses = [client.get("/api/articles").status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        refused = ask(client)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 20
        assert "too many requests" in error_of(refused)
        assert client.get("/api/health").status_code == 200  # machines ask for it all the time


def test_a_bucket_fills_up_again():
    now = 0.0
    rates = RateLimit(60, lambda: now)
    assert [rates.take("a") for _ in range(61)] == [0] * 60 + [1]
    assert rates.take("b") == 0
    now = 0.5
    assert rates.take("a") == 1
    now = 1.0
    assert (rates.take("a"), rates.take("a")) == (0, 1)
    now = 1000.0
    assert [rates.take("a") for _ in range(61)] == [0] * 60 + [1]
    assert [RateLimit(0).take("a") for _ in range(1000)] == [0] * 1000


SECONDS = 3
BEFORE = f"import assistant.http.limits as c; c._SECONDS = {SECONDS}"
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
    assert time.monotonic() - began < 10  # whoever waits for what is late waits for 20 s


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


def test_no_request_hides_behind_two_lengths(address: str):
    hidden = b"GET /api/health HTTP/1.1\r\n" + HEAD + b"\r\n"
    with connect(address) as connection:
        lengths = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n" % (len(hidden) + 5)
        connection.sendall(b"POST /api/ask HTTP/1.1\r\n" + HEAD + lengths + b"\r\n0\r\n\r\n" + hidden)
        _, said = seconds_until_closed(connection)
        assert said.startswith(b"HTTP/1.1 400 ")
        assert said.count(b"HTTP/1.1 ") == 1


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
