"""NewsML-G2, the form in which agencies send items: headline, day, provider and the text in its XHTML, NITF or plain.

Written from the IPTC's NewsML-G2 specification, 2.x.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArticleError, WithdrawnError
from index.files.fields import Item, body_start, make_article
from index.files.markup import local_name, text_of_element, trimmed_lines

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def read_items(path: Path, root: Element) -> Iterator[Item]:
    """The items of a `<newsMessage>`, or the one `<newsItem>`. Id is the guid; an item that its agency cancelled or
    withheld is named and not an article, and so is one without text (a picture, say).

    Raises:
        ArticleError: there is no item in it.
    """
    items = [element for element in root.iter() if local_name(element) == "newsItem"]
    if not items:
        raise ArticleError(str(path), "holds no news item; ask whoever made it for a whole one.")
    for number, item in enumerate(items, start=1):
        where = f"{path}, item {number}"
        guid = " ".join((item.get("guid") or "").split())
        try:
            yield from _read_item(where, path, item, guid)
        except ArticleError as error:
            yield type(error)(where, error.reason, frozenset([guid]) if guid else None)


def _read_item(where: str, path: Path, item: Element, guid: str) -> Iterator[Item]:
    if not guid:
        raise ArticleError(where, "has no guid; an article needs one.")
    status = _first(item, "pubStatus")
    code = (status.get("qcode") or status.get("uri") or "").lower() if status is not None else ""
    if code.endswith(("canceled", "cancelled", "withheld")):
        raise WithdrawnError(where, "was cancelled or withheld by its agency; it is no article any more.")
    text = _text(item)
    if not text:
        raise ArticleError(where, "holds no text (a picture or a film?); only text can be indexed.")
    title = _line(_first(item, "headline"))
    fields = {"id": guid, "title": title, "date": _day(item), "source": _provider(item)}
    yield from make_article(where, text, fields, body=body_start(text, title), default_id="", path=path)


def _day(item: Element) -> str:
    """When the content was made, or else the item, or else this version of it."""
    dates = (_line(_first(item, name)) for name in ("contentCreated", "firstCreated", "versionCreated"))
    return next(filter(None, dates), "")


def _provider(item: Element) -> str:
    provider = _first(item, "provider")
    if provider is None:
        return ""
    code = (provider.get("qcode") or "").rpartition(":")[2]
    return _line(_first(provider, "name")) or provider.get("literal") or code


def _text(item: Element) -> str:
    """The text of the content: of XHTML and NITF the body alone, a line for each paragraph."""
    content = _first(item, "contentSet")
    if content is None:
        return ""
    data = _first(content, "inlineData")
    if data is not None and data.text and _first(content, "inlineXML") is None:
        return trimmed_lines(data.text)
    body = _first(content, "body.content")
    if body is None:
        body = _first(content, "body")
    return text_of_element(content if body is None else body)


def _first(element: Element, name: str) -> Element | None:
    return next((found for found in element.iter() if local_name(found) == name), None)


def _line(element: Element | None) -> str:
    return "" if element is None else " ".join(text_of_element(element).split())
