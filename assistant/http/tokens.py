"""Tokens for programs: made here or named in DATELINE_TOKENS, and known by their hash. The file has a line for each.

```
NAME:ROLE:SHA-256:DAY
```
A token is 32 random bytes, so nothing is gained by a slow hash. Who it is goes by the token itself and not by its name
or its place in a list: another token never finds what this one was used for.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.http.clients import ROLES, Client, Role
from index.errors import SettingsError, UsageError
from index.store.home import write_private

TOKENS_NAME = "tokens.txt"
"""The file in the home folder."""

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,512}=*")
_NAME = re.compile(r"[\w.@+-]{1,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Token:
    """One program's token.

    Attributes:
        digest: SHA-256 of the token, in hexadecimal digits.
        made: the day on which it was made; None for one of the settings.
    """

    name: str
    role: Role
    digest: str
    made: dt.date | None = None

    @property
    def client(self) -> Client:
        """Who a program with this token is."""
        return Client(f"token:{self.digest}", f"token {self.name}", self.role)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def tokens_of_setting(setting: str) -> list[Token]:
    """The tokens of DATELINE_TOKENS: `TOKEN` or `NAME:TOKEN`, separated by commas. They may be used to ask.

    Raises:
        SettingsError: one of them cannot be used.
    """
    tokens = []
    for number, each in enumerate(filter(None, map(str.strip, setting.split(","))), start=1):
        name, _, token = each.rpartition(":")
        if not _TOKEN.fullmatch(token) or (":" in each and not _NAME.fullmatch(name)):
            raise SettingsError(
                f"DATELINE_TOKENS: token {number} is neither TOKEN nor NAME:TOKEN, with a token of at least 16 of "
                "A-Z a-z 0-9 . _ ~ + / - =; `dateline token add NAME` makes one that needs no setting."
            )
        digest = digest_of(token)
        tokens.append(Token(name or digest[:8], "reader", digest))
    return tokens


def read_tokens(path: Path) -> list[Token]:
    """The tokens of a file.

    Raises:
        SettingsError: the file cannot be read, or a line of it cannot be used.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: the tokens cannot be read ({error}); move the file away, and make new ones."
        ) from None
    tokens: dict[str, Token] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            token = _token(line.strip())
            if token is None or token.name in tokens:
                raise SettingsError(f"{path}:{number}: not a token, or one of a name that is there; delete the line.")
            tokens[token.name] = token
    return list(tokens.values())


def add_token(path: Path, name: str, role: Role = "reader") -> str:
    """Make a token, and note its hash in the file, which is made if there is none; returns the token, kept nowhere.

    Raises:
        UsageError: the name cannot be used, or is taken.
        SettingsError: the file cannot be read or written.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be a token's name; use letters, digits and . _ @ + -, at most 64 of them.")
    tokens = read_tokens(path) if path.exists() else []
    if any(token.name == name for token in tokens):
        raise UsageError(f"there is a token {name} already; revoke it first, or choose another name.")
    made = secrets.token_urlsafe()
    _write(path, [*tokens, Token(name, role, digest_of(made), dt.datetime.now(dt.UTC).date())])
    return made


def revoke_token(path: Path, name: str) -> None:
    """Take a token out of the file.

    Raises:
        UsageError: there is none of this name.
        SettingsError: the file cannot be read or written.
    """
    tokens = read_tokens(path) if path.exists() else []
    left = [token for token in tokens if token.name != name]
    if len(left) == len(tokens):
        raise UsageError(f"there is no token {name}; `dateline token list` names those that there are.")
    _write(path, left)


def _token(line: str) -> Token | None:
    parts = line.split(":")
    role = next((role for role in ROLES if role in parts[1:2]), None)
    if len(parts) != 4 or role is None or not _NAME.fullmatch(parts[0]) or not _DIGEST.fullmatch(parts[2]):
        return None
    try:
        return Token(parts[0], role, parts[2], dt.date.fromisoformat(parts[3]))
    except ValueError:
        return None


def _write(path: Path, tokens: Iterable[Token]) -> None:
    write_private(path, "".join(f"{each.name}:{each.role}:{each.digest}:{each.made}\n" for each in tokens))
