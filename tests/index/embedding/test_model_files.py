"""A model that is missing, damaged or another one is refused in one line that says what to do."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from index.embedding.model_files import MANIFEST, fingerprint_of, read_model
from index.embedding.runtime import SHIPPED_MODEL, OnnxEncoder
from index.errors import ModelError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED_MODEL, tmp_path / "model"))


def refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        OnnxEncoder(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert "install Dateline again" in message
    return message


def test_every_shipped_file_is_the_one_in_the_manifest() -> None:
    manifest = json.loads((SHIPPED_MODEL / MANIFEST).read_bytes())
    assert {path.name for path in SHIPPED_MODEL.iterdir()} == {*manifest["files"], MANIFEST}
    for name, entry in manifest["files"].items():
        content = (SHIPPED_MODEL / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["bytes"]), name
    assert manifest["source"]["sha256"].startswith("53aa5117")


def test_a_good_copy_is_accepted(copy: Path) -> None:
    assert read_model(copy).fingerprint == read_model(SHIPPED_MODEL).fingerprint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", MANIFEST])
def test_a_missing_file(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert f"{name} is missing" in refusal(copy)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("change", ["truncated", "flipped", "empty"])
def test_a_damaged_file(copy: Path, name: str, change: str) -> None:
    content = (copy / name).read_bytes()
    flipped = content[:-2] + bytes([content[-2] ^ 1]) + content[-1:]
    (copy / name).write_bytes({"truncated": content[:-1], "flipped": flipped, "empty": b""}[change])
    assert f"{name} is not the file that model.json names" in refusal(copy)


def test_a_git_lfs_pointer_is_named(copy: Path) -> None:
    (copy / "model.onnx").write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n")
    assert "Git LFS pointer" in refusal(copy)


def test_a_folder_in_place_of_a_file(copy: Path) -> None:
    (copy / "model.onnx").unlink()
    (copy / "model.onnx").mkdir()
    assert "cannot be read" in refusal(copy)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"files": {}}', b'{"files": 1}'])
def test_a_damaged_manifest(copy: Path, content: bytes) -> None:
    (copy / MANIFEST).write_bytes(content)
    assert "model.json is damaged" in refusal(copy)


def test_a_manifest_that_was_edited(copy: Path) -> None:
    manifest = json.loads((copy / MANIFEST).read_bytes())
    (copy / MANIFEST).write_text(json.dumps(manifest | {"max_tokens": 128}))
    assert "fingerprint" in refusal(copy)


def test_the_fingerprint_follows_what_decides_the_vectors() -> None:
    hashes = {"model.onnx": "a", "tokenizer.json": "b", "README.md": "c"}
    same = fingerprint_of(hashes | {"README.md": "d"}, 256)
    assert fingerprint_of(hashes, 256) == same
    assert len({same, fingerprint_of(hashes, 128), fingerprint_of(hashes | {"tokenizer.json": "x"}, 256)}) == 3
