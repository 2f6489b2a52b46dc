"""Plots as inline SVG: one kind of frame, and four drawings in it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from evals.runs.outcome import Bin

_W, _H = 520, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 22, 14, 42
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def coverage_chart(points: Sequence[tuple[float, float, float]], now: tuple[float, float]) -> Markup:
    """How much is right against how much is answered, at every threshold; and where the run stands.

    Args:
        points: threshold, coverage, accuracy.
        now: coverage and accuracy at the threshold in force.
    """
    line = " ".join(f"{_x(coverage):.1f},{_y(accuracy):.1f}" for _, coverage, accuracy in points)
    x, y = _x(now[0]), _y(now[1])
    half = 135  # of the label's width, which must stay within the frame
    label = f"now: {percent(now[0])} answered, {percent(now[1])} of it right"
    parts = [
        f'<polyline class="curve" points="{line}"/>',
        f'<line class="guide" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(0):.1f}" y2="{y:.1f}"/>',
        f'<circle class="now" cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
        _text(min(max(x, _LEFT + half), _W - half), _y(0) - 10, label, anchor="middle", kind="label"),
    ]
    return _frame(parts, "share of questions answered", "share of them right", "Accuracy against coverage")


def calibration_chart(bins: Sequence[Bin]) -> Markup:
    """How often questions are right, against how confident the assistant was: on the diagonal, it knows itself."""
    most = max((of.n for of in bins), default=1)
    parts = [f'<line class="guide" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>']
    line = " ".join(f"{_x(of.confidence):.1f},{_y(of.right):.1f}" for of in bins)
    parts.append(f'<polyline class="curve thin" points="{line}"/>')
    for of in bins:
        radius = 3 + 9 * (of.n / most) ** 0.5
        title = f"{of.n} questions: confidence {of.confidence:.2f}, right {of.right:.2f}"
        x, y = _x(of.confidence), _y(of.right)
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{title}</title></circle>')
        above = y - radius - 5 if y - radius - 16 > _TOP else y + radius + 13
        parts.append(_text(x, above, str(of.n), anchor="middle", kind="small"))
    return _frame(parts, "confidence", "share right", "Calibration")


def latency_chart(milliseconds: Sequence[float], marks: Sequence[tuple[str, float]]) -> Markup:
    """How long answers took: a histogram, with percentiles marked."""
    slowest = max(milliseconds, default=1.0)
    step = _step(slowest)
    top = step * (int(slowest / step) + 1)
    bars = 40
    counts = [0] * bars
    for value in milliseconds:
        counts[min(bars - 1, int(value / top * bars))] += 1
    most = max(counts)
    parts = []
    for number, count in enumerate(counts):
        left, right, height = _x(number / bars), _x((number + 1) / bars), _y(count / most) if most else _y(0)
        parts.append(
            f'<rect class="bar" x="{left + 0.5:.1f}" y="{height:.1f}" width="{right - left - 1:.1f}" '
            f'height="{_y(0) - height:.1f}"><title>{count} answers</title></rect>'
        )
    for number, (name, value) in enumerate(marks):
        x, y = _x(value / top), _TOP + 12 + 15 * number
        anchor, shift = ("start", 5) if value < 0.7 * top else ("end", -5)
        parts.append(f'<line class="guide strong" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_y(0):.1f}"/>')
        parts.append(_text(x + shift, y, f"{name}: {value:,.0f} ms", anchor=anchor, kind="label"))
    ticks = [(n * step / top, f"{n * step:,.0f}") for n in range(int(top / step + 0.5) + 1)]
    scale = [(0.0, "0"), (1.0, str(most))]
    return _frame(parts, "milliseconds an answer", "answers", "Latency", x_ticks=ticks, y_ticks=scale)


def hits_chart(shares: Sequence[float]) -> Markup:
    """For how many questions the evidence is among the best k passages, for k from 1."""
    count = len(shares)
    places = [((k - 0.5) / count, share) for k, share in enumerate(shares, start=1)]
    parts = [f'<polyline class="curve" points="{" ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in places)}"/>']
    for k, (x, y) in enumerate(places, start=1):
        parts.append(f'<circle class="dot" cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="3.5"/>')
        if k in (1, 3, 5, count):
            below = _y(y) + 18 if _y(y) - 10 < _TOP + 4 else _y(y) - 10
            parts.append(_text(_x(x), below, percent(y), anchor="middle", kind="label"))
    ticks = [(x, str(k)) for k, (x, _) in enumerate(places, start=1)]
    return _frame(parts, "k: evidence is among the best k passages", "share of questions", "Hit@k", x_ticks=ticks)


def interval_bar(value: float, low: float, high: float) -> Markup:
    """A value from 0 to 1 and its interval, small enough for a table's cell."""
    x = [6 + 148 * max(0.0, min(1.0, of)) for of in (low, value, high)]
    return Markup(  # noqa: S704  nothing in it comes from a log
        '<svg class="interval" viewBox="0 0 160 16" width="160" height="16" aria-hidden="true">'
        '<line class="rail" x1="6" x2="154" y1="8" y2="8"/>'
        f'<line class="span" x1="{x[0]:.1f}" x2="{x[2]:.1f}" y1="8" y2="8"/>'
        f'<circle class="now" cx="{x[1]:.1f}" cy="8" r="4"/></svg>'
    )


def _x(share: float) -> float:
    return _LEFT + (_W - _LEFT - _RIGHT) * share


def _y(share: float) -> float:
    return _H - _BOTTOM - (_H - _TOP - _BOTTOM) * share


def _text(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "tick") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _frame(
    parts: Sequence[str],
    x_name: str,
    y_name: str,
    title: str,
    *,
    x_ticks: Sequence[tuple[float, str]] | None = None,
    y_ticks: Sequence[tuple[float, str]] | None = None,
) -> Markup:
    shares = [(tick, f"{tick:g}") for tick in _TICKS]
    axes = []
    for at, label in y_ticks or shares:
        axes.append(f'<line class="grid" x1="{_LEFT}" x2="{_W - _RIGHT}" y1="{_y(at):.1f}" y2="{_y(at):.1f}"/>')
        axes.append(_text(_LEFT - 8, _y(at) + 4, label, anchor="end"))
    axes += [_text(_x(at), _H - _BOTTOM + 17, label, anchor="middle") for at, label in x_ticks or shares]
    axes.append(_text((_LEFT + _W - _RIGHT) / 2, _H - 6, x_name, anchor="middle", kind="axis"))
    middle = (_TOP + _H - _BOTTOM) / 2
    axes.append(
        f'<text class="axis" transform="translate(12 {middle:.1f}) rotate(-90)" text-anchor="middle">{y_name}</text>'
    )
    return Markup(  # noqa: S704
        f'<svg class="chart" viewBox="0 0 {_W} {_H}" role="img" aria-label="{escape(title)}">'
        f"{''.join(axes)}{''.join(parts)}</svg>"
    )


def percent(value: float) -> str:
    """A share as whole percent, as one reads it in a headline; only what is all is 100 %."""
    rounded = f"{100 * value:.0f}"
    return f"{100 * value:.1f} %" if rounded in ("0", "100") and 0 < value < 1 else f"{rounded} %"


def _step(largest: float) -> float:
    """A round step of which about five reach to `largest`."""
    size = 1.0
    while size * 50 < largest:
        size *= 10
    return next((size * factor for factor in (1, 2, 5, 10) if size * factor * 6 >= largest), size * 10)
