"""The headers that every answer of the server carries, to have the browser forbid what is never needed."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

__all__ = ["PAGE_POLICY", "add_security_headers", "api_policy"]

PAGE_POLICY = (
    # Gradio's own pages need inline scripts and styles, and evaluate their templates. What they never need is any
    # other host: so nothing that slipped through could load or send anything.
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of the pages."""

_COMMON = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def api_policy(*styles: str) -> str:
    """The Content-Security-Policy of what is no page: nothing is loaded, and only the named inline styles hold.

    Args:
        styles: their hashes, as `sha256-...`.
    """
    allowed = " ".join(f"'{style}'" for style in styles) or "'none'"
    return f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def add_security_headers(headers: MutableHeaders, *, api: bool) -> None:
    """Add them to the headers of an answer, where it has not set its own, and take away what lets other sites read it.

    Args:
        headers: what the answer has so far.
        api: whether it is of the HTTP API rather than a page.
    """
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]
    for name, value in {"Content-Security-Policy": api_policy() if api else PAGE_POLICY, **_COMMON}.items():
        headers.setdefault(name, value)
