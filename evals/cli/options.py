"""Options that several commands of `dateline eval` have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# As in assistant.cli, which is not imported here: its other commands take half a second to load.
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout, and nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(help="The folder of the store [default: .dateline, or DATELINE_HOME].", show_default=False),
]
Questions = Annotated[Path, typer.Argument(help="The question set: .jsonl, .jsonl.gz or .yaml.")]
CorpusPath = Annotated[
    Path | None,
    typer.Option(
        "--corpus", help="Articles to ask about, indexed once and kept [default: the store].", show_default=False
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Take the first N questions only.")]
