"""The files of a shipped model, checked against the manifest that lies beside them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ModelError

MANIFEST = "model.json"
_NEEDED = ("model.onnx", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model as it was read from disk, each file equal to what its manifest says.

    Attributes:
        graph: the bytes of `model.onnx`.
        tokenizer: the text of `tokenizer.json`.
    """

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
