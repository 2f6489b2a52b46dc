"""What several commands of `dateline eval` share: options, and how a result is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.terminal import Printer

Questions = Annotated[Path, typer.Argument(help="The question set: .jsonl, .jsonl.gz or .yaml.")]
CorpusPath = Annotated[
    Path | None,
    typer.Option(
        "--corpus", help="Articles to ask about, indexed once and kept [default: the store].", show_default=False
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Take the first N questions only.")]


def shown(as_json: bool, document: dict[str, Any], show: Callable[[], None] | None = None) -> None:
    """Show a result as one JSON document, or in its own way; in none of its own, as it is."""
    if as_json:
        Printer().json(document)
    elif show is not None:
        show()
    else:
        from evals.report.display import show_document

        show_document(document)
