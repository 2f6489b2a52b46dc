"""Who may use the server: users with passwords (HTTP Basic) and programs with tokens (Bearer)."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import re
import secrets
import socket

from assistant.http.errors import HttpError
from assistant.http.passwords import matches, read_users, unknown
from assistant.http.rates import RateLimit
from index import Settings
from index.errors import SettingsError, UsageError

__all__ = ["Access", "check_exposure", "claimed"]

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,512}=*")
_CLAIMED = 64
"""Characters of a name that are repeated in the log."""
_GUESSES = 10
"""Wrong passwords and tokens a minute that one address may try."""


class Access:
    """Tells who makes a request. Without users and tokens everybody may, and nobody has a name.

    Args:
        users: names and hashed passwords.
        tokens: the bearer tokens.
    """

    def __init__(self, users: dict[str, str], tokens: list[str]) -> None:
        self._users = users
        self._tokens = {f"token {number}": _digest(token) for number, token in enumerate(tokens, start=1)}
        self._nobody = unknown()
        # A password is slow to check on purpose. One that was right is known again by a keyed hash, until the end.
        self._key = secrets.token_bytes(32)
        self._known: dict[bytes, str] = {}
        self._guesses = RateLimit(_GUESSES)
        self._checking = asyncio.Lock()

    @classmethod
    def of(cls, settings: Settings) -> Access:
        """Who may, by the settings.

        Raises:
            SettingsError: the file of users cannot be read, or a token cannot be used.
        """
        tokens = [token.strip() for token in settings.tokens.get_secret_value().split(",") if token.strip()]
        for number, token in enumerate(tokens, start=1):
            if not _TOKEN.fullmatch(token):
                raise SettingsError(
                    f"DATELINE_TOKENS: token {number} has fewer than 16 characters, or others than A-Z a-z 0-9 . _ ~ "
                    "+ / - =; make one with: python -c 'import secrets; print(secrets.token_urlsafe())'"
                )
        users = read_users(settings.users) if settings.users is not None else {}
        if settings.users is not None and not users:
            raise SettingsError(f"{settings.users}: has no user; add one with `dateline serve --add-user NAME`.")
        return cls(users, tokens)

    @property
    def required(self) -> bool:
        """Whether only some may use the server."""
        return bool(self._users or self._tokens)

    async def client(self, authorization: str, address: str) -> str:
        """The name of who makes a request.

        Args:
            authorization: the header, empty where there is none.
            address: where the request comes from; guessing is limited by it.

        Raises:
            HttpError: 401, or 429 after too many guesses.
        """
        scheme, _, given = authorization.strip().partition(" ")
        if not given:
            raise _refused("this server wants a user and password, or a bearer token.")
        user, secret = _basic(given.strip()) if scheme.lower() == "basic" else ("", given.strip())
        # In a browser, whose dialog knows passwords only, a token is one, whatever the user is called.
        key = self._keyed(user, secret)
        name = self._of_token(secret) or self._known.get(key)
        if name is None:
            # One at a time: guesses made at once are then counted, and a page that loads is checked once.
            async with self._checking:
                name = self._known.get(key) or await self._checked(user, secret, address)
                self._known[key] = name
        return name

    async def _checked(self, user: str, password: str, address: str) -> str:
        if wait := self._guesses.wait(address):
            raise HttpError(429, f"too many wrong passwords; try again in {wait} s.", {"Retry-After": str(wait)})
        if not await self._is_right(user, password):
            self._guesses.take(address)
            raise _refused("the user, the password or the token is not right.")
        return user

    def _of_token(self, token: str) -> str | None:
        digest = _digest(token)
        # All are compared, so that the time says nothing about which was nearly right.
        found = [name for name, wanted in self._tokens.items() if hmac.compare_digest(digest, wanted)]
        return found[0] if found else None

    async def _is_right(self, user: str, password: str) -> bool:
        if not (self._users and user):  # a token that was wrong is no password
            return False
        # Somebody unknown takes as long as a wrong password.
        right = await asyncio.to_thread(matches, password, self._users.get(user, self._nobody))
        return right and user in self._users

    def _keyed(self, user: str, password: str) -> bytes:
        return hmac.digest(self._key, f"{user}:{password}".encode("utf-8", "surrogatepass"), "sha256")


def check_exposure(settings: Settings) -> None:
    """Refuse to listen where others can come in without saying who they are.

    Raises:
        UsageError: the address is not of this machine alone, and there are no users and no tokens; or it is none.
        SettingsError: see `Access.of`.
    """
    if Access.of(settings).required or settings.insecure or _is_of_this_machine(settings.host):
        return
    raise UsageError(
        f"on {settings.host} others could read the articles: add a user with `dateline serve --add-user NAME --users "
        "FILE`, or set DATELINE_TOKENS; --insecure lets everybody in."
    )


def _is_of_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        pass
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise UsageError(f"cannot listen on {host} ({error.strerror or error}); use another --host.") from None
    return all(ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_loopback for each in found)


def claimed(authorization: str) -> str:
    """The user that a header says to be, which nothing has proved; of a token, only that it is one."""
    scheme, _, given = authorization.strip().partition(" ")
    return _basic(given.strip())[0][:_CLAIMED] if scheme.lower() == "basic" else "a token"


def _basic(given: str) -> tuple[str, str]:
    try:
        user, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError:  # of base64, of UTF-8, or of a header that is no ASCII
        return "", ""
    return user, password


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _refused(message: str) -> HttpError:
    # A scheme without a parameter, after another on one line, makes Chromium ask for no password at all.
    schemes = 'Basic realm="Dateline", charset="UTF-8", Bearer realm="Dateline"'
    return HttpError(401, message, {"WWW-Authenticate": schemes})
