"""What a page says of an error: one line that says what to do, and of what is ours to mend no more than its kind."""

from __future__ import annotations

from assistant.http.errors import as_http_error
from assistant.memory import ConversationsError
from index.errors import DatelineError, LockedError, StoreError

__all__ = ["told"]


def told(error: Exception) -> str:
    """The line for the user; the cause of what nobody expected goes to the log."""
    is_of_store = isinstance(error, StoreError) and not isinstance(error, (ConversationsError, LockedError))
    is_for_users = isinstance(error, DatelineError) and not is_of_store
    line = " ".join((str(error) if is_for_users else str(as_http_error(error).detail)).split())
    return line[:1].upper() + line[1:]
