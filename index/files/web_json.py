"""What a web page says of its article to machines in JSON-LD: which of the things that it describes is the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
_WORD = re.compile(r"\w+")
_MOST = 2000  # things of one page that are looked at


def described(page: HtmlElement) -> list[Mapping[str, Any]]:
    """The things that a page describes in JSON-LD for themselves: not what these are parts of, nor lists of others."""
    found: list[Mapping[str, Any]] = []
    for script in page.xpath('//script[contains(@type, "ld+json")]'):
        found += _things(script.text or "")
    return found


def _things(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        waiting: list[Any] = [json.loads(_unwrapped(text), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield value
            inner = [value.get("@graph"), value.get("mainEntity"), value.get("mainEntityOfPage")]
            waiting += [one for one in inner if isinstance(one, list | dict)]


def _unwrapped(text: str) -> str:
    """JSON without what old pages put around scripts: `<!--`, `//<![CDATA[`, and a semicolon at the end."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().removesuffix(";")
    if "<![CDATA[" in text[:20]:
        text = text.partition("<![CDATA[")[2].rpartition("]]>")[0].strip()
        text = text.removeprefix("*/").removesuffix("/*").removesuffix("//")
    return text


def types_of(thing: Mapping[str, Any]) -> list[str]:
    """The types that a thing has, without their vocabulary."""
    given = thing.get("@type")
    values = given if isinstance(given, list) else [given]
    return [value.rpartition("/")[2] for value in values if isinstance(value, str)]


def is_article(thing: Mapping[str, Any]) -> bool:
    """Whether a thing is an article of some kind."""
    return any(_ARTICLE.match(name) for name in types_of(thing))


def is_live_blog(thing: Mapping[str, Any]) -> bool:
    """Whether a thing is a live blog."""
    return "LiveBlogPosting" in types_of(thing)


def headline_of(thing: Mapping[str, Any]) -> str:
    """The headline of a thing; empty if it gives none."""
    given = next((thing[name] for name in ("headline", "name") if isinstance(thing.get(name), str)), "")
    return " ".join(given.split())


def same_headline(one: str, others: Iterable[str]) -> bool:
    """Whether a headline is one of the others, or nearly: outlets write another one for search engines."""
    words = set(_WORD.findall(one.casefold()))
    return any(_overlap(words, set(_WORD.findall(other.casefold()))) for other in others)


def _overlap(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and len(one & other) >= 0.6 * min(len(one), len(other))
