"""The file of users, a line each. It is replaced as a whole, and a running server sees that at once.

```
NAME:HASH:ROLE        HASH is scrypt$N$R$P$SALT$HASH, salt and hash in base64
```
Earlier versions wrote no role: such a user is an editor, who may do what every user could do then. The parameters of
scrypt are those that the OWASP Password Storage Cheat Sheet gives for 16 MiB of memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.http.clients import ROLES, Role
from index.errors import SettingsError, UsageError
from index.store.home import write_private

_N, _R, _P = 2**14, 8, 5
_MEMORY = 64 * 1024 * 1024


def hashed(password: str) -> str:
    """A password as the file of users holds it."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${_base64(salt)}${_base64(_scrypt(password, salt, _N, _R, _P))}"


def matches(password: str, stored: str) -> bool:
    """Whether it is the password that was hashed. It takes the same time whichever it is: about 0.2 s of a core."""
    _, n, r, p, salt, wanted = stored.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, base64.b64decode(wanted))


def unknown() -> str:
    """What is compared with the password of somebody who is not in the file, so that it takes as long."""
    return f"scrypt${_N}${_R}${_P}${_base64(secrets.token_bytes(16))}${_base64(secrets.token_bytes(32))}"


def is_hash(stored: str) -> bool:
    """Whether this can be what `hashed` made, of a cost that can be borne."""
    try:
        method, n, r, p, salt, found = stored.split("$")
        cost, blocks, rounds = int(n), int(r), int(p)
        lengths = len(base64.b64decode(salt, validate=True)), len(base64.b64decode(found, validate=True))
    except (ValueError, binascii.Error):
        return False
    possible = cost > 1 and cost & (cost - 1) == 0 and blocks > 0 and rounds > 0
    return method == "scrypt" and possible and 128 * cost * blocks * rounds <= _MEMORY * 2 and lengths == (16, 32)


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


USERS_NAME = "users.txt"
"""The file in the home folder, where the settings name no other one."""

_PASSWORD = range(8, 1025)
_NAME = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class User:
    """One who may use the server."""

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
            raise SettingsError(f"{path}:{number}: not a user, or one that is there already; see `dateline user`.")
        users[name] = User(stored, role)
    return users


def add_user(path: Path, name: str, password: str, role: Role | None = None) -> User:
    """Add a user to the file, which is made if there is none, or give the user a new password.

    Args:
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
