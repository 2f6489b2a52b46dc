"""Addresses as articles give them, without what only the writer of the article should have."""

from __future__ import annotations

import re

_USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]{0,20}:)?(//)[^/?#]*@")


def without_credentials(url: str) -> str:
    """An address without the `user:password@` before its host: it is no part of where something is."""
    return _USERINFO.sub(r"\1\2", url.strip()) if "@" in url else url
