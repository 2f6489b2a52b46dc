"""What a page says of an error: one line that says what to do, and of what is ours to mend no more than its kind."""

from __future__ import annotations

import re

from assistant.http.errors import as_http_error
from assistant.memory import ConversationsError
from index.errors import DatelineError, LockedError, StoreError

__all__ = ["told", "without_places"]

# Errors begin with the path that they are about; others stand in the text. An address is none, nor is "and/or".
_FIRST = re.compile(r"^(?:/|[A-Za-z]:\\)[^\n]*?(?=: )")
_WITHIN = re.compile(r"(?<![\w:/.])(?:[A-Za-z]:\\|/(?!api/))[^\s:;,()'\"]+")


def told(error: Exception) -> str:
    """The line for the user; the cause of what nobody expected goes to the log."""
    is_of_store = isinstance(error, StoreError) and not isinstance(error, (ConversationsError, LockedError))
    is_for_users = isinstance(error, DatelineError) and not is_of_store
    line = " ".join((str(error) if is_for_users else str(as_http_error(error).detail)).split())
    line = without_places(line)
    return line[:1].upper() + line[1:]


def without_places(line: str) -> str:
    """A line with the last name of each path only: where the server keeps its files is nothing for its users."""
    return _WITHIN.sub(_last_name, _FIRST.sub(_last_name, line))


def _last_name(path: re.Match[str]) -> str:
    return re.split(r"[/\\]", path[0].rstrip("/\\"))[-1]
