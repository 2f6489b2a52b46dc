"""`dateline eval tables`: the measured tables of the documentation, from the summaries that are committed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.options import Debug


def tables_command(
    pages: Annotated[
        list[Path] | None, typer.Argument(help="Markdown files [default: README.md and docs/*.md].", show_default=False)
    ] = None,
    summaries: Annotated[
        Path, typer.Option("--from", help="The folder of the summaries that `dateline eval baseline` wrote.")
    ] = Path("evals/baseline"),
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 if a table is stale.")] = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Write the measured tables of pages anew, between `<!-- table: NAME -->` and `<!-- /table -->`.

    Example: dateline eval tables --check
    """
    from evals.errors import PageError
    from evals.report.display import line
    from evals.report.doc_tables import filled, read_summaries

    measured = read_summaries(summaries)
    before = {path: _read(path) for path in pages or [Path("README.md"), *sorted(Path("docs").glob("*.md"))]}
    after = {path: filled(text, measured, str(path)) for path, text in before.items()}
    stale = [path for path, text in before.items() if text != after[path]]
    if stale and check:
        names = ", ".join(map(str, stale))
        raise PageError(f"{names}: not the tables of {summaries}; run `dateline eval tables`, and commit the result.")
    for path in stale:
        path.write_text(after[path], encoding="utf-8")
        line(f"wrote {path}.")


def _read(path: Path) -> str:
    from index.errors import UsageError

    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); name a Markdown file.") from None
