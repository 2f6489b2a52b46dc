"""`dateline conversations ...`: the conversations that were kept.

No model is loaded here: the store of articles is read only to say what became of the sources.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Home, settings_of
from assistant.cli.terminal import Printer
from assistant.cli.views import Format, exported, format_of, write_new
from index.errors import StoreError, UsageError

if TYPE_CHECKING:
    from assistant.memory import Conversations
    from index.store.record import Record

app = typer.Typer(
    name="conversations",
    help="List, show, search, check, export, rename and delete the conversations that were kept.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Number = Annotated[int, typer.Argument(metavar="ID", help="The number of the conversation, as `list` names it.")]


@app.command("list")
def list_command(
    limit: Annotated[int | None, typer.Option(min=1, help="List the last N only [default: all].")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List them, newest first.

    Each with its number, the time of its last question (UTC), its title, and how many questions it has.
    """
    from assistant.cli.views import show_list

    overviews = _kept(home).overviews(limit)
    printer = Printer()
    if as_json:
        printer.json({"conversations": [each.to_dict() for each in overviews]})
    elif overviews:
        show_list(printer, overviews)
    else:
        printer.line("No conversation is kept yet; `dateline chat` begins one.")


@app.command("show")
def show_command(number: Number, home: Home = None, as_json: AsJson = False) -> None:
    """Show one as it was, and what became of its sources.

    Where the article of a source has changed or is gone, that is said below the answer.
    """
    from assistant.cli.views import show_conversation
    from assistant.memory import as_document

    kept = _kept(home)
    conversation = kept.get(number)
    with library_of(home) as library:
        if as_json:
            Printer().json(as_document(conversation, library, feedback=kept.feedback(number)))
        else:
            show_conversation(Printer(), conversation, library, kept.feedback(number))


@app.command("search")
def search_command(
    words: Annotated[list[str], typer.Argument(help="Words, or beginnings of words.")],
    limit: Annotated[int, typer.Option(min=1, help="Find the best N only.")] = 20,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Find them by words.

    The words, or what begins with them, must all stand in one question with its answer, or in the name of a
    conversation. The best come first.
    """
    from assistant.cli.views import show_found

    found = _kept(home).search(" ".join(words), limit)
    printer = Printer()
    if as_json:
        printer.json({"conversations": [each.to_dict() for each in found]})
    elif found:
        show_found(printer, found)
    else:
        printer.line("No conversation has these words.")


@app.command("check")
def check_command(home: Home = None, as_json: AsJson = False) -> None:
    """List what became of the sources since: corrected, withdrawn, changed or gone.

    One line for each citation of a kept conversation of which there is something to know: the conversation, its
    question, the marker, and what it is.
    """
    from assistant.memory.since import since
    from assistant.wording import notice_line

    printer = Printer()
    with library_of(home) as library:
        if library is None:
            raise typer.Exit(1)
        found = list(since(_kept(home), library))
    if as_json:
        printer.json({"found": [each.to_dict() for each in found]})
    elif not found:
        printer.line("The sources of all conversations are as they were.")
    else:
        for each in found:
            printer.line(f"{notice_line(each.notice)} ({each.title})", f"{each.conversation:>4}  {each.turn}.  ")


@app.command("export")
def export_command(
    number: Number,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The file to write: .md, .html or .json [default: stdout].", show_default=False),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="md, html or json [default: as FILE ends, else md].", show_default=False),
    ] = None,
    articles: Annotated[
        bool, typer.Option("--articles", help="Add the whole text of every article that is cited.")
    ] = False,
    home: Home = None,
) -> None:
    """Write one to a file, sources in full.

    Markdown is for reading, HTML for reading and printing (one file, nothing is fetched), JSON for programs. A file
    that is there already is left alone.

    Example: dateline conversations export 3 --to displaced.md
    """
    from assistant.memory import as_document

    form = form or (format_of(to) if to else Format.MARKDOWN)
    kept = _kept(home)
    conversation = kept.get(number)
    with library_of(home) as library:
        if to is None and form == Format.JSON:
            Printer().json(as_document(conversation, library, feedback=kept.feedback(number), articles=articles))
            return
        text = exported(conversation, form, library, kept.feedback(number), articles=articles)
    if to is None:
        Printer().text(text.rstrip("\n"))
    else:
        write_new(to, text)
        Printer().line(f"Exported to {to}.")


@app.command("rename")
def rename_command(
    number: Number,
    name: Annotated[str, typer.Argument(help='The new name; "" makes the first question the title again.')],
    home: Home = None,
) -> None:
    """Give one a name."""
    kept = _kept(home)
    kept.rename(number, name)
    Printer().line(f"{number} is now: {kept.get(number).title}")


@app.command("delete")
def delete_command(
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="ID...", help="The conversations to delete.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Delete all conversations.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
) -> None:
    """Delete some, or all, for good.

    Their text is overwritten in the file, not only marked as deleted.
    """
    if bool(numbers) == every:
        raise UsageError("name the conversations to delete, or --all.")
    kept = _kept(home)
    titles = {each.id: each.title for each in kept.overviews()}
    chosen = list(dict.fromkeys(numbers or titles))
    for number in chosen:
        if number not in titles:
            kept.get(number)  # which says so; then none is deleted
    question = f"Delete “{titles[chosen[0]]}”?" if len(chosen) == 1 else f"Delete {len(chosen):,} conversations?"
    if chosen and not yes and not _agreed(question):
        Printer().line("Nothing was deleted.")
        raise typer.Exit(1)
    if every:
        kept.delete_all()
    else:
        kept.delete(*chosen)
    Printer().line("Deleted 1 conversation." if len(chosen) == 1 else f"Deleted {len(chosen):,} conversations.")


def _agreed(question: str) -> bool:
    """Whether the user says yes; where nobody can be asked, `--yes` must have said so."""
    if not sys.stdin.isatty():
        raise UsageError("deleting cannot be undone; add --yes to delete without being asked.")
    Printer().line(f"{question} This cannot be undone. [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _kept(home: Path | None) -> Conversations:
    from assistant.memory import Conversations

    return Conversations(settings_of(home).home)


@contextmanager
def library_of(home: Path | None) -> Iterator[Record | None]:
    """The articles, to look up sources in; None, with a warning, if they cannot be read."""
    from index.store.reading import RECORD_NAME
    from index.store.record import Record

    try:
        record = Record(settings_of(home).home / RECORD_NAME)
    except StoreError as error:
        Printer().error(f"{error} The sources could not be looked up.")
        yield None
        return
    with record:
        yield record
