"""`dateline trash ...`: articles that were removed by hand, for 30 days."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Annotated

import typer

from assistant.cli.asking_again import asked_again
from assistant.cli.options import AsJson, Debug, Home, noted, settings_of
from assistant.cli.terminal import Printer
from assistant.visible import one_line
from index.language.counting import counted

app = typer.Typer(
    name="trash",
    help="List, restore and overwrite the articles that were removed by hand in the last 30 days.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Numbers = Annotated[list[int], typer.Argument(metavar="NUMBERS", help="The numbers, as `list` names them.")]


@app.command("list")
def list_command(
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """List what can be restored, the latest first: its number, when and by whom it was removed, its title."""
    from index.store.trash import Trash

    removed = Trash(settings_of(home).home).removed()
    printer = Printer()
    if as_json:
        printer.json({"removed": [each.to_dict() for each in removed]})
        return
    for each in removed:
        printer.line(f"{each.title} ({each.id})", f"{each.key:>5}  {each.at:%Y-%m-%d %H:%M}  {one_line(each.who)}  ")
    if not removed:
        printer.line("The trash is empty.")


@app.command("restore")
def restore_command(
    numbers: Numbers,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Put articles back as they were, whatever became of their files.

    Example: dateline trash restore 3 4
    """
    from assistant.cli.indexing import Indexing, summary_line

    started = time.perf_counter()
    settings = settings_of(home)
    with closing(Indexing(settings, Printer())) as indexing:
        summary = indexing.put_back(numbers)
    Printer().line(summary_line(summary, settings, time.perf_counter() - started))
    asked_again(settings, Printer())


@app.command("empty")
def empty_command(
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="NUMBERS", help="Only these [default: all].", show_default=False),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
    debug: Debug = False,  # noqa: ARG001
) -> None:
    """Overwrite what is in the trash, as of an article that must go for good. It cannot be brought back."""
    from index.store.trash import Trash

    if not yes:
        typer.confirm("Overwrite it? It cannot be brought back.", abort=True, err=True)
    settings = settings_of(home)
    count = Trash(settings.home).forget(numbers)
    noted(settings, f"{counted(count, 'article')} overwritten", *(map(str, numbers or ())))
    Printer().line(f"{counted(count, 'article')} overwritten.")
