"""`dateline log`: who did what, and when."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.options import AsJson, Debug, Home, settings_of
from assistant.cli.terminal import Printer
from assistant.visible import one_line
from index.language.counting import counted

app = typer.Typer(name="log", invoke_without_command=True, add_completion=False, subcommand_metavar="")


@app.callback()
def log(
    limit: Annotated[int, typer.Option(min=1, help="Show the last N entries.")] = 50,
    who: Annotated[str | None, typer.Option(help="Only what this user or token did.", show_default=False)] = None,
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """Show who signed in, changed articles, users or tokens, or made a backup, and when (UTC). Oldest first.

    What was asked and answered is never in it.

    Examples: dateline log | dateline log --who maria --limit 500
    """
    from assistant.audit import Audit

    entries = [e for e in Audit(settings_of(home).home).entries() if who in (None, e.who)][-limit:]
    printer = Printer()
    if as_json:
        printer.json({"entries": [entry.to_dict() for entry in entries]})
        return
    for entry in entries:
        named = ", ".join(entry.which)
        more = f" and {counted(entry.count - len(entry.which), 'other')}" if entry.count > len(entry.which) else ""
        what = f"{entry.what}{f': {named}{more}' if named else ''}"
        printer.line(what, f"{entry.when:%Y-%m-%d %H:%M:%S}  {one_line(entry.who)}  ")
    if not entries:
        printer.line("Nothing is noted yet.")
