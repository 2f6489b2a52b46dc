"""What the process does that reads files for `index.files.parsing`: one after the other, until nobody asks any more."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path
from typing import NamedTuple

from index.files import Columns, FileContent, read_file

_GRACE = 1.0  # seconds over the limit: who asked would have ended us, and so is gone itself


class Question(NamedTuple):
    """What is asked about a file, whose bytes follow.

    Attributes:
        path, sha256, max_mb, columns: as in `read_file`.
        seconds: the longest that it may take.
        size: how many bytes follow.
    """

    path: Path
    sha256: str | None
    max_mb: int
    columns: Columns
    seconds: float
    size: int


def serve() -> None:
    """Answer each question on stdin with a FileContent on what was stdout; an empty one first says that we are here."""
    questions = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as answers, Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # what a library prints must not come in between
        answer = FileContent()
        while True:
            pickle.dump(answer, answers)
            answers.flush()
            try:
                question: Question = pickle.load(questions)  # noqa: S301  it is we who ask
            except EOFError:
                return
            data = questions.read(question.size)
            _end_after(question.seconds + _GRACE)
            answer = read_file(question.path, data, question.sha256, question.max_mb, question.columns)
            _end_after(0)


def _end_after(seconds: float) -> None:
    """Have the system end this process after so many seconds, whatever it does then; 0 is never. Windows cannot."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
