"""Draw a Reader's calibration: `python -m evals.workshop.calibration_plot --calibration FILE --out FOLDER`.

Two SVG files from the curves that `fit_reader` keeps: how often readings of a confidence are right, and precision and
recall of refusals at thresholds from .05 to .95.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_SIZE, _LEFT, _TOP, _PLOT = (580, 410), 60, 20, 320
_LINES = (
    ("#1f6f8b", ""),
    ("#b5541c", "7 4"),
    ("#6b4fa0", "2 3"),
    ("#3f7d3f", "9 3 2 3"),
)  # not told apart by colour alone
_STYLE = "text{font:13px sans-serif;fill:#222}.grid{stroke:#ddd}.ideal{stroke:#999;stroke-dasharray:3 4}"

Points = Sequence[tuple[float, float]]


def reliability(curves: Sequence[dict[str, Any]]) -> str:
    """An SVG of the share right against the confidence, in ten bins of equal size, for each set."""
    lines = [(c["set"], [(bin_["confidence"], bin_["right"]) for bin_ in c["reliability"]]) for c in curves]
    ideal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    return _plot(lines, "confidence", "share right", ideal)


def refusals(curves: Sequence[dict[str, Any]]) -> str:
    """An SVG of the precision of refusals against their recall, for each set that has unanswerable questions."""
    lines = [(c["set"], [(recall, precision) for _, precision, recall in c["refusals"]]) for c in curves]
    return _plot(lines, "recall of refusals", "precision of refusals", "")


def _plot(lines: Sequence[tuple[str, Points]], x_name: str, y_name: str, extra: str) -> str:
    parts = [_axes(x_name, y_name), extra]
    for (name, points), (colour, dashes), row in zip(lines, _LINES, range(len(lines)), strict=False):
        path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
        look = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"'
        parts.append(f'<polyline fill="none" {look} points="{path}"/>')
        parts += [f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="3" fill="{colour}"/>' for x, y in points]
        y = _TOP + 14 + 42 * row
        parts.append(f'<line {look} x1="{_LEFT + _PLOT + 12}" x2="{_LEFT + _PLOT + 40}" y1="{y - 4}" y2="{y - 4}"/>')
        for number, part in enumerate(name.split(", ", 1)):
            shown = part if number == 0 else f"({part})"
            parts.append(f'<text x="{_LEFT + _PLOT + 46}" y="{y + 15 * number}">{escape(shown)}</text>')
    width, height = _SIZE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    return f'{head}<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'


def _axes(x_name: str, y_name: str) -> str:
    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(tick)}" y2="{_y(tick)}"/>')
        parts.append(f'<line class="grid" x1="{_x(tick)}" x2="{_x(tick)}" y1="{_y(0)}" y2="{_y(1)}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>')
        parts.append(f'<text x="{_x(tick)}" y="{_y(0) + 20}" text-anchor="middle">{tick:g}</text>')
    middle = _y(0.5)
    parts.append(f'<text x="{_x(0.5)}" y="{_y(0) + 44}" text-anchor="middle">{escape(x_name)}</text>')
    parts.append(f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">{escape(y_name)}</text>')
    return "".join(parts)


def _x(share: float) -> float:
    return _LEFT + _PLOT * share


def _y(share: float) -> float:
    return _TOP + _PLOT * (1 - share)


def main() -> None:
    """Read the calibration and write the two drawings."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calibration", type=Path, required=True, help="calibration.json of a model")
    parser.add_argument("--out", type=Path, required=True, help="folder for the drawings")
    options = parser.parse_args()
    curves = json.loads(options.calibration.read_text(encoding="utf-8"))["curves"]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "reader-reliability.svg").write_text(reliability(curves), encoding="utf-8")
    (options.out / "reader-refusals.svg").write_text(refusals(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
