"""Holds one model against another: `python -m evals.workshop.training.agreement --model DIR --oracle DIR --data DIR`.

The int8 model must choose the spans of the fp32 one, and be no worse.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from assistant.reader.network import OnnxNetwork
from evals.workshop.training.evaluate import read_set
from evals.workshop.training.measures import bootstrap


def main(given: list[str] | None = None) -> int:
    """Compare and print JSON; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evals.workshop.training.agreement")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--oracle", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the set")
    parser.add_argument("--set", default="squad2_dev", dest="name")
    parser.add_argument("--limit", type=int, default=600)
    options = parser.parse_args(given)
    ours, theirs = (
        read_set(OnnxNetwork(folder), options.data / options.name, options.limit)
        for folder in (options.model, options.oracle)
    )
    documents = [one.document for one in ours]
    far = [abs(one.score - two.score) for one, two in zip(ours, theirs, strict=True)]
    answerable = [(one, two) for one, two in zip(ours, theirs, strict=True) if one.accepted]
    of_answerable = [one.document for one, _ in answerable]
    report = {
        "set": options.name,
        "same_span": bootstrap([float(a.said == b.said) for a, b in zip(ours, theirs, strict=True)], documents),
        "score_difference_mean": round(float(np.mean(far)), 4),
        "score_difference_largest": round(max(far), 4),
        "f1": bootstrap([one.f1(float("-inf")) for one, _ in answerable], of_answerable),
        "f1_oracle": bootstrap([two.f1(float("-inf")) for _, two in answerable], of_answerable),
        "f1_at_0": bootstrap([one.f1(0.0) for one in ours], documents),
        "f1_at_0_oracle": bootstrap([two.f1(0.0) for two in theirs], documents),
    }
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
