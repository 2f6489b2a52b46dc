"""Which paths of the API there are. What is on no list does not exist for anybody: it is 404.

What is served beside the API has a list of its own, as `assistant.web` has for the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

UPLOAD = "/api/library/files"
"""Where a request may carry a file."""

READ = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of path that there is.

    Attributes:
        methods: what may be done with it. None leaves that to the API, which says what may.
        is_work: whether it counts for the rate limit. A page loads dozens of files at once, and machines ask for health
            all the time: these do not.
        is_document: whether pages of other sites may link to it.
        is_open: whether it is for strangers too, who need it to sign in.
    """

    path: re.Pattern[str]
    methods: frozenset[str] | None = READ
    is_work: bool = False
    is_document: bool = False
    is_open: bool = False


API_ROUTES = (
    Route(re.compile(r"/api/session"), None, is_open=True),
    Route(re.compile(r"/api(?:/openapi\.json|/health|/settings)?"), None),
    Route(re.compile(r"/api/docs"), None, is_document=True),
    Route(re.compile(r"/api/(?:users|tokens)(?:/[^/]+)?|/api/log"), None, is_work=True),
    Route(re.compile(r"/api/(?:ask(?:/stream)?|stories|articles(?:/.*)?)", re.DOTALL), None, is_work=True),
    Route(re.compile(r"/api/conversations(?:/\d+(?:/export/\w+|/turns/\d+/feedback)?)?", re.ASCII), None, is_work=True),
    Route(re.compile(r"/api/watches(?:/feed|/\d+(?:/looked)?)?", re.ASCII), None, is_work=True),
    Route(re.compile(r"/api/(?:suggestions|front|library(?:/removed|/files|/changes)?)"), None, is_work=True),
)


def route_of(method: str, path: str, routes: Iterable[Route] = API_ROUTES) -> Route | None:
    """What a request asks for, None if there is nothing.

    Args:
        path: decoded, as the server's router will see it.
    """
    for route in routes:
        if route.path.fullmatch(path):
            return route if route.methods is None or method in route.methods else None
    return None
