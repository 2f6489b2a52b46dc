"""Who may use the server: users with passwords (a session, or HTTP Basic) and programs with tokens (Bearer)."""

from __future__ import annotations

import asyncio
import base64
import hmac
import logging
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from starlette.datastructures import Headers

from assistant.http.addresses import is_of_this_machine
from assistant.http.clients import EVERYBODY, SOMEBODY, Client
from assistant.http.errors import HttpError
from assistant.http.limits import RateLimit
from assistant.http.sessions import SESSIONS_NAME, Proof, Sessions, session_in
from assistant.http.tokens import TOKENS_NAME, Token, digest_of, read_tokens, tokens_of_setting
from assistant.http.users import USERS_NAME, User, matches, read_users, unknown
from assistant.settings import Settings
from index.errors import SettingsError, UsageError

_T = TypeVar("_T")


class Watched(Generic[_T]):
    """What a file says, read again when it is another one.

    Args:
        read: reads it, and raises where it cannot be used.
        empty: what it says where it is not there.
    """

    def __init__(self, path: Path, read: Callable[[Path], _T], empty: _T) -> None:
        self.path = path
        self._read = read
        self._empty = empty
        self._seen: tuple[object, _T] | None = None

    def now(self) -> _T:
        """What the file says now."""
        stamp = self._stamp()
        if self._seen is None or self._seen[0] != stamp:
            self._seen = (stamp, self._empty if stamp is None else self._read(self.path))
        return self._seen[1]

    def _stamp(self) -> object:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        # It is replaced as a whole, and so has another inode.
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


_log = logging.getLogger(__name__)

_CLAIMED = 64
"""Characters of a name that are repeated in the log."""
_GUESSES = 10
"""Wrong passwords and tokens a minute that one address may try."""


