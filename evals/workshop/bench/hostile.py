"""Whether a server stays there for others while it is attacked: `python -m evals.workshop.bench.hostile`, on Linux.

40 clients, each with an address of its own, send what is made to keep `dateline serve` busy: questions and articles
that make a careless pattern look at the same place again and again, bodies and headers that are too long, headers that
never end, searches for nothing but signs. Meanwhile somebody asks for `/api/health` twenty times a second. Prints the
median and the longest time of that, and what the clients got. Exit code 1 if it ever took a second or failed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from evals.workshop.bench.load import ARCHIVE, server
from index import index_paths, load_embedding

_ALWAYS = 1.0
"""Seconds that health may take."""
_PIECES = (" ", "\n", "0,1,", "A-", "a.b", "Mr. ", "May 5 ", "and a half ", "*a ", "[a](b", "<a ", "&#", "<?xml ", "a@")
"""To repeat; each alone has no end that a pattern waits for."""
_JSON = {"Content-Type": "application/json"}


class Client:
    """One that attacks, from an address of its own on loopback."""

    def __init__(self, port: int, number: int) -> None:
        self._port = port
        self._from = (f"127.0.{1 + number // 200}.{2 + number % 200}", 0)
        self._random = random.Random(number)  # noqa: S311

    def attack(self) -> int:
        """Do one of the things; gives the status of HTTP, 0 where the server ended the connection."""
        kinds: tuple[Callable[[str], int], ...] = (self._ask, self._long, self._add, self._search, self._endless)
        try:
            return self._random.choice(kinds)(self._random.choice(_PIECES))
        except (OSError, http.client.HTTPException):
            return 0

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60, source_address=self._from)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def _ask(self, piece: str) -> int:
        question = (piece * 2_000)[:1_999] + "!"
        return self._send("POST", "/api/ask", json.dumps({"question": question}).encode(), _JSON)[0]

    def _long(self, piece: str) -> int:
        body = json.dumps({"question": "who?", "conversation": [{"speaker": "user", "text": piece * 200_000}]})
        return self._send("POST", "/api/ask", body.encode()[:1_000_000], _JSON)[0]

    def _add(self, piece: str) -> int:
        content = "A title\n\n" + (piece * 100_000)[:100_000]
        status, body = self._send(
            "POST", "/api/library/files", content.encode(), {"Content-Type": "application/octet-stream"}
        )
        if status != 200:
            return status
        name = f"{self._random.random()}{self._random.choice(('.txt', '.html', '.md', '.json', '.csv'))}"
        change = {"action": "add", "files": [{"id": json.loads(body)["id"], "name": name}]}
        return self._send("POST", "/api/library/changes", json.dumps(change).encode(), _JSON)[0]

    def _search(self, piece: str) -> int:
        return self._send("GET", f"/api/articles?words={quote((piece * 500)[:500])}", None, {})[0]

    def _endless(self, piece: str) -> int:
        with socket.create_connection(("127.0.0.1", self._port), timeout=30, source_address=self._from) as connection:
            connection.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX: " + piece.strip().encode())
            for _ in range(10_000):
                connection.sendall(b"x" * 1_000)
            return 200


def health(port: int, end: float) -> list[float]:
    """Seconds of each answer of health until then; infinite where it failed."""
    took = []
    while time.monotonic() < end:
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/api/health")
            good = connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            good = False
        finally:
            connection.close()
        took.append(time.perf_counter() - begun if good else float("inf"))
        time.sleep(0.05)
    return took


def main() -> None:
    """Index, serve, attack and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clients", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    statuses: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        index_paths(home, [ARCHIVE / "corpus.jsonl"], load_embedding(), passage_tokens=160)
        with server(home, 60) as (port, _):
            end = time.monotonic() + options.seconds

            def attack(number: int) -> None:
                client = Client(port, number)
                while time.monotonic() < end:
                    statuses[client.attack()] += 1

            threads = [threading.Thread(target=attack, args=(number,)) for number in range(options.clients)]
            for thread in threads:
                thread.start()
            took = health(port, end)
            for thread in threads:
                thread.join()
    sys.stdout.write(f"attacks: {sum(statuses.values()):,}, statuses {dict(sorted(statuses.items()))}\n")
    sys.stdout.write(f"health, n = {len(took)}: median {statistics.median(took):.3f} s, longest {max(took):.3f} s\n")
    sys.exit(0 if max(took) < _ALWAYS else 1)


if __name__ == "__main__":
    main()
