"""The headers that every answer of the server carries, to have the browser forbid what is never needed."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

__all__ = ["PAGE_POLICY", "add_security_headers", "closed_policy"]

_COMMON = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of a page of ours: files of this server, and nothing that stands in the page itself."""


def closed_policy(*styles: str) -> str:
    """The Content-Security-Policy of what is no page: nothing is loaded or run, and only the named inline styles hold.

    Args:
        styles: their hashes, as `sha256-...`.
    """
    allowed = " ".join(f"'{style}'" for style in styles) or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )


def add_security_headers(headers: MutableHeaders) -> None:
    """Add them to the headers of an answer, where it has not set its own, and take away what lets other sites read it.

    Args:
        headers: what the answer has so far.
    """
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]
    for name, value in {"Content-Security-Policy": _CLOSED, **_COMMON}.items():
        headers.setdefault(name, value)


_CLOSED = closed_policy()
