"""Exports a trained model: `python -m evals.workshop.training.export --checkpoint FILE --weights DIR --out DIR ...`.

Writes the network in int8 (or, with `--fp32`, as it was trained: the oracle of the tests), the tokenizer, and the
manifest with the hash of every file. `evals/workshop/fit_reader.py` adds the calibration.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from assistant.reader.encoding import WindowEncoder
from assistant.reader.network import NETWORK, TOKENIZER, sha256_of, write_manifest
from evals.workshop.training.drawing import Shares, draw
from evals.workshop.training.graph import Ids, build_graph
from evals.workshop.training.model import start_from
from evals.workshop.training.windows import features

MAX_BYTES = 36 * 1024 * 1024
_WINDOWS = 96


def training_windows(data: Path, titles: Path, encoder: WindowEncoder, longest: int) -> Iterator[tuple[Ids, Ids]]:
    """Some windows of the training sets, on which the ranges of the int8 network are found."""
    drawn = draw(data, titles, encoder, Shares(public=_WINDOWS, questions=0.005, turns=0.005, squad2=0.01), seed=1)
    for feature in features(drawn[:_WINDOWS], encoder, longest):
        ids = np.array([feature.ids], dtype=np.int64)
        types = np.zeros_like(ids)
        types[0, feature.second :] = 1
        yield ids, types


def main(given: list[str] | None = None) -> int:
    """Export; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evals.workshop.training.export")
    parser.add_argument("--checkpoint", type=Path, help="checkpoint.pt of a training run [default: --weights as it is]")
    parser.add_argument("--titles", type=Path, required=True, help="names the articles of squad2_dev to train on")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the encoder that training started from")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the training sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="dateline-reader")
    parser.add_argument("--longest", type=int, default=256, help="tokens in a window")
    parser.add_argument("--fp32", action="store_true", help="do not quantise")
    options = parser.parse_args(given)
    model = start_from(options.weights, weights=options.checkpoint is None)
    state: dict[str, Any] = {"step": 0, "seen": 0, "seconds": 0}
    if options.checkpoint is not None:
        state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
    model.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = options.weights / TOKENIZER
    windows = (
        None
        if options.fp32
        else training_windows(options.data, options.titles, WindowEncoder(tokenizer), options.longest)
    )
    graph = build_graph(model, windows)
    if not options.fp32 and len(graph) > MAX_BYTES:
        sys.stderr.write(f"the network has {len(graph) / 1e6:.1f} MB, which is too large to ship\n")
        return 1
    (options.out / NETWORK).write_bytes(graph)
    shutil.copyfile(tokenizer, options.out / TOKENIZER)
    about = {
        "precision": "fp32" if options.fp32 else "int8",
        "started_from": sha256_of(options.weights / "model.safetensors"),
        "trained": {"steps": state["step"], "windows": state["seen"], "seconds": round(state["seconds"])},
    }
    write_manifest(options.out, name=options.name, longest=options.longest, about=about)
    sys.stderr.write(f"{options.out / NETWORK}: {len(graph) / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