class Access:
    """Tells who makes a request, by the users and tokens that there are just then.

    Without users and tokens everybody may, and nobody has a name. Once there were some, somebody must say who they are
    until the server ends, whatever becomes of the files.

    Raises:
        SettingsError: a file cannot be read, or a token cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._users: Watched[dict[str, User]] = Watched(users_path(settings), read_users, {})
        self._tokens: Watched[list[Token]] = Watched(settings.home / TOKENS_NAME, read_tokens, [])
        self._of_setting = tokens_of_setting(settings.tokens.get_secret_value())
        if settings.users is not None and not read_users(settings.users):
            raise SettingsError(f"{settings.users}: has no user; add one with `dateline user add NAME`.")
        self._unnamed = EVERYBODY if settings.insecure else SOMEBODY
        self._required = False
        self._everything()  # to name a line that cannot be used now, and not at the first request
        self._nobody = unknown()
        self.sessions = Sessions(settings.session_hours, settings.home / SESSIONS_NAME)
        # A password is slow to check on purpose. One that was right is known again by a keyed hash, until the end.
        self._key = secrets.token_bytes(32)
        self._known: dict[bytes, Proof] = {}
        self._guesses = RateLimit(_GUESSES)
        self._checking = asyncio.Lock()

    @property
    def required(self) -> bool:
        """Whether only some may use the server.

        Raises:
            HttpError: 503, a file of users or tokens cannot be read now; nobody comes in until it can.
        """
        self._now()
        return self._required

    async def client(self, headers: Headers, scheme: str, address: str) -> Client:
        """Who makes a request.

        Args:
            address: where it comes from; guessing is limited by it.

        Raises:
            HttpError: 401, 429 after too many guesses, or 503 as `required`.
        """
        if not self.required:
            return self._unnamed
        authorization = headers.get("authorization", "")
        scheme_given, _, given = authorization.strip().partition(" ")
        if given:
            user, secret = _basic(given.strip()) if scheme_given.lower() == "basic" else ("", given.strip())
            return await self.known(user, secret, address)
        if client := self.in_session(headers, scheme):
            return client
        raise _refused("this server wants a user and password, or a bearer token.", headers)

    def in_session(self, headers: Headers, scheme: str) -> Client | None:
        """Whose session the cookie of a request is of; None where there is none that counts now."""
        proof = self.sessions.proof(session_in(headers.get("cookie", ""), scheme))
        return self._proved(proof) if proof else None

    async def known(self, user: str, secret: str, address: str) -> Client:
        """Who has this name and password, or, whatever the name, this token.

        Raises:
            HttpError: as `client`.
        """
        return self._still(await self._proof(user, secret, address))

    async def signed_in(self, user: str, secret: str, address: str) -> tuple[Client, str]:
        """The same, and the secret of a session that has begun.

        Raises:
            HttpError: as `client`.
        """
        proof = await self._proof(user, secret, address)
        return self._still(proof), self.sessions.begin(proof)

    async def _proof(self, user: str, secret: str, address: str) -> Proof:
        # In a dialog that knows passwords only, a token is one, whatever the user is called.
        if token := self._token(digest_of(secret)):
            return Proof(token.client.key, token.digest)
        key = hmac.digest(self._key, f"{user}:{secret}".encode("utf-8", "surrogatepass"), "sha256")
        if (proof := self._known.get(key)) and self._proved(proof):
            return proof
        # One at a time: guesses made at once are then counted, and a page that loads is checked once.
        async with self._checking:
            if (proof := self._known.get(key)) and self._proved(proof):
                return proof
            self._known[key] = await self._checked(user, secret, address)
            return self._known[key]

    async def _checked(self, user: str, password: str, address: str) -> Proof:
        if wait := self._guesses.wait(address):
            raise HttpError(429, f"too many wrong passwords; try again in {wait} s.", {"Retry-After": str(wait)})
        users, _ = self._now()
        if user and users:  # a token that was wrong is no password
            # Somebody unknown takes as long as a wrong password.
            stored = users[user].stored if user in users else self._nobody
            if await asyncio.to_thread(matches, password, stored) and user in users:
                return Proof(user, stored)
        self._guesses.take(address)
        raise _refused("the user, the password or the token is not right.")

    def _still(self, proof: Proof) -> Client:
        client = self._proved(proof)
        if client is None:  # taken away while the password was checked
            raise _refused("the user, the password or the token is not right.")
        return client

    def _proved(self, proof: Proof) -> Client | None:
        """Who that is now: users and tokens go, and passwords change."""
        users, _ = self._now()
        if (user := users.get(proof.key)) is not None:
            return Client(proof.key, proof.key, user.role) if user.stored == proof.stored else None
        token = self._token(proof.stored)
        return token.client if token and token.client.key == proof.key else None

    def _token(self, digest: str) -> Token | None:
        # All are compared, so that the time says nothing about which was nearly right.
        found = [token for token in self._now()[1] if hmac.compare_digest(digest, token.digest)]
        return found[0] if found else None

    def _now(self) -> tuple[dict[str, User], list[Token]]:
        try:
            return self._everything()
        except (SettingsError, OSError) as error:
            _log.error("nobody can be let in: %s", error)
            raise HttpError(503, "who may come in cannot be read now; the server's log says why.") from None

    def _everything(self) -> tuple[dict[str, User], list[Token]]:
        users, tokens = self._users.now(), [*self._of_setting, *self._tokens.now()]
        self._required = self._required or bool(users or tokens)
        return users, tokens


def users_path(settings: Settings) -> Path:
    """The file of users: the one that is set, or the one in the home folder."""
    return settings.users or settings.home / USERS_NAME


def check_exposure(settings: Settings) -> None:
    """Refuse to listen where others can come in without saying who they are.

    Raises:
        UsageError: the address is not of this machine alone, and there are no users and no tokens; or it is none.
        SettingsError: see `Access`.
    """
    if Access(settings).required or settings.insecure or is_of_this_machine(settings.host):
        return
    raise UsageError(
        f"on {settings.host} others could read the articles: add a user with `dateline user add NAME`, or a token with "
        "`dateline token add NAME`; --insecure lets everybody in."
    )


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


def _refused(message: str, headers: Headers | None = None) -> HttpError:
    # A scheme without a parameter, after another on one line, makes Chromium ask for no password at all.
    schemes = 'Basic realm="Dateline", charset="UTF-8", Bearer realm="Dateline"'
    if headers is not None and headers.get("user-agent", "").startswith("Mozilla/"):
        # A browser would put its own dialog over a page whose session has ended; the page has a form.
        schemes = 'Bearer realm="Dateline"'
    return HttpError(401, message, {"WWW-Authenticate": schemes})
