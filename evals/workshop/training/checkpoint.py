"""Checkpoints: written beside and then swapped in, so that a kill leaves the one before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn


@dataclass(slots=True)
class Progress:
    """How far training is.

    Attributes:
        step: batches done.
        seen: examples done.
        seconds: time spent in training, over all runs.
    """

    step: int = 0
    seen: int = 0
    seconds: float = 0.0


def save_checkpoint(path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
    """Write everything that is needed to go on."""
    beside = path.with_suffix(".tmp")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": progress.step,
            "seen": progress.seen,
            "seconds": progress.seconds,
        },
        beside,
    )
    beside.replace(path)


def load_checkpoint(path: Path, model: nn.Module, optimizer: torch.optim.Optimizer | None) -> Progress:
    """Fill the model, and the optimizer if one is given, from a checkpoint."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    if optimizer is not None:
        optimizer.load_state_dict(state["optimizer"])
    return Progress(state["step"], state["seen"], state["seconds"])
