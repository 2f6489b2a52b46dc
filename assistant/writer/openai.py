"""Writers behind any server that speaks the OpenAI protocol, through LlamaIndex's OpenAI-like model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import openai
from llama_index.core.llms import LLM
from llama_index.llms.openai_like import OpenAILike

from assistant.writer.chat import ChatWriter, client_options, reason_of_status
from assistant.writer.protocol import Limits

_CONTEXT = 8_192  # tokens; LlamaIndex wants to know, and nothing here depends on it


def openai_writer(
    name: str, model: str, url: str, key: str, limits: Limits, more: Mapping[str, Any] | None = None
) -> ChatWriter:
    """The Writer that a model of such a server is.

    Args:
        url: the server's base address, such as `http://localhost:8000/v1`.
        key: the key; a server on this machine may want none.
        more: what is sent beside the protocol's own, to a server that is known to take it.
    """

    @contextmanager
    def connect() -> Iterator[LLM]:
        with httpx.Client(**client_options(limits, url)) as client:
            own: dict[str, Any] = {"http_client": client}  # taken by the constructor, though no field of the class
            yield OpenAILike(
                model=model,
                api_base=url,
                api_key=key or "none",  # the client wants one, also for a server that does not
                is_chat_model=True,
                context_window=_CONTEXT,
                temperature=0.0,
                max_retries=0,
                timeout=limits.silence,
                additional_kwargs={"extra_body": dict(more)} if more else {},
                **own,
            )

    def explain(error: Exception) -> str | None:
        if isinstance(error, openai.APIStatusError):
            return reason_of_status(error.status_code, url, model)
        if isinstance(error, openai.APITimeoutError):
            return "took too long"
        if isinstance(error, openai.APIConnectionError):
            return f"could not be reached at {url}; check that its server runs"
        return "gave an error in place of a reply" if isinstance(error, openai.APIError) else None

    return ChatWriter(name, connect, (openai.OpenAIError,), explain)
