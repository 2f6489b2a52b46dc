"""Any sentence-transformers model as the embedding model of the store (extra `sentence-transformers`).

A model is a folder, or a name that is in the local cache of the Hugging Face hub. Nothing is downloaded unless the
environment says `HF_HUB_OFFLINE=0`. A GPU is used where torch finds one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import EmbeddingProgress, as_utf8
from index.errors import ModelError

_EXTRA = "pip install '.[sentence-transformers]'"
# So many texts between two reports of progress; sentence-transformers sorts and batches them itself.
_REPORT_EVERY = 256
# For a model that does not say how much of a text it reads: what nearly all of them read.
_USUAL_WINDOW = 512


class SentenceTransformersEncoder:
    """An embedding model on sentence-transformers and torch.

    Texts are embedded in batches, padded, so the last bits of a vector can depend on its batch. Questions and passages
    are embedded alike: a model that wants a prompt before one of them is used without it, unless it names a default.

    Args:
        model: a folder, or a name such as `BAAI/bge-small-en-v1.5`.

    Raises:
        ModelError: the extra is not installed, or there is no such model here.
    """

    def __init__(self, model: str) -> None:
        self._model = _load(model)
        self.name = Path(model).name if Path(model).is_dir() else model
        dimensions = self._model.get_embedding_dimension()
        if dimensions is None:
            raise ModelError(f"{model} does not make one vector of a text; name a sentence-transformers model.")
        self.dimensions: int = dimensions
        self.max_tokens: int = self._model.max_seq_length or _USUAL_WINDOW
        self.fingerprint = _fingerprint(self._model, self.max_tokens)

    def encode(self, texts: Sequence[str], progress: EmbeddingProgress | None = None) -> NDArray[np.float32]:
        """The vectors of some texts: shape `[len(texts), dimensions]`, in their order, each of Euclidean length 1."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _REPORT_EVERY):
            part = [as_utf8(text) for text in texts[start : start + _REPORT_EVERY]]
            vectors[start : start + len(part)] = self._model.encode(
                part, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
            if progress is not None:
                progress(start + len(part), len(texts))
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, untruncated, and without the special tokens that the model adds."""
        if not texts:
            return []
        tokenizer: Any = self._model.tokenizer
        clean = [as_utf8(text) for text in texts]
        if hasattr(tokenizer, "encode_batch"):  # a static model has a bare tokenizer, without the wrapper
            return [len(encoding.ids) for encoding in tokenizer.encode_batch(clean, add_special_tokens=False)]
        # `verbose=False`: else it warns of texts longer than the window, whose length is just what is asked for.
        encoded = tokenizer(clean, add_special_tokens=False, truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]


def _load(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(
            f"the embedding model {model} needs an extra that is not installed ({error.name}): {_EXTRA}."
        ) from None
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        loaded = SentenceTransformer(model)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"there is no sentence-transformers model {model} here ({type(error).__name__}); give the folder of one, "
            "or `default` for the model that ships with Dateline."
        ) from None
    return loaded.eval()


def _fingerprint(model: Any, max_tokens: int) -> str:
    """From the weights, the order of the modules and the window: a name or a folder can be given another model."""
    import torch

    digest = hashlib.sha256(f"{max_tokens}\n{model}".encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()[:16]
