"""Fits the confidence and its threshold: `python -m assistant.reader.training.calibrate --readings FILE --model DIR`.

The readings come from a development set (see `collect`). What is reported is measured on the half that the fit has not
seen; what ships is fitted on all of them, and the file says on what.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.reader.calibration import FEATURES, features_of
from assistant.reader.span_files import CALIBRATION, MANIFEST, write_manifest
from assistant.reader.training.records import read_lines

__all__ = ["fit", "main", "refusal_curve", "reliability"]

Floats = npt.NDArray[np.float64]

_PENALTY = 0.1


def fit(features: Floats, right: Floats) -> Floats:
    """Weights and, last, the bias of a logistic regression, by Newton's method with a small penalty."""
    inputs = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(inputs.shape[1])
    penalty = np.full(inputs.shape[1], _PENALTY)
    penalty[-1] = 1e-6
    for _ in range(50):
        given = probability(features, weights)
        slope = inputs.T @ (given - right) + penalty * weights
        bend = (inputs * (given * (1 - given))[:, None]).T @ inputs + np.diag(penalty)
        move = np.linalg.solve(bend, slope)
        weights = weights - move
        if float(np.abs(move).max()) < 1e-8:
            break
    return weights


def probability(features: Floats, weights: Floats) -> Floats:
    """What a fit gives for some features."""
    result: Floats = 1 / (1 + np.exp(-np.clip(features @ weights[:-1] + weights[-1], -60, 60)))
    return result


def reliability(given: Floats, right: Floats, bins: int = 10) -> list[dict[str, float]]:
    """How often answers of about the same confidence are right, in bins of equal size."""
    return [
        {
            "confidence": round(float(given[part].mean()), 4),
            "right": round(float(right[part].mean()), 4),
            "n": len(part),
        }
        for part in np.array_split(np.argsort(given), bins)
        if len(part)
    ]


def refusal_curve(given: Floats, answerable: npt.NDArray[np.bool_]) -> list[dict[str, float]]:
    """Precision and recall of refusals, for thresholds from 0.02 to 0.98."""
    rows = []
    for threshold in np.arange(0.02, 0.99, 0.02):
        refused = given < threshold
        hit = float((refused & ~answerable).sum())
        rows.append(
            {
                "threshold": round(float(threshold), 2),
                "precision": round(hit / max(1, int(refused.sum())), 4),
                "recall": round(hit / max(1, int((~answerable).sum())), 4),
                "answered_of_answerable": round(float((~refused)[answerable].mean()), 4),
            }
        )
    return rows


def best_threshold(curve: Sequence[dict[str, float]]) -> float:
    """The threshold at which refusals have the best F1."""

    def harmonic(row: dict[str, float]) -> float:
        both = row["precision"] + row["recall"]
        return 2 * row["precision"] * row["recall"] / both if both else 0.0

    return max(curve, key=harmonic)["threshold"]


def main(given: list[str] | None = None) -> int:
    """Fit, report, and write the calibration into the model folder; returns the exit status."""
    parser = argparse.ArgumentParser(prog="assistant.reader.training.calibrate")
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", required=True, help="what the readings are of, for the record")
    options = parser.parse_args(given)
    held = sorted(read_lines(options.readings), key=lambda item: str(item["id"]))
    features = np.array([features_of(item["scores"]) for item in held])
    right = np.array([float(item["right"]) for item in held])
    answerable = np.array([bool(item["answerable"]) for item in held])
    crossed = np.zeros(len(held))
    parts = [np.arange(len(held)) % 2 == part for part in (0, 1)]
    for part in parts:
        crossed[part] = probability(features[part], fit(features[~part], right[~part]))
    limits = [best_threshold(refusal_curve(crossed[part], answerable[part])) for part in parts]
    refused = np.zeros(len(held), dtype=bool)
    for part, limit in zip(parts, limits[::-1], strict=True):
        refused[part] = crossed[part] < limit
    rows = reliability(crossed, right)
    report: dict[str, Any] = {
        "data": options.data,
        "n": len(held),
        "unanswerable": int((~answerable).sum()),
        "brier": round(float(((crossed - right) ** 2).mean()), 4),
        "brier_of_base_rate": round(float(right.mean() * (1 - right.mean())), 4),
        "expected_calibration_error": round(
            sum(abs(row["confidence"] - row["right"]) * row["n"] for row in rows) / len(held), 4
        ),
        "cross_fitted_refusal": {
            "precision": round(float((refused & ~answerable).sum()) / max(1, int(refused.sum())), 4),
            "recall": round(float((refused & ~answerable).sum()) / max(1, int((~answerable).sum())), 4),
            "thresholds": limits,
        },
        "reliability": rows,
        "refusal_curve": refusal_curve(crossed, answerable),
    }
    weights = fit(features, right)
    made = {
        "features": FEATURES,
        "weights": [round(float(weight), 6) for weight in weights[:-1]],
        "bias": round(float(weights[-1]), 6),
        "threshold": best_threshold(report["refusal_curve"]),
        **report,
    }
    (options.model / CALIBRATION).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    manifest = json.loads((options.model / MANIFEST).read_text(encoding="utf-8"))
    about = {key: value for key, value in manifest.items() if key not in {"name", "longest", "files"}}
    write_manifest(options.model, name=manifest["name"], longest=manifest["longest"], about=about)
    sys.stdout.write(json.dumps({key: made[key] for key in list(made) if "curve" not in key}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
