"""What a server keeps of what it was asked: `python -m evals.workshop.bench.memory`, on Linux.

500 conversations of four questions each are had with `dateline serve` with the archive, each turn sent with those
before it, after every question was asked once: what is loaded when it is needed first, such as the 90 MB by which
languages are told, is there then. Its memory may grow by 30 MB at most from then on, and the files and connections that
it has open not at all. Exit code 1 if either does.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.questions.question_set import load_questions
from evals.workshop.bench.load import ARCHIVE, server
from index import index_paths, load_embedding

_OF_ONE = 4
"""Questions of a conversation."""
_GROWTH = 30.0
"""Megabytes."""
_OPEN = 8
"""Descriptors that come and go with the threads that work just then."""


def used(process: int) -> tuple[float, int]:
    """The memory of a process, in megabytes, and how many descriptors it has open."""
    proc = Path("/proc") / str(process)
    lines = (proc / "status").read_text().splitlines()
    resident = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return resident / 1024, len(list((proc / "fd").iterdir()))


def converse(connection: http.client.HTTPConnection, questions: Sequence[str]) -> None:
    """Ask the questions as one conversation.

    Raises:
        RuntimeError: one of them was not answered.
    """
    turns: list[dict[str, Any]] = []
    for question in questions:
        body = json.dumps({"question": question, "conversation": turns})
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        document = json.loads(response.read())
        if response.status != 200:
            raise RuntimeError(f"{question!r}: {response.status} {document}")
        said = document["answer"] or document["reason"]["text"]
        turns += [{"speaker": "user", "text": question}, {"speaker": "agent", "text": said}]


def main() -> None:
    """Index, serve, ask and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ARCHIVE / "corpus.jsonl")
    parser.add_argument("--questions", type=Path, default=ARCHIVE / "questions.jsonl")
    parser.add_argument("--conversations", type=int, default=500)
    options = parser.parse_args()
    questions = [item.question for item in load_questions(options.questions)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        index_paths(home, [options.corpus], load_embedding(), passage_tokens=160)
        with server(home, 600) as (port, process):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
            once = -(-len(questions) // _OF_ONE)
            before = (0.0, 0)
            for number in range(once + options.conversations):
                if number == once:
                    before = used(process)
                converse(connection, [questions[(number * _OF_ONE + n) % len(questions)] for n in range(_OF_ONE)])
                if number % 100 == 99:
                    sys.stdout.write("{}: {:.1f} MB, {} open\n".format(number + 1, *used(process)))
                    sys.stdout.flush()
            after = used(process)
    grown, opened = after[0] - before[0], after[1] - before[1]
    sys.stdout.write(f"{options.conversations * _OF_ONE:,} questions: {grown:+.1f} MB, {opened:+d} open\n")
    if grown > _GROWTH or opened > _OPEN:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
