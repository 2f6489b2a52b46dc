"""Who a request really comes from, and under which of our names it was sent.

What a proxy says is believed only of the proxies that the settings name: anybody can write such headers, and Gradio
would make addresses of its own out of them. A page of another site can have its own name point to this machine ("DNS
rebinding") and then ask a server here as if it were its own. It cannot change that name in the Host header, and it
cannot do so with an address in place of a name.
"""

from __future__ import annotations

import ipaddress
import re
import socket

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.http.errors import HttpError
from assistant.settings import Settings
from index.errors import SettingsError, UsageError

_PREFIX = b"x-forwarded-"


class Proxies:
    """The proxies that are believed.

    Raises:
        SettingsError: one of them is no address.
    """

    def __init__(self, settings: Settings) -> None:
        given = [address.strip() for address in settings.proxies.split(",") if address.strip()]
        for address in given:
            if not _is_address(address.partition("%")[0]):
                raise SettingsError(f"DATELINE_PROXIES: {address!r} is no address; write such as 127.0.0.1.")
        self._believed = frozenset(given)

    @property
    def addresses(self) -> frozenset[str]:
        """Their addresses."""
        return self._believed

    def client_scope(self, scope: Scope) -> Scope:
        """The scope of a request with the client, scheme and host that its proxy says, or without what others say."""
        kept = [(name, value) for name, value in scope["headers"] if not _is_forwarding(name)]
        if _peer(scope) not in self._believed:
            return {**scope, "headers": kept}
        headers = Headers(scope=scope)
        # Each proxy appends whom it saw. From the right, the first that is none of ours is the client.
        chain = [address.strip() for address in ",".join(headers.getlist("x-forwarded-for")).split(",")]
        client = next((address for address in map(_without_port, reversed(chain)) if address not in self._believed), "")
        seen = {**scope, "headers": kept}
        if _is_address(
            client.partition("%")[0]
        ):  # else nobody knows; what stands further left the client may have made up
            seen["client"] = (client, 0)
        if headers.get("x-forwarded-proto") in ("http", "https"):
            seen["scheme"] = headers["x-forwarded-proto"]
        if "x-forwarded-host" in headers:
            host = headers["x-forwarded-host"].encode("latin-1")
            seen["headers"] = [(b"host", host), *((name, value) for name, value in kept if name != b"host")]
        return seen


def _without_port(address: str) -> str:
    """An address as some proxies write it, `1.2.3.4:5678` or `[2001:db8::1]:5678`, without its port."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def client_key(scope: Scope) -> str:
    """What tells a client without a name from others: its address, or its network, where it has 2^64 addresses."""
    address = _peer(scope).partition("%")[0]
    if not _is_address(address):
        return "unknown"
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False).network_address)


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _is_forwarding(name: bytes) -> bool:
    return name.startswith(_PREFIX) or name == b"forwarded"


_LOCAL = ("localhost", "127.0.0.1", "::1")
_NETLOC = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<name>[^\s:@/?#\[\]]+))(?::\d{1,5})?")


class Hosts:
    """The names that are ours.

    Raises:
        SettingsError: one of them is no name.
    """

    def __init__(self, settings: Settings) -> None:
        self._named = frozenset(name.strip().lower() for name in settings.allowed_hosts.split(",") if name.strip())
        for name in self._named:
            if _name(name) != name:
                raise SettingsError(f"DATELINE_ALLOWED_HOSTS: {name!r} is no name of a host; write news.example.org.")
        self._ours = self._named | {*_LOCAL, settings.host.lower()}
        self._all_addresses = _is_unspecified(settings.host)

    def check_name(self, hosts: list[str]) -> None:
        """Let a request pass that was sent to one of our names.

        Raises:
            HttpError: 421.
        """
        name = _name(hosts[0]) if len(hosts) == 1 else None
        if name is None or not self._is_ours(name):
            raise HttpError(
                421, "this server does not go by that name; DATELINE_ALLOWED_HOSTS says by which further ones it does."
            )

    def check_page(self, scheme: str, headers: Headers, *, changes: bool, may_be_linked: bool) -> None:
        """Let a request pass that a program makes, or a page of our own, or whoever follows a link to one of our pages.

        Raises:
            HttpError: 403 for the page of another site.
        """
        # Scheme, host and port, whose default ones are left out in both.
        origin = headers.get("origin")
        is_ours = origin is None or origin.lower() == f"{scheme}://{headers['host']}".lower()
        # Of what browsers say themselves, and no page can change: who makes the request, and what for.
        site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode")
        is_linked = may_be_linked and not changes and mode == "navigate"
        if not is_ours or not (site in ("same-origin", "none") or is_linked):
            raise HttpError(403, "pages of other sites may not use this server.")

    def _is_ours(self, name: str) -> bool:
        return name in self._ours or (self._all_addresses and _is_address(name))


def _name(netloc: str) -> str | None:
    match = _NETLOC.fullmatch(netloc)
    return None if match is None else (match["v6"] or match["name"]).lower().removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_unspecified(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def is_of_this_machine(host: str) -> bool:
    """Whether only this machine can reach an address to listen on.

    Raises:
        UsageError: it is none.
    """
    if _is_address(host):
        return ipaddress.ip_address(host).is_loopback
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise UsageError(f"cannot listen on {host} ({error.strerror or error}); use another --host.") from None
    return all(ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_loopback for each in found)
