"""Generations on a Chroma server, each a collection. It lets many write and read at once, so a generation can grow."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
import weakref
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import ServerError, SettingsError, StoreError
from index.vectors.generation import HNSW, REPAIR, Generation, close_client

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI

_DELAYS = (0.2, 0.5, 1.0, 2.0)  # seconds before a request that failed is made again
_GREETING_TIMEOUT = 5.0  # seconds that a server may take to say which version it is
_TIMEOUT = 60.0  # seconds that it may take for anything else


class ServerPlace:
    """The collections of one store on a Chroma server.

    Args:
        url: the server's address: scheme, host and perhaps port.

    Raises:
        SettingsError: the address cannot be used.
    """

    shared = True

    def __init__(self, url: str, store: str) -> None:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if host is None or parts.scheme not in ("http", "https") or parts.path.strip("/") or parts.query:
            raise SettingsError(f"DATELINE_CHROMA_URL={url!r} is no address of a server; write http://HOST:PORT.")
        self._host, self._ssl = host, parts.scheme == "https"
        self._port = port or (443 if self._ssl else 8000)
        bracketed = f"[{host}]" if ":" in host else host
        self.address = f"{parts.scheme}://{bracketed}:{self._port}"
        self._prefix = f"dateline-{store}-"
        self._connected: ClientAPI | None = None

    def check(self) -> None:
        """Ask the server which version it is.

        Raises:
            ServerError: it is away, is no Chroma server, or one that this program's Chroma does not get on with.
        """
        theirs = str(self._guard("be reached", self._version))
        ours = version("chromadb")
        # What a server gives is the version of its interface: every Chroma from 1.0 to 1.5 says 1.0.0.
        if theirs.split(".")[0] != ours.split(".")[0]:
            raise ServerError(
                f"{self.address}: this is Chroma {theirs}, which Chroma {ours} cannot speak with; start a server of "
                "that version with `chroma run`, or unset DATELINE_CHROMA_URL."
            )

    def names(self) -> set[str]:
        """The names of all generations of this store there, also of unfinished ones."""
        collections = self._guard("be listed", lambda: self._client().list_collections())
        names = (collection.name for collection in collections)
        return {name.removeprefix(self._prefix) for name in names if name.startswith(self._prefix)}

    def holds(self, name: str) -> bool:
        """Whether a generation is there; the server looks after its files."""
        return name in self.names()

    def open(self, name: str) -> Generation:
        """Open a generation for reading.

        Raises:
            ServerError: the server cannot be used.
            StoreError: the generation is not there.
        """
        full = self._prefix + name
        collection = self._guard("be opened", lambda: self._client().get_collection(full, embedding_function=None))
        return Generation(name, collection, self._guard, _nothing)

    def create(self, name: str, base: str | None) -> Generation:  # noqa: ARG002
        """Make an empty generation for writing; a `base` is not copied: on a server a generation grows instead.

        Raises:
            ServerError: the server cannot be used.
        """
        full = self._prefix + name
        collection = self._guard(
            "be made",
            lambda: self._client().get_or_create_collection(
                full, configuration={"hnsw": HNSW}, embedding_function=None
            ),
        )
        return Generation(name, collection, self._guard, _nothing)

    def settle(self, name: str) -> None:
        """The server sees to that."""

    def remove(self, name: str) -> None:
        """Remove a generation, if it is there and the server is."""
        with suppress(StoreError):  # it is in nobody's way: a later run, or the doctor, removes it
            self._guard("be removed", lambda: self._client().delete_collection(self._prefix + name))

    def _client(self) -> ClientAPI:
        if self._connected is None:
            self.check()
            import chromadb
            from chromadb.config import Settings as ChromaSettings

            settings = ChromaSettings(anonymized_telemetry=False)
            client = chromadb.HttpClient(host=self._host, port=self._port, ssl=self._ssl, settings=settings)
            apis: Any = (client, client._admin_client)  # type: ignore[attr-defined]  # noqa: SLF001
            sessions = [api._server._session for api in apis]  # noqa: SLF001
            for session in sessions:
                session.timeout = _TIMEOUT  # Chroma waits for ever otherwise, and has no setting for it
            weakref.finalize(self, _close, client, sessions)
            self._connected = client
        return self._connected

    def _version(self) -> str:
        request = f"{self.address}/api/v2/version"
        try:
            with urllib.request.urlopen(request, timeout=_GREETING_TIMEOUT) as response:  # noqa: S310  http or https
                found = json.loads(response.read(1_000))
        except (urllib.error.HTTPError, ValueError):
            found = None
        except urllib.error.URLError as error:
            raise ConnectionError(str(error.reason)) from None
        if not isinstance(found, str) or not re.match(r"\d+\.\d+", found):
            raise ServerError(f"{self.address}: this is no Chroma server; check DATELINE_CHROMA_URL.")
        return found

    def _guard(self, what: str, action: Callable[[], Any]) -> Any:
        """Run a request; again, after a while, where the server was away."""
        for delay in (*_DELAYS, None):
            try:
                return action()
            except (StoreError, KeyboardInterrupt, SystemExit, GeneratorExit):
                raise
            # As in `chroma_errors`: what Chroma raises shares no base.
            except BaseException as error:
                reason = " ".join(str(error).split())[:200] or type(error).__name__
                if not _is_away(error):
                    raise StoreError(f"{self.address}: the vector index cannot {what} ({reason}); {REPAIR}.") from error
                if delay is None:
                    raise ServerError(
                        f"{self.address}: the Chroma server does not answer ({reason}); start it, or check "
                        "DATELINE_CHROMA_URL, then run the same command again: what was stored stays."
                    ) from error
                time.sleep(delay)
        raise AssertionError("the last attempt returns or raises")


def _is_away(error: BaseException) -> bool:
    """Whether an error says that the server cannot be reached or did not answer, rather than what it answered."""
    import httpx

    return isinstance(error, (httpx.HTTPError, OSError)) or "Could not connect to a Chroma server" in str(error)


def _close(client: ClientAPI, sessions: Iterable[httpx.Client]) -> None:
    """Let go of a client and its connections, which Chroma leaves to the collector; no other client shares them."""
    close_client(client)
    for session in sessions:
        session.close()


def _nothing() -> None:
    """The connection is the place's, and outlives the generation."""
