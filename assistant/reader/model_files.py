"""The folder of a network: which files belong to it, and the check that they were made together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ModelError

MANIFEST = "model.json"
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
CALIBRATION = "calibration.json"

_LEAST_TOKENS = 96
"""Tokens that a window needs: the longest question and title leave room for a few of the text."""


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A checked model folder.

    Attributes:
        folder: where the files lie.
        name: what the model is called; it is recorded with answers.
        longest: tokens in a window at most.
        digest: hash of the network, which tells two models of one name apart.
    """

    folder: Path
    name: str
    longest: int
    digest: str

    @classmethod
    def open(cls, folder: Path) -> ModelFiles:
        """Check every file of the folder against the manifest.

        Raises:
            ModelError: a file is missing, damaged, or belongs to another model.
        """
        manifest = _read_manifest(folder / MANIFEST)
        files = manifest["files"]
        for name in (NETWORK, TOKENIZER):
            if name not in files:
                raise ModelError(f"{folder / MANIFEST}: does not list {name}; install the reader's model again")
        for name, digest in files.items():
            path = folder / name
            try:
                found = sha256_of(path)
            except OSError as error:
                raise ModelError(
                    f"{path}: cannot be read ({error.strerror}); install the reader's model again"
                ) from error
            if found != digest:
                raise ModelError(f"{path}: is damaged or not this model's; install the reader's model again")
        return cls(folder, str(manifest["name"]), int(manifest["longest"]), str(files[NETWORK]))


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); install the reader's model") from error
    except ValueError as error:
        raise ModelError(f"{path}: is damaged ({error}); install the reader's model again") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ModelError(f"{path}: is not the manifest of a network; install the reader's model again")
    if not isinstance(manifest.get("name"), str) or not isinstance(manifest.get("longest"), int):
        raise ModelError(f"{path}: is not the manifest of a network; install the reader's model again")
    if manifest["longest"] < _LEAST_TOKENS:
        raise ModelError(f"{path}: has windows of {manifest['longest']} tokens; make one of {_LEAST_TOKENS} or more")
    return manifest


def write_manifest(folder: Path, *, name: str, longest: int, about: dict[str, Any]) -> None:
    """Write the manifest with the hashes of the files as they are now.

    The calibration is not among them: it is fitted again without the network, and can be read by people.
    """
    listed = {name: sha256_of(folder / name) for name in (NETWORK, TOKENIZER)}
    manifest = {"name": name, "longest": longest, **about, "files": listed}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=False) + "\n", encoding="utf-8")
