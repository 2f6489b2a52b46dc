"""Writers that are a GGUF file: llama.cpp in a process of its own, asked by the OpenAI protocol.

LlamaIndex's own integration of llama.cpp needs llama-cpp-python, which pip builds from source: minutes, and a C++
compiler. xllamacpp is the same engine as a wheel, with a server in it.
"""

from __future__ import annotations

import importlib.util
import json
import secrets
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path

from assistant.writer.chat import ChatWriter
from assistant.writer.openai import openai_writer
from assistant.writer.prompts import GRAMMAR, STOP
from assistant.writer.protocol import Limits, Task, WriterError

_LOADING = 120.0
"""Seconds that a model may take to load."""


class GgufWriter:
    """A Writer that starts its server with the first question, and ends it with `close`.

    Args:
        name: see `Writer.name`.
        threads: of the engine; 0 leaves it to choose.

    Raises (on opening):
        ModuleNotFoundError: xllamacpp is not installed.
    """

    def __init__(self, name: str, path: Path, limits: Limits, threads: int = 0) -> None:
        if importlib.util.find_spec("xllamacpp") is None:
            raise ModuleNotFoundError("No module named 'xllamacpp'", name="xllamacpp")
        self.name = name
        self._path = path
        self._limits = limits
        self._threads = threads
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._writer: ChatWriter | None = None

    def write(self, task: Task) -> Generator[str, None, None]:
        """See `Writer.write`. The first time, the model is loaded; a server that has ended is started again."""
        yield from self._running().write(task)

    def close(self) -> None:
        """See `Writer.close`."""
        with self._lock:
            self._stop()

    def _running(self) -> ChatWriter:
        with self._lock:
            if self._writer is not None and self._process is not None and self._process.poll() is None:
                return self._writer
            self._stop()
            key = secrets.token_urlsafe(32)
            held_to = {"grammar": GRAMMAR, "stop": list(STOP)}
            self._writer = openai_writer(self.name, self._path.name, self._start(key), key, self._limits, held_to)
            return self._writer

    def _start(self, key: str) -> str:
        """Start the server and give its address."""
        process = subprocess.Popen(
            # -P: or else Python would take modules from the folder in which it is started
            [sys.executable, "-P", "-m", "assistant.writer.gguf_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        patience = threading.Timer(_LOADING, process.kill)
        patience.start()
        try:
            process.stdin.write(json.dumps({"path": str(self._path), "key": key, "threads": self._threads}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            patience.cancel()
        if not line:
            self._stop()
            raise WriterError(f"could not load {self._path.name}; check that it is a GGUF file of a chat model")
        return str(json.loads(line)["url"])

    def _stop(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._process is not None:
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None
