"""Passwords as they are stored: hashed by scrypt, with a salt each.

```
scrypt$N$R$P$SALT$HASH        salt and hash in base64
```
The parameters are those that the OWASP Password Storage Cheat Sheet gives for 16 MiB of memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

__all__ = ["hashed", "is_hash", "matches", "unknown"]

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
