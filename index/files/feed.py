"""RSS 0.9 to 2.0 and Atom: each entry with enough text is an article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArticleError
from index.files.fields import ENOUGH_LETTERS, Item, body_start, letters, make_article
from index.files.markup import local_name, text_of_element, text_of_html, trimmed_lines, unescaped

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TEXTS = ("encoded", "content", "description", "summary")
_MEDIA = "search.yahoo.com/mrss"  # in the namespace of Media RSS, which has titles and descriptions of its own
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
