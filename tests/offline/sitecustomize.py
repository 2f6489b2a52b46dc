"""Forbids every connection and name look-up except to this machine itself.

Installed by tests/conftest.py in the test process, and by PYTHONPATH in every Python process that a test starts.
"""

import ipaddress
import sys

_EVENTS = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}


def is_local(address: object) -> bool:
    """Whether an address, as an audit event gives it, is on this machine."""
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return host is None
    # A path is a Unix socket; an empty host is every address of this machine, to listen on.
    if host in ("", "localhost") or host.startswith(("/", "\0")):
        return True
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    return ip.is_loopback or ip.is_unspecified


def forbid_network() -> None:
    """From now on, going out raises ConnectionRefusedError."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _EVENTS:
            address = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
            if not is_local(address):
                message = f"a test went out to the network: {event} {address!r}"
                raise ConnectionRefusedError(message)

    sys.addaudithook(hook)


forbid_network()
