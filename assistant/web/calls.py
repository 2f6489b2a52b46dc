"""Functions that the page's script calls on the server: one JSON object in, `{"ok": ...}` or `{"error": line}` out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web.faults import told
from assistant.web.inline import page_safe
from assistant.web.owners import Asker, asker_of
from index.errors import UsageError

__all__ = ["Fields", "ServerFunction", "served"]

ServerFunction = Callable[..., Coroutine[Any, Any, dict[str, Any]]]

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Fields:
    """What the script sent, of which nothing can be taken for granted.

    Args:
        data: the object.

    Raises (all methods):
        UsageError: the field is missing or of another type.
    """

    data: dict[str, Any]

    @classmethod
    def of(cls, data: Any) -> Fields:
        """The fields of whatever came in."""
        return cls(data if isinstance(data, dict) else {})

    def text(self, name: str, default: Any = _MISSING) -> str:
        """A string."""
        value = self.data.get(name, default)
        if not isinstance(value, str):
            raise _wrong(name)
        return value

    def number(self, name: str) -> int:
        """A whole number."""
        value = self.maybe_number(name)
        if value is None:
            raise _wrong(name)
        return value

    def maybe_number(self, name: str) -> int | None:
        """A whole number, or None where it is missing or null."""
        value = self.data.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise _wrong(name)
        return value

    def texts(self, name: str) -> list[str]:
        """A list of strings, empty where it is missing."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise _wrong(name)
        return value

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers."""
        value = self.data.get(name)
        if not isinstance(value, list) or not all(isinstance(each, int) for each in value):
            raise _wrong(name)
        return value


def served(name: str, work: Callable[[Asker, Fields], Any], threads: Executor | None) -> ServerFunction:
    """A function for Gradio's `server_functions`.

    Args:
        name: what the script calls it.
        work: gets whose page it is, and what the script sent.
        threads: where it works; None on the event loop.
    """

    async def call(data: Any, request: gr.Request) -> dict[str, Any]:
        try:
            fields = Fields.of(data)
            asker = asker_of(fields.data.get("secret"), request)
            if threads is None:
                return {"ok": page_safe(work(asker, fields))}
            done = await asyncio.get_running_loop().run_in_executor(threads, work, asker, fields)
            return {"ok": page_safe(done)}
        except Exception as error:  # noqa: BLE001  the outermost boundary of a call
            return {"error": told(error)}

    call.__name__ = name
    return call


def _wrong(name: str) -> UsageError:
    return UsageError(f"{name}: this value cannot be used; load the page again.")
