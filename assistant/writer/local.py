"""`DATELINE_WRITER=auto`: the first language model that a server on this machine offers, and no other machine's.

Nothing that was not named is asked beyond 127.0.0.1: no proxy, no redirection, and no key is sent.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import httpx

from assistant.writer.chat import client_options
from assistant.writer.protocol import Limits, Task, Writer, WriterError
from assistant.writer.setting import WriterSetting
from index.errors import SettingsError

_HOST = "http://127.0.0.1"
_OLLAMA = 11434
_OPENAI = (8080, 1234, 8000, 5000, 5001, 1337, 4891)  # llama.cpp and llamafile, LM Studio, vLLM, and others' usual ones
ASKED = ", ".join(map(str, (_OLLAMA, *_OPENAI)))
"""The ports that are asked, in their order, for a message."""

_LOOKING = Limits(connect=0.5, silence=1.0, total=2.0, characters=2_000)
_NO_CHAT = re.compile(r"embed|bge-|minilm|rerank|whisper|tts|diffusion|clip|moderation", re.I)
_NAME = re.compile(r"[\w./:@+ -]{1,200}")


def find_local() -> WriterSetting | None:
    """The first chat model of the first server that answers; None if there is none."""
    with httpx.Client(**client_options(_LOOKING, _HOST)) as client:
        for model in _models(client, f"{_HOST}:{_OLLAMA}/api/tags", "models", "name"):
            return WriterSetting("ollama", model, f"{_HOST}:{_OLLAMA}")
        for port in _OPENAI:
            for model in _models(client, f"{_HOST}:{port}/v1/models", "data", "id"):
                return WriterSetting("openai", model, f"{_HOST}:{port}/v1")
    return None


class LocalWriter:
    """A Writer that is looked for when it is first asked, and again when it is gone. Safe to share between threads."""

    def __init__(self, load: Callable[[WriterSetting], Writer]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._found: Writer | None = None

    @property
    def name(self) -> str:
        """That of the Writer that was found; `auto` until one was."""
        found = self._found
        return found.name if found is not None else "auto"

    def write(self, task: Task) -> Generator[str, None, None]:
        """See `Writer.write`."""
        try:
            yield from self._writer().write(task)
        except WriterError:
            self.close()  # another server may answer next time
            raise

    def close(self) -> None:
        """See `Writer.close`."""
        with self._lock:
            if self._found is not None:
                self._found.close()
            self._found = None

    def _writer(self) -> Writer:
        with self._lock:
            if self._found is None:
                setting = find_local()
                if setting is None:
                    raise WriterError(
                        f"was not found: no server on this machine offers a chat model (ports {ASKED}); start one, or "
                        "name it in DATELINE_WRITER"
                    )
                try:
                    self._found = self._load(setting)
                except SettingsError as error:  # the extra is not installed
                    raise WriterError(f"was found at {setting.url} and cannot be asked: {error}") from error
            return self._found


def _models(client: httpx.Client, url: str, listed: str, named: str) -> Iterator[str]:
    """The names of the chat models that a server lists; none if there is no such server."""
    try:
        response = client.get(url)
        held: Any = response.json() if response.status_code == httpx.codes.OK else None
    except (httpx.HTTPError, ValueError, RecursionError):
        return
    models = held.get(listed) if isinstance(held, dict) else None
    for model in models if isinstance(models, list) else ():
        name = model.get(named) if isinstance(model, dict) else None
        if isinstance(name, str) and _NAME.fullmatch(name) and not _NO_CHAT.search(name):
            yield name
