"""Adding a user to the file of those who may use the server."""

from __future__ import annotations

import getpass
import sys

from assistant.http.passwords import add_user
from index import Settings
from index.errors import UsageError

__all__ = ["ask_and_add"]


def ask_and_add(settings: Settings, name: str) -> str:
    """Ask for a password, write the user into the file, and say so in one line.

    The password is typed twice; without a terminal it is the first line of stdin.

    Raises:
        UsageError: no file is named, the two differ, or the name or password cannot be used.
        SettingsError: the file cannot be read.
    """
    if settings.users is None:
        raise UsageError("name the file of users too: --users FILE, or DATELINE_USERS.")
    add_user(settings.users, name, _password(name))
    return f"{settings.users}: {name} may use the server from its next start on."


def _password(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("Again: ") != password:
        raise UsageError("the two passwords differ; try again.")
    return password
