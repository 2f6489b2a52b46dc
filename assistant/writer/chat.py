"""A Writer on any chat model of LlamaIndex: asks it, passes its words on, and turns its failures into one line.

The models and their clients are imported by the modules that make them, so that only an installation with the extra
needs them. httpx limits the silence between two pieces. A server that sends a byte now and then, or comments that no
client passes on, would be listened to for ever; so the time and the bytes of a whole reply are limited here, below the
client libraries.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, cast

import httpx

from assistant.writer.prompts import system_prompt, task_prompt
from assistant.writer.protocol import Limits, Task, WriterError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


_BYTES_A_CHARACTER = 400  # of a stream, in which every few letters come with a name, an id and a time
_DEADLINE = "dateline.deadline"
_HERE = ("localhost", "127.0.0.1", "::1")


def client_options(limits: Limits, url: str) -> dict[str, Any]:
    """The options of an httpx client that keeps to the limits, for a server at `url`.

    A server on this machine is asked without a proxy, and cannot send its questions on to another one. Reading a reply
    raises `httpx.ReadTimeout` where it takes too long, in all or between two pieces, and `httpx.ReadError` where it is
    larger than any reply in words can be.
    """
    hooks: dict[str, list[Callable[..., None]]] = {
        "request": [lambda request: request.extensions.update({_DEADLINE: time.monotonic() + limits.total})],
        "response": [lambda response: _limit(response, limits)],
    }
    elsewhere = httpx.URL(url).host not in _HERE
    timeout = httpx.Timeout(limits.silence, connect=limits.connect)
    return {"event_hooks": hooks, "timeout": timeout, "trust_env": elsewhere, "follow_redirects": elsewhere}


def _limit(response: httpx.Response, limits: Limits) -> None:
    deadline = cast("float", response.request.extensions[_DEADLINE])
    stream = cast("httpx.SyncByteStream", response.stream)
    response.stream = _Limited(stream, response.request, deadline, limits.characters * _BYTES_A_CHARACTER)


class _Limited(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, request: httpx.Request, deadline: float, most: int) -> None:
        self._stream, self._request = stream, request
        self._deadline, self._left = deadline, most

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise httpx.ReadError("the reply is too long", request=self._request)
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the reply takes too long", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()


# What the client libraries raise, beside errors of their own, where a reply is not what their protocol says.
_NOT_THE_PROTOCOL = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)


class ChatWriter:
    """A Writer that asks a chat model.

    Args:
        name: see `Writer.name`.
        connect: the model, as LlamaIndex has it, with a connection of its own that the context's end closes. One for
            each reply: LlamaIndex's streams keep theirs open until they are collected as garbage, and a model would
            go on writing for nobody.
        errors: what its client raises.
        explain: why that was, to go on after "the Writer ..."; None for what it does not know.
    """

    def __init__(
        self,
        name: str,
        connect: Callable[[], AbstractContextManager[LLM]],
        errors: tuple[type[Exception], ...],
        explain: Callable[[Exception], str | None],
    ) -> None:
        self.name = name
        self._connect = connect
        self._errors: tuple[type[Exception], ...] = (*errors, httpx.HTTPError, OSError, *_NOT_THE_PROTOCOL)
        self._explain = explain

    def write(self, task: Task) -> Generator[str, None, None]:
        """See `Writer.write`."""
        from llama_index.core.llms import ChatMessage

        messages = [
            ChatMessage(role="system", content=system_prompt()),
            ChatMessage(role="user", content=task_prompt(task)),
        ]
        try:
            with self._connect() as llm:
                for response in llm.stream_chat(messages):
                    if response.delta:
                        yield response.delta
        except self._errors as error:
            raise WriterError(self._explain(error) or _reason(error)) from error

    def close(self) -> None:
        """See `Writer.close`: nothing is open between two replies."""


def reason_of_status(status: int, url: str, model: str) -> str:
    """What an HTTP status of a Writer's server means, to go on after "the Writer ..."."""
    known = {
        400: f"was refused by {url} (HTTP 400): it does not take the request, or the model {model}",
        401: f"was refused by {url} (HTTP 401); check DATELINE_WRITER_KEY",
        403: f"was refused by {url} (HTTP 403); check DATELINE_WRITER_KEY",
        404: f"was not found: {url} has no model {model}, or is not the base address (HTTP 404)",
        429: f"has too many requests or no credit left at {url} (HTTP 429); try again later",
    }
    return known.get(status, f"got an error from {url} (HTTP {status})")


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | ConnectionRefusedError):
        return "could not be reached; check that its server runs"
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return "took too long"
    if isinstance(error, httpx.HTTPError | OSError):
        return "broke off its reply"
    if isinstance(error, json.JSONDecodeError):
        return "gave a reply that cannot be read"
    return f"gave a reply that is not of its protocol ({type(error).__name__})"
