"""XML files: RSS 0.9 to 2.0, Atom, NewsML-G2 (by the IPTC's specification, 2.x); no entity in them can do harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers.expat import errors

from index.errors import ArticleError, ForeignFileError, WithdrawnError
from index.files.fields import ENOUGH_LETTERS, Item, body_start, letters, make_article
from index.files.markup import local_name, text_of_element, text_of_html, trimmed_lines, unescaped

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


_TEXTS = ("encoded", "content", "description", "summary")
_MEDIA = "search.yahoo.com/mrss"  # in the namespace of Media RSS, which has titles and descriptions of its own
_APPEARED = re.compile(r"\nThe post [^\n]{1,500} (?:appeared first on|first appeared on) [^\n]{1,200}\Z")  # WordPress
_DATES = ("pubDate", "published", "date", "issued", "updated")


def read_entries(path: Path, root: Element) -> Iterator[Item]:
    """The entries of a feed whose root is `<rss>`, `<rdf:RDF>` or `<feed>`.

    The text is the longest of what an entry gives (`content:encoded`, `content`, `description`, `summary`), without its
    markup; id is `guid`, `id`, `rdf:about` or else the link; source is the entry's own, or the title of the feed.
    An entry that cannot be used comes as an ArticleError in its place.

    Raises:
        ArticleError: there is no entry in it.
    """
    entries = [element for element in root.iter() if local_name(element) in ("item", "entry")]
    if not entries:
        raise ArticleError(str(path), "is a feed without an entry; fetch it again.")
    channel = next((element for element in root.iter() if local_name(element) == "channel"), root)
    feed_title = _plain(_child(channel, "title"))
    for number, entry in enumerate(entries, start=1):
        where = f"{path}, entry {number}"
        identity = _identity(entry)
        try:
            yield from _read_entry(where, path, entry, identity, feed_title)
        except ArticleError as error:
            yield ArticleError(where, error.reason, frozenset([identity]) if identity else None)


def _read_entry(where: str, path: Path, entry: Element, identity: str, feed_title: str) -> Iterator[Item]:
    if not identity:
        raise ArticleError(where, "has neither id nor link; an article needs one.")
    text = max((_plain(child) for child in entry if _name(child) in _TEXTS), key=len, default="")
    text = _APPEARED.sub("", text)
    if letters(text) < ENOUGH_LETTERS:
        raise ArticleError(where, "has next to no text, as a teaser; index the article that it links to.")
    title = _plain(_child(entry, "title"))
    source = _child(entry, "source")
    own_title = _child(source, "title") if source is not None else None
    fields = {
        "id": identity,
        "title": title,
        "date": next(filter(None, (_plain(_child(entry, name)) for name in _DATES)), ""),
        "source": _plain(own_title if own_title is not None else source) or feed_title,
        "url": _link(entry),
    }
    yield from make_article(where, text, fields, body=body_start(text, title), default_id="", path=path)


def _identity(entry: Element) -> str:
    about = next((value for name, value in entry.attrib.items() if name.endswith("about")), "")
    given = _plain(_child(entry, "guid")) or _plain(_child(entry, "id")) or about or _link(entry)
    return " ".join(given.split())


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _name(element: Element) -> str:
    """The local name, unless the element describes a picture or a film of the entry."""
    return "" if _MEDIA in str(element.tag) else local_name(element)


def _link(entry: Element) -> str:
    """The address of the article: the link that is not to something else, or a `guid` that is one."""
    for link in entry:
        if _name(link) == "link" and link.get("rel", "alternate") == "alternate":
            address = (link.get("href") or link.text or "").strip()
            if address:
                return address
    guid = _child(entry, "guid")
    address = (guid.text or "").strip() if guid is not None and guid.get("isPermaLink") != "false" else ""
    return address if address.startswith(("http://", "https://")) else ""


def _plain(element: Element | None) -> str:
    """The text of an element of a feed, which is XHTML, escaped HTML, or plain."""
    if element is None:
        return ""
    if len(element):
        return unescaped(text_of_element(element))
    text = element.text or ""
    return text_of_html(text) if "<" in text or "&" in text else trimmed_lines(text)


_READERS = {
    "rss": read_entries,
    "RDF": read_entries,
    "feed": read_entries,
    "newsMessage": read_items,
    "newsItem": read_items,
}
_LOOKS_LIKE_NEWS = re.compile(rb"<(?:\w+:)?(?:rss|RDF|feed|newsMessage|newsItem)[\s>]")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_HEAD = 4096  # bytes in which the root of a file that is not well-formed is looked for


def read_xml(path: Path, data: bytes) -> Iterator[Item]:
    """The articles of a feed (RSS, Atom) or of NewsML-G2 items.

    Entities are not resolved and nothing is fetched: a file that declares an entity is refused.

    Raises:
        ForeignFileError: an `.xml` file that holds something else.
        ArticleError: it is not well-formed, declares entities, or is no feed although its name says so.
    """
    root = _root(path, data)
    reader = _READERS.get(local_name(root))
    if reader is None:
        raise _foreign(path)(
            str(path), f"its root is <{local_name(root)[:40]}>; only RSS, Atom and NewsML-G2 are read from XML."
        )
    yield from reader(path, root)


def _root(path: Path, data: bytes) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    try:
        root: Element = _parsed(data)
    except DefusedXmlException:
        raise ArticleError(
            str(path), "declares XML entities, which no feed needs and an attack does; it was not read."
        ) from None
    except ParseError as error:
        news = _LOOKS_LIKE_NEWS.search(data[:_HEAD]) is not None
        kind = ArticleError if news else _foreign(path)
        raise kind(str(path), f"is not well-formed XML ({error}); ask whoever made it for a whole one.") from None
    except (ValueError, LookupError) as error:
        raise ArticleError(str(path), f"is in an encoding that cannot be read ({error}); save it as UTF-8.") from None
    return root


def _parsed(data: bytes) -> Element:
    """The root of a document; of one with entities of HTML, such as `&nbsp;`, too: feeds have them that should not."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.ElementTree import fromstring

    data = data.lstrip()
    try:
        root: Element = fromstring(data)
    except ParseError as error:
        if error.code != errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]:
            raise
        root = fromstring(_ENTITY.sub(_as_number, data))
    return root


def _as_number(entity: re.Match[bytes]) -> bytes:
    letters_meant = html5.get(f"{entity[1].decode()};", "")
    return "".join(f"&#{ord(letter)};" for letter in letters_meant).encode() or entity[0]


def _foreign(path: Path) -> type[ArticleError]:
    return ForeignFileError if path.suffix.lower() == ".xml" else ArticleError
