"""Addresses that articles bring with them: which of them a reader may be sent to."""

from __future__ import annotations

from urllib.parse import urlsplit

from index.files.addresses import without_credentials


def safe_url(url: str | None) -> str | None:
    """The address of the original if a browser may be sent there: http or https, with a host, without a password."""
    if url is None:
        return None
    url = without_credentials(url)
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    clean = url.strip()
    usable = parts.scheme.lower() in ("http", "https") and host and clean.isprintable() and " " not in clean
    return clean if usable else None
