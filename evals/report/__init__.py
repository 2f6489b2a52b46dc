"""One HTML file about a run: measures, plots, every question. It needs no network, and nothing in it becomes markup."""

from __future__ import annotations

from pathlib import Path

from evals.report.page import render
from evals.runs.log import RunLog

__all__ = ["render", "write_report"]


def write_report(run: RunLog, path: Path) -> None:
    """Write the report of a finished run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(run), encoding="utf-8", errors="replace")  # a lone surrogate is shown as ?
