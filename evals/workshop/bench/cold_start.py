"""Where the time to a first answer goes: `python -m evals.workshop.bench.cold_start --home DIR`, on a store.

Prints a table: `dateline ask` as a whole, and its stages in a process of their own, each the median of several runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

_STAGES = """
import json, sys, time
marks, last = [], time.perf_counter()
def mark(name):
    global last
    now = time.perf_counter()
    marks.append((name, 1000 * (now - last)))
    last = now
import typer, assistant.cli
mark("command line, settings, numpy, pydantic")
from assistant import Assistant
from assistant.reader import load_reader
from assistant.verifier.verifier import load_verifier
from index import Searcher, load_embedding
from assistant.settings import Settings
settings = Settings.load(home=sys.argv[1])
embedding = load_embedding(settings.embedding_model)
mark("embedding model: onnxruntime, tokenizer, check of the hashes, session")
searcher = Searcher(settings.home, embedding)
mark("record (SQLite)")
import chromadb
mark("import of Chroma")
searcher.warm_up()
mark("opening the vector index")
reader = load_reader()
assistant = Assistant(searcher, reader, load_verifier(reader), settings=settings)
assistant.ask(sys.argv[2])
mark("the answer: search and reading, first time")
assistant.ask(sys.argv[2])
mark("the same answer, warm")
print(json.dumps(marks))
"""


def whole(home: Path, question: str) -> float:
    """Seconds that `dateline ask` takes from start to end."""
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "ask", question, "--home", str(home)]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def stages(home: Path, question: str) -> list[tuple[str, float]]:
    """Milliseconds of each stage in a fresh process."""
    command = [sys.executable, "-c", _STAGES, str(home), question]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [(name, float(value)) for name, value in json.loads(done.stdout)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, default=Path(".dateline"), help="the store to ask")
    parser.add_argument("--question", default="how many displaced?")
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    if not arguments.home.is_dir():
        sys.exit(f"{arguments.home}: no index here; make one with `dateline index`.")
    totals = [whole(arguments.home, arguments.question) for _ in range(arguments.runs)]
    runs = [stages(arguments.home, arguments.question) for _ in range(arguments.runs)]
    sys.stdout.write(f"| stage | median of {arguments.runs} |\n|---|---|\n")
    for number, (name, _) in enumerate(runs[0]):
        sys.stdout.write(f"| {name} | {statistics.median(run[number][1] for run in runs):.0f} ms |\n")
    middle, low, high = (1000 * function(totals) for function in (statistics.median, min, max))
    sys.stdout.write(f"| `dateline ask`, whole process | {middle:.0f} ms ({low:.0f} to {high:.0f}) |\n")


if __name__ == "__main__":
    main()
