"""A model that is missing, damaged or another one is refused in one line that says what to do."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.embedding import DEFAULT_MODEL, load_embedding
from index.embedding.protocol import as_utf8
from index.embedding.runtime import MANIFEST, SHIPPED_MODEL, OnnxEncoder, fingerprint_of, read_model
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


ENCODER = OnnxEncoder(threads=2)


def test_vectors_have_the_promised_form(passages: list[str]) -> None:
    vectors = ENCODER.encode(passages[:6])
    assert vectors.shape == (6, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-5)
    assert ENCODER.encode([]).shape == (0, 384)


def test_a_vector_depends_on_nothing_but_its_text(passages: list[str]) -> None:
    vectors = ENCODER.encode(passages)
    alone = np.concatenate([ENCODER.encode([passage]) for passage in passages[:16]])
    assert np.array_equal(vectors[:16], alone)
    order = random.Random(5).sample(range(len(passages)), len(passages))
    assert np.array_equal(vectors[order], OnnxEncoder(threads=1).encode([passages[i] for i in order]))
    assert np.array_equal(vectors, OnnxEncoder(threads=5).encode(passages))


def test_a_vector_is_the_same_in_another_process(passages: list[str]) -> None:
    script = (
        "import sys; from index.embedding import load_embedding;"
        "sys.stdout.buffer.write(load_embedding().encode(sys.stdin.read().splitlines()).tobytes())"
    )
    sent = "\n".join(passages[:5]).encode()
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", script], input=sent, capture_output=True, check=True)
    assert done.stdout == ENCODER.encode(passages[:5]).tobytes()


def test_several_threads_may_use_one_encoder(passages: list[str]) -> None:
    expected = ENCODER.encode(passages[:8])
    with ThreadPoolExecutor(6) as pool:
        for vectors in pool.map(ENCODER.encode, [passages[:8]] * 6):
            assert np.array_equal(vectors, expected)


def test_progress_counts_every_text_in_the_calling_thread(passages: list[str]) -> None:
    seen: list[tuple[int, int]] = []
    ENCODER.encode(passages[:7], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 7) for done in range(1, 8)]


def test_an_interruption_ends_the_work(passages: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = OnnxEncoder(threads=2)
    embedded: list[str] = []
    embed = encoder._embed

    def counted(text: str) -> NDArray[np.float32]:
        embedded.append(text)
        return embed(text)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(encoder, "_embed", counted)
    with pytest.raises(KeyboardInterrupt):
        encoder.encode(passages * 20, progress=interrupt)
    assert len(embedded) < len(passages)


def test_what_lies_beyond_the_window_has_no_influence(passages: list[str]) -> None:
    words = " ".join(passages).split()
    start = next(n for n in range(100, len(words)) if ENCODER.count_tokens([" ".join(words[:n])])[0] >= 254)
    beginning = " ".join(words[:start])
    vectors = ENCODER.encode([beginning, beginning + " Something quite different.", " ".join(words[: start // 2])])
    assert np.array_equal(vectors[0], vectors[1])
    assert not np.array_equal(vectors[0], vectors[2])


STRANGE = [
    "",
    " \n\t",
    "\x00",
    "\ud800",
    "\udfff\ud800",
    "a" * 200_000,
    "word " * 60_000,
    "日本語のニュース",
    "الأخبار",
    "🦊" * 50,
]
STRANGE += ["\u202e\ufeff\u200b", "[CLS] [SEP] [PAD] [MASK]", "e" + "\u0301" * 500, "\uffff\U0010ffff", "\u0378"]


def test_no_text_breaks_it() -> None:
    vectors = ENCODER.encode(STRANGE)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(STRANGE)), abs=1e-5)
    assert all(count >= 0 for count in ENCODER.count_tokens(STRANGE))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=80), max_size=5))
def test_any_texts_have_vectors_of_their_own(texts: list[str]) -> None:
    vectors = ENCODER.encode(texts)
    assert vectors.shape == (len(texts), 384)
    assert np.isfinite(vectors).all()
    for text, vector in zip(texts[:1], vectors[:1], strict=True):
        assert np.array_equal(ENCODER.encode([text])[0], vector)
    assert len(ENCODER.count_tokens(texts)) == len(texts)


@given(st.text(st.characters(exclude_categories=[])))
def test_lone_surrogates_are_replaced_and_nothing_else(text: str) -> None:
    clean = as_utf8(text)
    clean.encode()
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert clean == text


def test_the_default_model_is_the_shipped_one_and_loads_nothing_else() -> None:
    assert load_embedding(DEFAULT_MODEL).fingerprint == ENCODER.fingerprint
    script = (
        "import sys, os; import index.embedding as e;"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1';"
        "assert not {'onnxruntime', 'torch', 'llama_index'} & set(sys.modules), 'at import';"
        "e.load_embedding().encode(['x']);"
        "assert not {'torch', 'llama_index', 'transformers'} & set(sys.modules), 'at use'"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
