"""What is typed into the chat, line by line: at a prompt with arrow keys on a terminal, as it comes elsewhere."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

from assistant.visible import one_line

_PROMPT = "\n> "


def typed_lines(earlier: Iterable[str] = ()) -> Iterator[str]:
    """The lines of stdin that are not blank, until it ends; on a terminal, Ctrl-C clears the line.

    Args:
        earlier: what arrow keys bring back, oldest first, where the system has readline.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte that is no text is no reason to end the conversation
    lines = _at_prompt(earlier) if sys.stdin.isatty() else sys.stdin
    for line in lines:
        if line.strip():
            yield line.strip()


def _at_prompt(earlier: Iterable[str]) -> Iterator[str]:
    _remember(earlier)
    while True:
        try:
            yield input(_PROMPT)
        except KeyboardInterrupt:
            sys.stdout.write("\n(Ctrl-D or /quit ends the chat)\n")
        except EOFError:
            sys.stdout.write("\n")
            return


def _remember(earlier: Iterable[str]) -> None:
    try:
        import readline
    except ImportError:  # not everywhere
        return
    for line in earlier:
        with suppress(UnicodeEncodeError):  # what this terminal cannot show cannot be brought back
            readline.add_history(one_line(line))
