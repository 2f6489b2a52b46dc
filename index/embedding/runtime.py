"""The shipped embedding model on onnxruntime and tokenizers: no torch, no LlamaIndex. Its files are checked first.

Every text is a run of the model of its own, on one thread, and several texts run side by side. So nothing is ever
padded, a text's vector cannot depend on the texts beside it, on their order, or on the number of threads: it is the
same bit for bit on one machine. Measured, this is also faster than batches of eight on two threads, because no time
goes into padding or into threads that wait for each other (the model card has the numbers).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding.protocol import EmbeddingProgress, as_utf8
from index.errors import ModelError

MANIFEST = "model.json"
_NEEDED = ("model.onnx", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model as it was read from disk, each file equal to what its manifest says."""

    name: str
    fingerprint: str
    dimensions: int
    max_tokens: int
    graph: bytes
    tokenizer: str


def fingerprint_of(hashes: dict[str, str], max_tokens: int) -> str:
    """A short name for what the vectors mean: the graph, the tokenizer and the window decide it, nothing else does."""
    parts = [*(hashes[name] for name in _NEEDED), str(max_tokens)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def read_model(folder: Path) -> ModelFiles:
    """Read a model and check every file that is used against the SHA-256 in `model.json`.

    Raises:
        ModelError: a file is missing, cannot be read, or is not the one that the manifest names.
    """
    try:
        manifest: dict[str, Any] = json.loads(_read(folder / MANIFEST))
        hashes = {name: str(manifest["files"][name]["sha256"]) for name in _NEEDED}
        name, expected = str(manifest["name"]), str(manifest["fingerprint"])
        dimensions, max_tokens = int(manifest["dimensions"]), int(manifest["max_tokens"])
    except (ValueError, KeyError, TypeError):
        raise ModelError(_advice(folder / MANIFEST, "is damaged")) from None
    if fingerprint_of(hashes, max_tokens) != expected:
        raise ModelError(_advice(folder / MANIFEST, "is damaged: its fingerprint is not that of its files"))
    contents = {name: _read_checked(folder / name, sha256) for name, sha256 in hashes.items()}
    return ModelFiles(
        name, expected, dimensions, max_tokens, contents["model.onnx"], contents["tokenizer.json"].decode()
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise ModelError(_advice(path, reason)) from None


def _read_checked(path: Path, sha256: str) -> bytes:
    content = _read(path)
    if hashlib.sha256(content).hexdigest() != sha256:
        hint = "a Git LFS pointer" if content.startswith(b"version https://git-lfs") else "damaged, or another version"
        raise ModelError(_advice(path, f"is not the file that {MANIFEST} names ({hint}, {len(content):,} bytes)"))
    return content


def _advice(path: Path, reason: str) -> str:
    return f"{path} {reason}; restore it from the repository (`git checkout -- {path.name}`) or install Dateline again."


SHIPPED_MODEL = Path(__file__).parents[1] / "models" / "all-MiniLM-L6-v2"

# Far more than the model reads of any text; it bounds the time that a pathological one takes in the tokenizer.
_LONGEST_TEXT = 100_000
# From so many texts on, threads are worth starting.
_SIDE_BY_SIDE = 4


class OnnxEncoder:
    """all-MiniLM-L6-v2 in int8. Safe to use from several threads at once.

    Args:
        threads: how many texts are embedded at the same time; 0 takes one for each core this process may use.

    Raises:
        ModelError: a file is missing, damaged or another one than `model.json` names.
    """

    def __init__(self, folder: Path = SHIPPED_MODEL, *, threads: int = 0) -> None:
        files = read_model(folder)
        self.name = files.name
        self.fingerprint = files.fingerprint
        self.dimensions = files.dimensions
        self.max_tokens = files.max_tokens
        self.threads = threads or cores()
        self._tokenizer = Tokenizer.from_str(files.tokenizer)
        # The tokenizer files that are published for this model cut at 128 tokens: here it is done below, by its window.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first, self._last = (self._tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # the texts run side by side instead; with one thread nothing spins either
        options.log_severity_level = 3
        self._session = ort.InferenceSession(files.graph, options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str], progress: EmbeddingProgress | None = None) -> NDArray[np.float32]:
        """The vectors of some texts.

        Args:
            texts: any strings; an empty one has a vector too. What goes beyond `max_tokens` has no influence.
            progress: called after each text with how many are done and how many there are, in the calling thread.

        Returns:
            Shape `[len(texts), dimensions]`, float32, in the order of `texts`, each row of Euclidean length 1.
        """
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        # Longest first: the threads then end at about the same time, and memory is allocated once.
        order = sorted(range(len(texts)), key=lambda position: -len(texts[position]))
        in_order = (texts[position] for position in order)
        if self.threads == 1 or len(texts) < _SIDE_BY_SIDE:
            self._collect(order, map(self._embed, in_order), vectors, progress)
        else:
            pool = ThreadPoolExecutor(min(self.threads, len(texts)), thread_name_prefix="embedding")
            try:
                self._collect(order, pool.map(self._embed, in_order), vectors, progress)
            finally:
                pool.shutdown(cancel_futures=True)  # after Ctrl-C, what has not begun must not be waited for
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, untruncated, and without the two special tokens that the model adds."""
        encodings = self._tokenizer.encode_batch_fast([as_utf8(text) for text in texts], add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    @staticmethod
    def _collect(
        order: Sequence[int],
        results: Iterator[NDArray[np.float32]],
        vectors: NDArray[np.float32],
        progress: EmbeddingProgress | None,
    ) -> None:
        for done, (position, vector) in enumerate(zip(order, results, strict=True), start=1):
            vectors[position] = vector
            if progress is not None:
                progress(done, len(order))

    def _embed(self, text: str) -> NDArray[np.float32]:
        tokens = self._tokenizer.encode(as_utf8(text[:_LONGEST_TEXT]), add_special_tokens=False).ids
        ids = np.array([[self._first, *tokens[: self.max_tokens - 2], self._last]], dtype=np.int64)
        (vector,) = self._session.run(["embedding"], {"input_ids": ids})
        return np.asarray(vector[0], dtype=np.float32)


def cores() -> int:
    """The cores that this process may use, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
