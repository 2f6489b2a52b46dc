"""Reading files in a process of its own, which is ended when a file takes too long or too much memory.

The libraries that read PDF, HTML, XML and the like are not made for files that mean harm: a PDF of 25 kB can hold them
for a minute. One process reads file after file; it is started when the first one needs it, and anew after it was ended.
Text and JSON lines are read here: nothing in them can hold us.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from index.errors import ArticleError, DatelineError
from index.files import FileContent, is_article_file, read_file
from index.files.access import MAX_FILE_MB
from index.files.columns import Columns
from index.files.formats import CONTAINERS
from index.files.parsing_process import Question

_HARMLESS = (".txt", ".jsonl", ".jsonl.gz", ".ndjson")
_MANY = 10  # times what a file may take is what one may that holds many files
# The package itself is a stand-in there: what its own __init__ brings, such as the models, takes most of a start.
_START = """
import sys, types
sys.path[:] = sys.argv[2:]
sys.modules["index"] = types.ModuleType("index")
sys.modules["index"].__path__ = sys.argv[1:2]
from index.files.parsing_process import serve
serve()
"""
_PACKAGE = str(Path(__file__).parents[1])
_START_SECONDS = 120
_LOOK = 0.05  # seconds between two looks at how the process does


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How a file is read: what it may cost, and what is what in it.

    Attributes:
        max_mb: the largest file that is read, and the most that a compressed one may unpack to, in millions of bytes.
        seconds: the longest that reading it may take; ten times as long for one that holds many files.
        memory_mb: the most memory that this may take, in millions of bytes. It is measured on Linux only.
        columns: what the columns of tables are called that are not named as usual.
    """

    max_mb: int = MAX_FILE_MB
    seconds: float = 10.0
    memory_mb: int = 512
    columns: Columns = field(default_factory=Columns)


class Parsing:
    """Reads files, each within limits. Not to be shared between threads; to be closed."""

    def __init__(self, limits: FileLimits | None = None) -> None:
        self.limits = limits or FileLimits()
        self._process: _Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def read_file(self, path: Path, data: bytes, sha256: str | None = None) -> FileContent:
        """The articles of one file, as `index.files.read_file` gives them; that it costs too much is a fault, too.

        Raises:
            ValueError: the file's ending is none of SUFFIXES.
            DatelineError: no process can be started.
        """
        if not is_article_file(path):
            raise ValueError(path)
        if path.name.lower().endswith(_HARMLESS):
            return read_file(path, data, sha256, self.limits.max_mb, self.limits.columns)
        if self._process is None:
            self._process = _Process(self.limits)
        seconds = self.limits.seconds * (_MANY if path.name.lower().endswith(CONTAINERS) else 1)
        question = Question(path, sha256, self.limits.max_mb, self.limits.columns, seconds, len(data))
        try:
            answer = self._process.ask(question, data)
        except BaseException:  # Ctrl-C, too: what it is about to say would be taken for the answer to the next question
            self.close()
            raise
        content = answer or FileContent(errors=[ArticleError(str(path), self._process.reason)])
        if answer is None or self._process.is_worn:
            self.close()
        return content


class _Process:
    """The process, and a thread that ends it when it takes too much."""

    def __init__(self, limits: FileLimits) -> None:
        self._limits = limits
        self._told = ""
        self._seconds = limits.seconds
        self._due: float | None = None
        self._lock = threading.Lock()  # held to say that it is due no more, and to end it because it is
        self._ended = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, _PACKAGE, *(entry or str(Path.cwd()) for entry in sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is for us to hear, and to end it; Windows does not look at this
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to: IO[bytes] = self._process.stdin
        self._from: IO[bytes] = self._process.stdout
        self._idle = 0
        threading.Thread(target=self._watch, name="dateline-parsing", daemon=True).start()
        self._due = time.monotonic() + _START_SECONDS
        try:
            started = self._answer() is not None
        except BaseException:
            self.end()
            raise
        if not started:
            self.end()
            raise DatelineError(f"the program that reads files, {sys.executable}, could not be started; check it.")
        self._idle = self._resident()

    @property
    def reason(self) -> str:
        """Why it ended, for a message about the file that it read."""
        crashed = f"ended the program that read it (exit code {self._process.wait()}); check it, or make it again."
        return self._told or crashed

    @property
    def is_worn(self) -> bool:
        """Whether the next file should have a new one: it keeps too much memory, or was ended after its answer."""
        return bool(self._told) or self._grown() > self._limits.memory_mb * 1_000_000 / 2

    def ask(self, question: Question, data: bytes) -> FileContent | None:
        """What it makes of a file; None if it ended over it."""
        self._seconds = question.seconds
        self._due = time.monotonic() + question.seconds
        try:
            pickle.dump(question, self._to)
            self._to.write(data)
            self._to.flush()
        except OSError:
            return None
        return self._answer()

    def end(self) -> None:
        """End it, whatever it does, and let go of it."""
        self._ended.set()
        self._process.kill()
        for file in (self._to, self._from):
            try:
                file.close()
            except OSError:  # what it was to be told, it did not hear
                continue
        self._process.wait()

    def _answer(self) -> FileContent | None:
        try:
            content: FileContent = pickle.load(self._from)  # noqa: S301  it is our own program that wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        finally:
            with self._lock:
                self._due = None
        return content

    def _watch(self) -> None:
        while not self._told and not self._ended.wait(_LOOK):
            with self._lock:
                self._told = self._excess()
                if self._told:
                    self._process.kill()

    def _excess(self) -> str:
        """What it takes too much of at this moment, if it does."""
        if self._due is None:
            return ""
        if time.monotonic() > self._due:
            return f"took too long (more than {self._seconds:g} s); split it, or raise DATELINE_FILE_SECONDS."
        if self._idle and self._grown() > self._limits.memory_mb * 1_000_000:
            most = f"{self._limits.memory_mb:,} MB"
            return f"needs too much memory (more than {most}); split it, or raise DATELINE_FILE_MEMORY_MB."
        return ""

    def _grown(self) -> int:
        return self._resident() - self._idle

    def _resident(self) -> int:
        """Bytes of memory that it takes; 0 where that is not known."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_bytes().split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
