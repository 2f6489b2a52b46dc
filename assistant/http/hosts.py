"""Under which names the server may be asked, and by which pages.

A page of another site can have its own name point to this machine ("DNS rebinding") and then ask a server here as if it
were its own. It cannot change that name in the Host header, and it cannot do so with an address in place of a name.
"""

from __future__ import annotations

import ipaddress
import re

from starlette.datastructures import Headers

from assistant.http.errors import HttpError
from assistant.settings import Settings
from index.errors import SettingsError

__all__ = ["Hosts"]

_LOCAL = ("localhost", "127.0.0.1", "::1")
_NETLOC = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<name>[^\s:@/?#\[\]]+))(?::\d{1,5})?")


class Hosts:
    """The names that are ours.

    Args:
        settings: the address that is listened on, and further names.

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

        Args:
            hosts: the values of the Host header.

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

        Args:
            scheme: by which it came: http or https.
            headers: of the request, with one Host.
            changes: whether it may change something.
            may_be_linked: whether what it asks for is a page.

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
