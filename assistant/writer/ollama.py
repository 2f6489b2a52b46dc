"""Writers served by Ollama, through LlamaIndex's integration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
from llama_index.core.llms import LLM
from llama_index.llms.ollama import Ollama
from ollama import Client, ResponseError

from assistant.writer.chat import ChatWriter, client_options, reason_of_status
from assistant.writer.prompts import STOP
from assistant.writer.protocol import Limits

_CONTEXT = 8_192
"""Tokens; Ollama's own default is too few for the sentences, and asking for the model's would be one more request."""


def ollama_writer(name: str, model: str, url: str, key: str, limits: Limits) -> ChatWriter:
    """The Writer that a model of an Ollama server is; arguments as `openai_writer`.

    The key is sent only if there is one: a server behind a gateway may want it.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else None

    @contextmanager
    def connect() -> Iterator[LLM]:
        with closing(Client(host=url, headers=headers, **client_options(limits, url))) as client:
            yield Ollama(
                model=model,
                base_url=url,
                client=client,
                temperature=0.0,
                context_window=_CONTEXT,
                thinking=False,  # nobody sees it, and everybody waits for it
                additional_kwargs={"stop": list(STOP)},
            )

    def explain(error: Exception) -> str | None:
        if isinstance(error, ResponseError):
            return reason_of_status(error.status_code, url, model) if error.status_code > 0 else "gave an error"
        if isinstance(error, httpx.TimeoutException):
            return "took too long"
        if isinstance(error, httpx.ConnectError | ConnectionError):
            return f"could not be reached at {url}; check that Ollama runs"
        return None

    return ChatWriter(name, connect, (ResponseError,), explain)
