"""The file of users: names and hashed passwords, a line each.

```
NAME:scrypt$N$R$P$SALT$HASH        salt and hash in base64
```
The parameters of scrypt are those that the OWASP Password Storage Cheat Sheet gives for 16 MiB of memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from index.errors import SettingsError, UsageError

__all__ = ["add_user", "hashed", "matches", "read_users", "unknown"]

_N, _R, _P = 2**14, 8, 5
_MEMORY = 64 * 1024 * 1024
_PASSWORD = range(8, 1025)
_NAME = re.compile(r"[\w.@+-]{1,64}")


def hashed(password: str) -> str:
    """A password as the file holds it."""
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


def read_users(path: Path) -> dict[str, str]:
    """The hashed password of each user.

    Raises:
        SettingsError: the file cannot be read, or a line of it cannot be used.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: the users cannot be read ({error}); make it with --add-user NAME.") from None
    users: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        name, _, stored = line.strip().partition(":")
        if not _NAME.fullmatch(name) or name in users or not _is_hash(stored):
            raise SettingsError(f"{path}:{number}: not a user, or one that is there already; write it with --add-user.")
        users[name] = stored
    return users


def add_user(path: Path, name: str, password: str) -> None:
    """Add a user to the file, which is made if there is none, or give the user a new password.

    Raises:
        UsageError: the name or the password cannot be used.
        SettingsError: the file cannot be read.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be a user's name; use letters, digits and . _ @ + -, at most 64 of them.")
    if len(password) not in _PASSWORD:
        raise UsageError(f"a password has {_PASSWORD.start} to {_PASSWORD.stop - 1:,} characters.")
    users = {**(read_users(path) if path.exists() else {}), name: hashed(password)}
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{user}:{stored}\n" for user, stored in users.items())
    fresh.replace(path)


def _is_hash(stored: str) -> bool:
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
