"""The file of users, a line each. It is replaced as a whole, and a running server sees that at once.

```
NAME:HASH:ROLE        the hash as assistant.http.passwords makes it
```
Earlier versions wrote no role: such a user is an editor, who may do what every user could do then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.http.clients import ROLES, Role
from assistant.http.passwords import hashed, is_hash
from index.errors import SettingsError, UsageError
from index.store.private import write_private

__all__ = ["USERS_NAME", "User", "add_user", "read_users", "remove_user", "set_role"]

USERS_NAME = "users.txt"
"""The file in the home folder, where the settings name no other one."""

_PASSWORD = range(8, 1025)
_NAME = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class User:
    """One who may use the server.

    Attributes:
        stored: the hashed password.
        role: what the user may do.
    """

    stored: str
    role: Role


def read_users(path: Path) -> dict[str, User]:
    """The users by name.

    Raises:
        SettingsError: the file cannot be read, or a line of it cannot be used.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: the users cannot be read ({error}); make it with `dateline user add`.") from None
    users: dict[str, User] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        name, _, rest = line.strip().partition(":")
        stored, _, given = rest.partition(":")
        role = next((role for role in ROLES if role == (given or "editor")), None)
        if not _NAME.fullmatch(name) or name in users or not is_hash(stored) or role is None:
            raise SettingsError(f"{path}:{number}: not a user, or one that is there already; write it with --add-user.")
        users[name] = User(stored, role)
    return users


def add_user(path: Path, name: str, password: str, role: Role | None = None) -> User:
    """Add a user to the file, which is made if there is none, or give the user a new password.

    Args:
        path: the file.
        name: the user's name.
        password: in the clear.
        role: what the user may do; None leaves it as it is, and makes a new user a reader.

    Raises:
        UsageError: the name or the password cannot be used.
        SettingsError: the file cannot be read or written.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be a user's name; use letters, digits and . _ @ + -, at most 64 of them.")
    if len(password) not in _PASSWORD:
        raise UsageError(f"a password has {_PASSWORD.start} to {_PASSWORD.stop - 1:,} characters.")
    users = read_users(path) if path.exists() else {}
    before = users[name].role if name in users else "reader"
    users[name] = User(hashed(password), role or before)
    _write(path, users)
    return users[name]


def set_role(path: Path, name: str, role: Role) -> None:
    """Give a user another role.

    Raises:
        UsageError: there is no such user.
        SettingsError: the file cannot be read or written.
    """
    users = _with(path, name)
    _write(path, {**users, name: replace(users[name], role=role)})


def remove_user(path: Path, name: str) -> None:
    """Take a user out of the file. The conversations stay, and are found again by who gets the same name.

    Raises:
        UsageError: there is no such user.
        SettingsError: the file cannot be read or written.
    """
    users = _with(path, name)
    del users[name]
    _write(path, users)


def _with(path: Path, name: str) -> dict[str, User]:
    users = read_users(path) if path.exists() else {}
    if name not in users:
        raise UsageError(f"{path}: there is no user {name}; `dateline user list` names those that there are.")
    return users


def _write(path: Path, users: Mapping[str, User]) -> None:
    write_private(path, "".join(f"{name}:{user.stored}:{user.role}\n" for name, user in users.items()))
