"""One HTML file about a run: measures, plots, every question. It needs no network, and nothing in it becomes markup."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from evals.report.page import body
from evals.report.text import escape
from evals.runs.log import RunLog

__all__ = ["render", "write_report"]

_HERE = Path(__file__).parent


def write_report(run: RunLog, path: Path) -> None:
    """Write the report of a finished run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(run), encoding="utf-8", errors="replace")  # a lone surrogate is shown as ?


def render(run: RunLog) -> str:
    """The report as one HTML document."""
    style = (_HERE / "report.css").read_text(encoding="utf-8")
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    # Besides the escaping: a browser runs this one script and no other, and fetches nothing.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    title = escape(f"{run.head['questions']['name']} - Dateline evaluation")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{body(run)}\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )
