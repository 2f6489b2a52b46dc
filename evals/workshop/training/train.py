"""Trains the span reader: `python -m evals.workshop.training.train --data DATA --weights DIR --out DIR`.

The learning rate rises over the first part of the run and falls linearly to nothing at its end. The run ends with its
examples, or with its time (`--minutes`), whichever comes first: so a schedule is complete on a slow machine too.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from dataclasses import asdict
from pathlib import Path

import torch
from torch import nn

from assistant.reader.encoding import WindowEncoder
from assistant.reader.network import OnnxNetwork
from evals.workshop.training.checkpoint import Progress, load_checkpoint, save_checkpoint
from evals.workshop.training.drawing import Shares, draw
from evals.workshop.training.model import SpanModel, loss_of, start_from
from evals.workshop.training.recover import recover
from evals.workshop.training.windows import Batch, batches, features

_EVERY_SECONDS_LOG = 30.0


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.workshop.training.train", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of the sets")
    parser.add_argument("--titles", type=Path, required=True, help="names the articles of squad2_dev to train on")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the encoder to start from")
    parser.add_argument("--start", type=Path, help="go on from a run's final.pt, or from a model folder that ships")
    parser.add_argument("--judge", type=Path, help="a model folder; negatives are those that mislead it most")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints and settings go")
    parser.add_argument("--public", type=int, default=12_000, help="windows of the public sets")
    parser.add_argument("--questions", type=float, default=1.0, help="times that newsroom's questions are drawn")
    parser.add_argument("--written", type=float, default=1.0, help="times that the questions written here are drawn")
    parser.add_argument("--turns", type=float, default=1.0, help="times that its turns are drawn")
    parser.add_argument("--claims", type=float, default=2.0, help="times that its claims are drawn")
    parser.add_argument("--squad2", type=float, default=1.0, help="times that SQuAD 2.0's questions are drawn")
    parser.add_argument("--minutes", type=float, default=0.0, help="end the schedule after this time (0: no limit)")
    parser.add_argument("--tokens", type=int, default=2400, help="tokens in a batch")
    parser.add_argument("--longest", type=int, default=256, help="tokens in a window at most")
    parser.add_argument("--rate", type=float, default=7e-5, help="highest learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=3e-4, help="highest learning rate of the heads")
    parser.add_argument("--warm-up", type=float, default=0.04, help="share of the run in which the rate rises")
    parser.add_argument("--last", type=float, default=0.0, help="share of the highest rate at the end of the run")
    parser.add_argument("--frozen", type=int, default=2, help="first layers that stay as they are")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--bf16", action="store_true", help="only where the processor has it; else it is far slower")
    parser.add_argument("--compile", action="store_true", help="torch.compile: a tenth faster; needs a C++ compiler")
    parser.add_argument("--save-minutes", type=float, default=4.0)
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    return parser.parse_args(given)


def rate_at(done: float, warm_up: float, last: float = 0.0) -> float:
    """The share of the highest learning rate at a share of the run: it rises, then falls to `last`."""
    if done < warm_up:
        return max(done / warm_up, 0.02)
    return last + (1.0 - last) * max(0.0, (1.0 - done) / (1.0 - warm_up))


def _optimizer(model: SpanModel, options: argparse.Namespace) -> torch.optim.AdamW:
    model.encoder.embeddings.requires_grad_(requires_grad=False)
    for layer in model.encoder.encoder.layer[: options.frozen]:
        layer.requires_grad_(requires_grad=False)
    encoder = [(name, weight) for name, weight in model.encoder.named_parameters() if weight.requires_grad]
    heads = [*model.head.parameters(), *model.support.parameters()]
    groups = [
        {"params": [w for _, w in encoder if w.dim() > 1], "lr": options.rate, "weight_decay": 0.01},
        {"params": [w for _, w in encoder if w.dim() == 1], "lr": options.rate, "weight_decay": 0.0},
        {"params": heads, "lr": options.head_rate, "weight_decay": 0.0},
    ]
    for group in groups:
        group["highest"] = group["lr"]
    return torch.optim.AdamW(groups, fused=True)


def _step(model: SpanModel, optimizer: torch.optim.AdamW, batch: Batch, options: argparse.Namespace) -> float:
    device = options.device
    with torch.autocast(device, dtype=torch.bfloat16, enabled=options.bf16):
        logits, support = model(batch.ids.to(device), batch.mask.to(device), batch.types.to(device))
    spans = loss_of(logits, batch.choosable.to(device), batch.allowed.to(device))
    is_claim = batch.is_claim.to(device)
    claims = nn.functional.binary_cross_entropy_with_logits(
        support.float(), batch.supported.to(device), reduction="none"
    )
    loss = torch.where(is_claim > 0, claims, spans).mean()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.detach())


def _say(**facts: object) -> None:
    sys.stderr.write(json.dumps(facts) + "\n")
    sys.stderr.flush()


def main(given: list[str] | None = None) -> int:
    """Train; returns the exit status."""
    options = _arguments(given)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    settings = {key: str(value) if isinstance(value, Path) else value for key, value in vars(options).items()}
    (options.out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    encoder = WindowEncoder(options.weights / "tokenizer.json")
    judge = OnnxNetwork(options.judge, threads=1) if options.judge else None
    _say(drawing=True, judged_by=judge.name if judge else None)  # some minutes; ten where it is judged
    shares = Shares(options.public, options.questions, options.written, options.turns, options.claims, options.squad2)
    drawn = draw(options.data, options.titles, encoder, shares, options.seed, judge)
    made = features(drawn, encoder, options.longest)
    model = start_from(options.weights).to(options.device)
    if options.start and options.start.is_dir():
        recover(options.start, model)
    elif options.start:
        model.load_state_dict(torch.load(options.start, map_location=options.device, weights_only=True))
    model.train()
    if options.compile:
        model.compile(dynamic=True)
    optimizer = _optimizer(model, options)
    saved = options.out / "checkpoint.pt"
    progress = load_checkpoint(saved, model, optimizer) if options.resume and saved.exists() else Progress()
    _say(
        examples=len(made),
        answerable=sum(feature.starts[0] > 0 for feature in made),
        claims=sum(feature.supported is not None for feature in made),
        tokens_mean=round(sum(len(feature.ids) for feature in made) / max(1, len(made)), 1),
        resumed_at=asdict(progress),
    )
    _run(model, optimizer, batches(made, options.tokens, options.seed), len(made), progress, saved, options)
    save_checkpoint(saved, model, optimizer, progress)
    torch.save(model.state_dict(), options.out / "final.pt")
    _say(finished=asdict(progress))
    return 0


def _run(
    model: SpanModel,
    optimizer: torch.optim.AdamW,
    stream: object,
    total: int,
    progress: Progress,
    saved: Path,
    options: argparse.Namespace,
) -> None:
    """Go through the batches until they or the time end."""
    begun = time.monotonic() - progress.seconds
    logged = stored = time.monotonic()
    losses: list[float] = []
    for number, batch in enumerate(stream):  # type: ignore[arg-type, var-annotated]
        if number < progress.step:
            continue
        progress.seconds = time.monotonic() - begun
        done = max(progress.seen / total, progress.seconds / (options.minutes * 60) if options.minutes else 0.0)
        if done >= 1.0:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["highest"] * rate_at(done, options.warm_up, options.last)
        losses.append(_step(model, optimizer, batch, options))
        if not math.isfinite(losses[-1]):
            sys.exit("the loss is no number any more; go on from the last checkpoint (--resume) with a lower --rate.")
        progress.step, progress.seen = number + 1, progress.seen + len(batch.ids)
        now = time.monotonic()
        if now - logged >= _EVERY_SECONDS_LOG:
            logged = now
            _say(
                step=progress.step,
                seen=progress.seen,
                loss=round(sum(losses[-100:]) / len(losses[-100:]), 4),
                per_second=round(progress.seen / max(1e-9, now - begun), 2),
                done=round(done, 3),
                minutes_left=round((1 - done) / max(done, 1e-9) * (now - begun) / 60, 1),
            )
        if now - stored >= options.save_minutes * 60:
            stored = now
            progress.seconds = now - begun
            save_checkpoint(saved, model, optimizer, progress)


if __name__ == "__main__":
    raise SystemExit(main())
