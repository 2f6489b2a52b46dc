"""The shipped embedding model as LlamaIndex takes it."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from numpy.typing import NDArray

from index.embedding.protocol import Embedding

__all__ = ["OnnxEmbedding"]


class OnnxEmbedding(BaseEmbedding):
    """A LlamaIndex embedding over one of Dateline's embedding models; by default the shipped one.

    The asynchronous methods run the model in a thread, so that they do not hold the event loop.

    Raises:
        ModelError: no `encoder` is given and the shipped model cannot be loaded.
    """

    _encoder: Embedding = PrivateAttr()

    def __init__(self, encoder: Embedding | None = None, **fields: Any) -> None:
        if encoder is None:
            from index.embedding.runtime import OnnxEncoder

            encoder = OnnxEncoder()
        fields.setdefault("model_name", encoder.name)
        super().__init__(**fields)
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex reports this embedding."""
        return "OnnxEmbedding"

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """The vectors of some texts: shape `[len(texts), dimensions]`, each row of length 1."""
        return self._encoder.encode(texts)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)
