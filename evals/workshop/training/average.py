"""The mean of two networks, to be exported: `python -m evals.workshop.training.average --run RUN --other MODEL ...`.

A run that learns one thing better (claims) may read something else worse than the network it started from; the mean of
their weights keeps most of both (Wortsman et al., "Model soups", 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from evals.workshop.training.model import start_from
from evals.workshop.training.recover import recover


def main(given: list[str] | None = None) -> int:
    """Write a checkpoint that `export` reads; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evals.workshop.training.average")
    parser.add_argument("--run", type=Path, required=True, help="checkpoint.pt of a training run")
    parser.add_argument("--other", type=Path, required=True, help="a model folder that ships")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the encoder that training started from")
    parser.add_argument("--share", type=float, default=0.5, help="of the run's weights")
    parser.add_argument("--out", type=Path, required=True, help="folder of the new checkpoint.pt")
    options = parser.parse_args(given)
    model = start_from(options.weights)
    recover(options.other, model)
    other = model.state_dict()
    state = torch.load(options.run, map_location="cpu", weights_only=True)
    state["model"] = {
        name: torch.lerp(other[name], value, options.share) if value.is_floating_point() else value
        for name, value in state["model"].items()
    }
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(state, options.out / "checkpoint.pt")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
