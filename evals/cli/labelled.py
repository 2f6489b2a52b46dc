"""`dateline eval stories`: what is chosen, held against what people labelled."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.cli.options import AsJson, Debug

__all__ = ["stories_command"]


def stories_command(
    found: Annotated[Path, typer.Argument(help='The stories to measure: {"article id": "story", ...}.')],
    labels: Annotated[Path, typer.Option("--labels", help="The stories that a person labelled, in the same form.")],
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Hold stories against those that a person labelled: B-cubed precision, recall and F1.

    Example: dateline eval stories found.json --labels evals/archive/stories.json
    """
    from evals.questions.labels import load_stories
    from evals.runs.labels import measure_stories

    _show(as_json, {"set": labels.name, **measure_stories(load_stories(found), load_stories(labels))})


def _show(as_json: bool, document: dict[str, Any]) -> None:
    if as_json:
        from assistant.cli.terminal import Printer

        Printer().json(document)
        return
    from evals.report.display import show_document

    show_document(document)
