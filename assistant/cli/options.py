"""The options that most commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["AsJson", "Debug", "Home"]

Home = Annotated[
    Path | None,
    typer.Option(help="The folder of the store [default: .dateline, or DATELINE_HOME].", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout, and nothing else.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
