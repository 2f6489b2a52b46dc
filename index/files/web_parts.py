"""Pages that are more than one plain article: several articles under headlines of their own, and live blogs."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from index.files.fields import ENOUGH_LETTERS, letters
from index.files.markup import text_of_element, text_of_html
from index.files.web_clean import drop
from index.files.web_json import described, is_live_blog

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LIVE = re.compile(r"(?:^|[\s_-])live-?(?:blog|post|update|entry|text)|liveblog", re.IGNORECASE)
_POSTS = 2  # of which a live blog has at least so many
_AROUND = "nav header footer form button script style aside figure iframe select svg".split()
_HEADINGS = ("h1", "h2", "h3")


def articles_of(page: HtmlElement) -> list[HtmlElement]:
    """The articles of a page that has several, each with a headline of its own and paragraphs; none if it has one."""
    found = [element for element in page.iter("article") if _is_whole(element)]
    inner = {above for element in found for above in element.iterancestors("article")}
    found = [element for element in found if element not in inner]
    return found if len(found) > 1 else []


def headline_within(element: HtmlElement) -> str:
    """The first heading of a part of a page; empty if it has none."""
    heading = next(element.iter(*_HEADINGS), None)
    return "" if heading is None else " ".join(heading.text_content().split())


def live_blog(page: HtmlElement) -> str | None:
    """The text of a live blog: every post under its own time, key points and headings in their places.

    It is None for another page. What scripts draw only when the page is shown is taken from its JSON-LD.
    """
    thing = next((thing for thing in described(page) if is_live_blog(thing)), None)
    marked = [element for element in page.iter() if _LIVE.search(element.get("class") or "")]
    posts = [element for element in marked if next(element.iter("time"), None) is not None]
    if thing is None and len(posts) < _POSTS:
        return None
    text = _shown(page)
    updates = thing.get("liveBlogUpdate") if thing is not None else None
    written = [_update(one) for one in updates if isinstance(one, dict)] if isinstance(updates, list) else []
    missing = [lines for lines in written if lines and lines[-1] not in text]
    return "\n".join([text, *(line for lines in missing for line in lines)])


def _is_whole(element: HtmlElement) -> bool:
    paragraphs = [letters(p.text_content()) for p in element.iter("p")]
    return bool(headline_within(element)) and len(paragraphs) > 1 and sum(paragraphs) >= 2 * ENOUGH_LETTERS


def _shown(page: HtmlElement) -> str:
    """All that is shown of the main part, a line for each block."""
    main = next((found for tag in ("main", "body") for found in page.iter(tag)), page)
    main = copy.deepcopy(main)
    for element in list(main.iter(*_AROUND)):
        if next(element.iter("h1"), None) is None:
            drop(element)
    return text_of_element(main)


def _update(post: dict[str, Any]) -> list[str]:
    """The lines of a post: its time as it is written, its heading and its text."""
    body = post.get("articleBody")
    if not isinstance(body, str) or not body.strip():
        return []
    heading, moment = post.get("headline"), post.get("datePublished")
    lines = [moment[11:16] if len(moment) > 15 else moment] if isinstance(moment, str) else []
    lines += [" ".join(heading.split())] if isinstance(heading, str) and heading.strip() else []
    return [*lines, *text_of_html(body).splitlines()]
