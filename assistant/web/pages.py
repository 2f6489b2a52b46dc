"""The pages: documents and scripts of ours alone, which speak to /api. Every address of the page gives the same one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as Served
from starlette.staticfiles import StaticFiles

from assistant.http.responses import PAGE_POLICY
from assistant.http.routes import Route

_STATIC = Path(__file__).with_name("static")

_FILE = r"[\w-]+(?:\.[\w-]+)*"
"""The name of a file: it begins with no point, so that it leads to no other folder."""

PAGE_ROUTES = (
    # What strangers need to sign in.
    Route(re.compile(r"/sign-in"), is_document=True, is_open=True),
    Route(
        re.compile(
            r"/page/(?:(?:sign-in|dom|text)\.js|(?:colours|fonts|dateline)\.css|favicon\.svg|fonts/[\w-]+[\w.-]*\.woff2)"
        ),
        is_open=True,
    ),
    Route(re.compile(rf"/page/(?:fonts/)?{_FILE}")),
    # A conversation, a citation in it (turn and number), an article: router.js reads them.
    Route(re.compile(r"/(?:conversations/\d+(?:/\d+/\d+)?|articles/.+)?", re.DOTALL | re.ASCII), is_document=True),
)
"""What there is beside the API."""


def pages() -> list[BaseRoute]:
    """What is served under those addresses."""
    return [
        Mount("/page", _Scripts(directory=_STATIC)),
        Served("/sign-in", _page("sign-in.html")),
        Served("/", _page("page.html")),
        Served("/conversations/{rest:path}", _page("page.html")),
        Served("/articles/{rest:path}", _page("page.html")),
    ]


class _Scripts(StaticFiles):
    """Files of which a browser asks every time whether they have changed: old ones must not meet a new page.

    Fonts are kept for good: another version has another name.
    """

    def file_response(self, full_path: str | os.PathLike[str], *args: Any, **more: Any) -> Response:
        """As Starlette's, with how long it may be used again unasked."""
        response = super().file_response(full_path, *args, **more)
        is_font = Path(full_path).suffix == ".woff2"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_font else "no-cache"
        return response


def _page(name: str) -> Any:
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store"}

    def served(request: Request) -> Response:  # noqa: ARG001
        return FileResponse(_STATIC / name, media_type="text/html; charset=utf-8", headers=headers)

    return served
