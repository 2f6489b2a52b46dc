"""`dateline stories`, `trash`, `backup` and `restore`: what the home folder holds. No model is loaded."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson, Home, note_in_log, settings_of
from assistant.cli.terminal import Printer
from assistant.cli.watches import ask_watches_again
from assistant.visible import one_line
from index.language.numerals import counted

app = typer.Typer()


@app.command()
def stories(
    limit: Annotated[int, typer.Option(min=1, help="List the newest N.")] = 20,
    min_articles: Annotated[
        int, typer.Option(min=1, help="Of how many articles at least; 2 leaves out those that one article tells.")
    ] = 1,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the stories, newest first: which articles tell one, from when to when, and of which outlets.

    They are made by `dateline index`. What was indexed by an earlier version has them after its next run.

    Examples: dateline stories | dateline stories --min-articles 2 --json
    """
    from index.store.reading import RECORD_NAME, RecordReader

    with RecordReader(settings_of(home).home / RECORD_NAME) as record:
        total, found = record.stories(limit=limit, min_articles=min_articles)
    printer = Printer()
    if as_json:
        printer.json({"total": total, "stories": [story.to_dict() for story in found]})
        return
    for story in found:
        days = " to ".join(dict.fromkeys(day.isoformat() for day in (story.first, story.last) if day))
        facts = (days or "no date", counted(len(story.article_ids), "article"), ", ".join(story.outlets))
        printer.line(story.name)
        printer.small("; ".join(fact for fact in facts if fact), "  ")
    if total > len(found):
        printer.small(f"{total - len(found):,} more: --limit {total}.")


trash_app = typer.Typer(
    name="trash",
    help="List, restore and overwrite the articles that were removed by hand in the last 30 days.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(trash_app)

Numbers = Annotated[list[int], typer.Argument(metavar="NUMBERS", help="The numbers, as `list` names them.")]


@trash_app.command("list")
def list_command(home: Home = None, as_json: AsJson = False) -> None:
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


@trash_app.command("restore")
def restore_command(numbers: Numbers, home: Home = None) -> None:
    """Put articles back as they were, whatever became of their files.

    Example: dateline trash restore 3 4
    """
    from assistant.cli.indexing import Indexing, summary_line

    started = time.perf_counter()
    settings = settings_of(home)
    with closing(Indexing(settings, Printer())) as indexing:
        summary = indexing.put_back(numbers)
    Printer().line(summary_line(summary, settings, time.perf_counter() - started))
    ask_watches_again(settings, Printer())


@trash_app.command("empty")
def empty_command(
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="NUMBERS", help="Only these [default: all].", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
) -> None:
    """Overwrite what is in the trash, as of an article that must go for good. It cannot be brought back."""
    from index.store.trash import Trash

    if not yes:
        typer.confirm("Overwrite it? It cannot be brought back.", abort=True, err=True)
    settings = settings_of(home)
    count = Trash(settings.home).forget(numbers)
    note_in_log(settings, f"{counted(count, 'article')} overwritten", *(map(str, numbers or ())))
    Printer().line(f"{counted(count, 'article')} overwritten.")


File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, such as dateline.tar.gz.")]


@app.command()
def backup(file: File, home: Home = None) -> None:
    """Write articles, conversations, users, tokens, trash and log into one file, while others ask and index.

    The vector index is not in it: it is built again from the rest. FILE holds everything that was asked; keep it as you
    keep the home folder.

    Example: dateline backup /backups/dateline.tar.gz
    """
    from index.store.backup import back_up

    settings = settings_of(home)
    names = back_up(settings.home, file)
    note_in_log(settings, "backup made", file.name)
    Printer().line(f"{file}: {counted(len(names), 'file')}, {file.stat().st_size / 1e6:,.1f} MB.")


@app.command()
def restore(file: File, home: Home = None) -> None:
    """Make a home folder from a backup. The folder must be new or empty.

    Example: dateline restore /backups/dateline.tar.gz --home /srv/dateline
    """
    from index.store.backup import restore_backup

    settings = settings_of(home)
    names = restore_backup(settings.home, file)
    note_in_log(settings, "backup restored", file.name)
    Printer().line(f"{settings.home}: {counted(len(names), 'file')}. `dateline doctor --fix` builds the vector index.")
