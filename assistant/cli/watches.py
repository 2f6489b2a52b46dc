"""`dateline watch`: standing questions. (That folders are watched is `dateline index --watch`.)"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.conversations import library_of
from assistant.cli.options import AsJson, Home, settings_of
from assistant.cli.terminal import Printer, progress_bars, source_line
from index.errors import DatelineError, NoIndexError, UsageError
from index.language.numerals import counted

if TYPE_CHECKING:
    from assistant.memory import Library, WatchedAnswer
    from assistant.memory.asking_again import AskedAgain
    from assistant.settings import Settings


def ask_watches_again(settings: Settings, printer: Printer) -> AskedAgain | None:
    """Ask again what the articles have changed for, and say on stderr what came of it; None if that cannot be done.

    Where no question is kept, or the articles are as they were, nothing is loaded for it.
    """
    from assistant.memory.asking_again import AskedAgain, ask_again
    from assistant.memory.watches import Watches
    from index.store.reading import RECORD_NAME
    from index.store.record import Record

    try:
        with Record(settings.home / RECORD_NAME) as record:
            if not Watches(settings.home).due(record.state()):
                return AskedAgain()
        from assistant import Assistant

        with progress_bars() as progress, Assistant.open(settings=settings) as assistant:
            asked = ask_again(assistant, progress)
    except NoIndexError:
        return AskedAgain()
    except DatelineError as error:
        printer.error(f"the standing questions were not asked again: {error}")
        return None
    for number, reason in asked.failed:
        printer.error(f"the standing question {number} was not answered again: {reason}")
    said = f"{counted(asked.asked, 'standing question')} asked again"
    if asked.changed:
        numbers = ", ".join(map(str, asked.changed))
        printer.note(f"{said}; answered otherwise now: {numbers} (`dateline watch --list`).")
    else:
        printer.note(f"{said}; nothing is answered otherwise.")
    return asked


app = typer.Typer()

_INDENT = " " * 7


@app.command("watch")
def watch_command(
    question: Annotated[
        str | None, typer.Argument(help='What to follow, such as "how many displaced?".', show_default=False)
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Say what each is answered now, since when, and what has changed.")
    ] = False,
    show: Annotated[
        int | None, typer.Option(metavar="N", help="Show all that question N was answered.", show_default=False)
    ] = None,
    remove: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help="Follow question N no more; may be given several times.", show_default=False),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Follow a question: it is asked again after each `dateline index`, and an answer that changed is kept.

    "Changed since you looked" stands at what was answered otherwise since --list or --show said it last. What is asked
    over HTTP is listed too, and looked at there. To have folders read again as they change, which is something else,
    there is `dateline index --watch`.

    Examples: dateline watch "how many displaced?" | dateline watch --list | dateline watch --remove 3
    """
    if [question is not None, listed, show is not None, bool(remove)].count(True) != 1:
        raise UsageError("give one question to follow, or --list, or --show N, or --remove N.")
    settings = settings_of(home)
    if question is not None:
        _begin(settings, question, as_json=as_json)
    elif remove:
        _remove(settings, remove, as_json=as_json)
    else:
        _show(settings, show, as_json=as_json)


def _begin(settings: Settings, question: str, *, as_json: bool) -> None:
    from assistant import Assistant
    from assistant.memory.asking_again import begin

    printer = Printer()
    with Assistant.open(settings=settings) as assistant:
        begun = begin(assistant, question)
        if as_json:
            printer.json(_document(begun, assistant))
            return
    printer.answer(begun.answer)
    printer.line("")
    printer.line(f"This is question {begun.watch.id}. `dateline watch --list` says when the answer changes.")


def _remove(settings: Settings, numbers: list[int], *, as_json: bool) -> None:
    from assistant.memory import Watches

    numbers = list(dict.fromkeys(numbers))
    Watches(settings.home).remove(*numbers)
    if as_json:
        Printer().json({"removed": numbers})
    else:
        Printer().line(f"No longer followed: {', '.join(map(str, numbers))}.")


def _show(settings: Settings, number: int | None, *, as_json: bool) -> None:
    """List all, or show one with its history; and note that this was seen, once it was shown."""
    from assistant.memory import Watches

    watches, printer = Watches(settings.home), Printer()
    found = watches.latest() if number is None else watches.history(number)
    with library_of(settings.home) if found else nullcontext() as library:
        if as_json and number is None:
            printer.json({"watches": [_document(each, library) for each in found]})
        elif as_json:
            printer.json({**_document(found[0], library), "history": [each.to_dict(library) for each in found]})
        elif number is None:
            for each in found:
                _line(printer, each, library)
        else:
            _history(printer, found, library)
    if not (found or as_json):
        printer.line('No question is followed yet; `dateline watch "how many displaced?"` follows one.')
    watches.look(found)


def _document(watched: WatchedAnswer, library: Library | None) -> dict[str, Any]:
    return {**watched.watch.to_dict(), "changed": watched.has_changed, **watched.to_dict(library)}


def _line(printer: Printer, watched: WatchedAnswer, library: Library | None) -> None:
    """A question with its answer of now in a line, and its first source."""
    from assistant.memory import headline

    changed = " (changed since you looked)" if watched.has_changed else ""
    printer.strong(f"{watched.watch.question}{changed}", f"{watched.watch.id:>5}  ")
    printer.line(headline(watched.answer), f"{_INDENT}since {watched.since:%Y-%m-%d}: ")
    for citation in watched.answer.citations[:1]:
        printer.small(f"[{citation.marker}] {source_line(citation)}", _INDENT)
    for remark in _remarks(watched, library):
        printer.small(remark, _INDENT)


def _history(printer: Printer, found: Sequence[WatchedAnswer], library: Library | None) -> None:
    """All that a question was answered, the latest first."""
    printer.strong(found[0].watch.question)
    for each in found:
        differs = f" ({', '.join(each.differs).replace('_', ' ')})" if each.differs else ""
        printer.line("")
        printer.line(f"since {each.since:%Y-%m-%d %H:%M} UTC{differs}:")
        printer.answer(each.answer)
        for remark in _remarks(each, library):
            printer.small(remark)


def _remarks(watched: WatchedAnswer, library: Library | None) -> list[str]:
    """What became of the sources of an answer."""
    from assistant.memory import sources_now

    now = {} if library is None else sources_now(watched.answer, library)
    return [f"[{marker}] {each.remark}" for marker, each in now.items() if each.remark is not None]
