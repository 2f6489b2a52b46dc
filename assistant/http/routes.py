"""Which paths of the server there are. What is on no list here does not exist for anybody: it is 404.

Most of the server is Gradio's, which brings some seventy routes: some write files, some open addresses that a request
names, some belong to features that no page here has. The page needs a dozen of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["PAGE", "ROUTES", "UPLOAD", "Route", "route_of"]

PAGE = "/"
UPLOAD = "/page/upload"

_FILE = r"[\w-]+(?:\.[\w-]+)*"
"""The name of a file: it begins with no point, so that it leads to no other folder."""

_READ = frozenset({"GET", "HEAD"})
_POST = frozenset({"POST"})


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of path that there is.

    Attributes:
        path: what the whole path matches.
        methods: what may be done with it. None leaves that to the API, which says what may.
        is_work: whether it counts for the rate limit. A page loads dozens of files at once, and machines ask for health
            all the time: these do not.
        is_document: whether pages of other sites may link to it.
        is_open: whether it is for strangers too, who need it to sign in.
    """

    path: re.Pattern[str]
    methods: frozenset[str] | None = _READ
    is_work: bool = False
    is_document: bool = False
    is_open: bool = False


ROUTES = (
    Route(re.compile(PAGE), is_document=True),
    # What strangers need to sign in.
    Route(re.compile(r"/sign-in"), is_document=True, is_open=True),
    Route(re.compile(r"/page/(?:sign-in\.js|dateline\.css)|/favicon\.ico"), is_open=True),
    Route(re.compile(r"/api/session"), None, is_open=True),
    Route(re.compile(UPLOAD), _POST, is_work=True),
    Route(re.compile(rf"/page/{_FILE}")),
    # The API.
    Route(re.compile(r"/api(?:/openapi\.json|/health)?"), None),
    Route(re.compile(r"/api/docs"), None, is_document=True),
    Route(re.compile(r"/api/(?:ask(?:/stream)?|articles(?:/.*)?)", re.DOTALL), None, is_work=True),
    # What the page needs of Gradio: its own files, and the ways in which the script calls us.
    Route(re.compile(rf"/assets/{_FILE}|/theme\.css|/favicon\.ico|/robots\.txt")),
    Route(re.compile(rf"/static/(?:fonts|js|img)/(?:{_FILE}/)*{_FILE}")),
    Route(re.compile(r"/gradio_api/queue/data"), frozenset({"GET"})),
    Route(re.compile(r"/gradio_api/queue/join|/gradio_api/component_server/?"), _POST, is_work=True),
    # The tools for programs, over streamable HTTP.
    Route(re.compile(r"/gradio_api/mcp/"), frozenset({"GET", "POST", "DELETE"}), is_work=True),
)


def route_of(method: str, path: str) -> Route | None:
    """What a request asks for, None if there is nothing.

    Args:
        method: of the request.
        path: decoded, as the server's router will see it.
    """
    for route in ROUTES:
        if route.path.fullmatch(path):
            return route if route.methods is None or method in route.methods else None
    return None
