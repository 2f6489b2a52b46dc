"""Asking the standing questions again after a command has changed the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cli.progress import progress_bars
from assistant.cli.terminal import Printer
from index.errors import DatelineError, NoIndexError
from index.language.counting import counted

if TYPE_CHECKING:
    from assistant.memory.asking_again import AskedAgain
    from assistant.settings import Settings


def asked_again(settings: Settings, printer: Printer) -> AskedAgain | None:
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
