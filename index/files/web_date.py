"""When a web page was published, from what it says to machines; nothing is guessed from its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.files.dates import parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["published"]

_NAMES = frozenset(
    "article:published_time og:published_time article.published datepublished date.issued dc.date dc.date.issued "
    "dc.date.created dcterms.date dcterms.issued dcterms.created date pubdate publishdate publish-date publish_date "
    "publication_date parsely-pub-date sailthru.date displaydate originalpublicationdate "
    "cxenseparse:recs:publishtime".split()
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)(?=/|$)")


def published(page: HtmlElement, url: str | None) -> str | None:
    """The day of publication as the page writes it.

    Asked in this order: `datePublished` of its JSON-LD, its meta elements, `itemprop="datePublished"`, the first `time`
    in its article, a `/2031/03/04/` in its address. The first that can be read is taken; if none can be, the first.
    """
    first = None
    for value in _candidates(page, url):
        try:
            parse_date(value)
        except ValueError:
            first = first or value
        else:
            return value
    return first


def _candidates(page: HtmlElement, url: str | None) -> Iterator[str]:
    for script in page.xpath('//script[@type="application/ld+json"]'):
        yield from _in_json(script.text or "")
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.strip().lower() in _NAMES and (value := (meta.get("content") or "").strip()):
            yield value
    for element in page.xpath('//*[@itemprop="datePublished"] | //article//time[@datetime] | //time[@pubdate]'):
        if value := (element.get("datetime") or element.text_content()).strip():
            yield value
            break
    if match := _IN_ADDRESS.search(url or ""):
        yield "-".join(match.groups())


def _in_json(text: str) -> Iterator[str]:
    try:
        waiting: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            day = value.get("datePublished")
            if isinstance(day, str) and day.strip():
                yield day
            graph = value.get("@graph")
            waiting += graph if isinstance(graph, list) else []
