"""Who a request really comes from, where a proxy stands before the server.

What a proxy says is believed only of the proxies that the settings name: anybody can write such headers, and Gradio
would make addresses of its own out of them.
"""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.settings import Settings
from index.errors import SettingsError

__all__ = ["Proxies", "client_key"]

_PREFIX = b"x-forwarded-"


class Proxies:
    """The proxies that are believed.

    Args:
        settings: their addresses.

    Raises:
        SettingsError: one of them is no address.
    """

    def __init__(self, settings: Settings) -> None:
        given = [address.strip() for address in settings.proxies.split(",") if address.strip()]
        for address in given:
            if not _is_address(address):
                raise SettingsError(f"DATELINE_PROXIES: {address!r} is no address; write such as 127.0.0.1.")
        self._believed = frozenset(given)

    @property
    def addresses(self) -> frozenset[str]:
        """Their addresses."""
        return self._believed

    def seen_through(self, scope: Scope) -> Scope:
        """The scope of a request with the client, scheme and host that its proxy says, or without what others say."""
        kept = [(name, value) for name, value in scope["headers"] if not _is_forwarding(name)]
        if _peer(scope) not in self._believed:
            return {**scope, "headers": kept}
        headers = Headers(scope=scope)
        # Each proxy appends whom it saw. From the right, the first that is none of ours is the client.
        chain = [address.strip() for address in ",".join(headers.getlist("x-forwarded-for")).split(",")]
        client = next((address for address in map(_without_port, reversed(chain)) if address not in self._believed), "")
        seen = {**scope, "headers": kept}
        if _is_address(client):  # else nobody knows; what stands further left the client may have made up
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
    address = _peer(scope)
    if not _is_address(address):
        return "unknown"
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False).network_address)


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _is_forwarding(name: bytes) -> bool:
    return name.startswith(_PREFIX) or name == b"forwarded"


def _is_address(address: str) -> bool:
    try:
        ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return True
