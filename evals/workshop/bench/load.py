"""Many users at once: `python -m evals.workshop.bench.load`, against `dateline serve` with the archive.

Each question is asked once alone. Then users ask them over and over, each waiting for its answer before the next, and
every answer must be the one that was given alone. Last come many requests at the same moment: each must be answered or
refused with 429, and the server must answer as before afterwards. Exit code 1 if any of this does not hold.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.questions.question_set import load_questions
from evals.runs.summary import percentiles
from index import index_paths, load_embedding

ARCHIVE = Path(__file__).parents[2] / "archive"
_START = 120.0
"""Seconds until the server must be up."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one request.

    Attributes:
        question: what was asked.
        status: of HTTP; 0 where the connection failed.
        answer: the document without its times; empty where there was none.
        seconds: from before the connection to the last byte.
    """

    question: str
    status: int
    answer: Mapping[str, Any]
    seconds: float


def ask(port: int, question: str) -> Reply:
    """Ask over a connection of its own."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        body = json.dumps({"question": question})
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        document = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError):
        return Reply(question, 0, {}, time.perf_counter() - started)
    finally:
        connection.close()
    document.pop("timings_ms", None)
    return Reply(question, response.status, document, time.perf_counter() - started)


def users_for(port: int, questions: Sequence[str], users: int, seconds: float) -> list[Reply]:
    """What so many users got in that time, each in an order of its own."""
    end = time.monotonic() + seconds

    def one(number: int) -> list[Reply]:
        mine = random.Random(number).sample(questions, len(questions))  # noqa: S311
        replies: list[Reply] = []
        while time.monotonic() < end:
            replies.append(ask(port, mine[len(replies) % len(mine)]))
        return replies

    with ThreadPoolExecutor(users) as pool:
        return [reply for replies in pool.map(one, range(users)) for reply in replies]


def burst(port: int, questions: Sequence[str], requests: int) -> list[Reply]:
    """What so many got that asked at the same moment."""
    together = threading.Barrier(requests)

    def one(number: int) -> Reply:
        together.wait()
        return ask(port, questions[number % len(questions)])

    with ThreadPoolExecutor(requests) as pool:
        return list(pool.map(one, range(requests)))


@contextmanager
def server(home: Path, timeout: float) -> Iterator[tuple[int, int]]:
    """`dateline serve`, without a rate for one client, as all users here are one; gives its port and its process.

    Args:
        home: the store.
        timeout: seconds after which a question is 504.

    Raises:
        RuntimeError: it ended, or is not up in time.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()", "serve", "--home", str(home)],
        env={**kept, "DATELINE_RATE_LIMIT": "0", "DATELINE_REQUEST_TIMEOUT": str(timeout)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        timer = threading.Timer(_START, process.kill)
        timer.start()
        said = process.stdout.readline() if process.stdout else ""
        timer.cancel()
        if not said:
            raise RuntimeError("the server did not start")
        yield int(said.split()[3].rpartition(":")[2]), process.pid
        if process.poll() is not None:
            raise RuntimeError("the server ended by itself")
    finally:
        process.terminate()
        process.wait(60)


def report(name: str, replies: Sequence[Reply], alone: Mapping[str, Reply], allowed: set[int]) -> bool:
    """Print what came, and say whether nothing failed and nothing was mixed up."""
    statuses = Counter(reply.status for reply in replies)
    answered = [reply for reply in replies if reply.status == 200]
    mixed = sum(reply.answer != alone[reply.question].answer for reply in answered)
    times = percentiles([1000 * reply.seconds for reply in answered])
    shown = ", ".join(f"{quantile} {milliseconds / 1000:.2f} s" for quantile, milliseconds in times.items())
    sys.stdout.write(f"{name}: n = {len(replies)}, statuses {dict(statuses)}, mixed up {mixed}; answered: {shown}\n")
    sys.stdout.flush()
    return not mixed and set(statuses) <= allowed and 200 in statuses


def main() -> None:
    """Index, serve, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ARCHIVE / "corpus.jsonl")
    parser.add_argument("--questions", type=Path, default=ARCHIVE / "questions.jsonl")
    parser.add_argument("--limit", type=int, default=40, help="only so many questions")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--burst", type=int, default=200, help="requests at the same moment")
    parser.add_argument("--timeout", type=float, default=60, help="the server's, in seconds: more on a busy machine")
    arguments = parser.parse_args()
    questions = list(dict.fromkeys(question.question for question in load_questions(arguments.questions)))
    questions = questions[: arguments.limit]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        index_paths(home, [arguments.corpus], load_embedding(), passage_tokens=160)
        with server(home, arguments.timeout) as (port, _):
            alone = {question: ask(port, question) for question in questions}
            good = [report("one at a time", list(alone.values()), alone, {200})]
            replies = users_for(port, questions, arguments.users, arguments.seconds)
            good.append(report(f"{arguments.users} users for {arguments.seconds:g} s", replies, alone, {200}))
            replies = burst(port, questions, arguments.burst)
            good.append(report(f"{arguments.burst} requests at once", replies, alone, {200, 429}))
            after = [ask(port, question) for question in questions[:5]]
            good.append(report("afterwards", after, alone, {200}))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
