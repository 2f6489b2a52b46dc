"""`dateline chat`: question after question in the terminal."""

from __future__ import annotations

import sys
from contextlib import suppress

from assistant.assistant import Assistant
from assistant.cli.terminal import Printer
from index.errors import QuestionError

__all__ = ["run_chat"]

_PROMPT = "\n> "


def run_chat(assistant: Assistant, printer: Printer) -> None:
    """Answer each question from stdin, until it ends or a line is `/quit`; on a terminal an empty line ends it too."""
    if sys.stdin.isatty():
        with suppress(ImportError):  # not everywhere
            import readline  # noqa: F401  arrow keys and history in input()
        printer.line("Ask about the articles; an empty line ends it.")
    while True:
        try:
            question = input(_PROMPT if sys.stdin.isatty() else "")
        except EOFError:
            return
        if question.strip() == "/quit" or (sys.stdin.isatty() and not question.strip()):
            return
        if not question.strip():
            continue
        try:
            printer.answer(assistant.ask(question))
        except QuestionError as error:
            printer.error(str(error))
