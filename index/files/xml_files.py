"""XML files: which kind of news they hold, and reading them so that no entity in them can do harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArticleError, ForeignFileError
from index.files.feed import read_entries
from index.files.fields import Item
from index.files.markup import local_name
from index.files.newsml import read_items

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_READERS = {
    "rss": read_entries,
    "RDF": read_entries,
    "feed": read_entries,
    "newsMessage": read_items,
    "newsItem": read_items,
}
_LOOKS_LIKE_NEWS = re.compile(rb"<(?:\w+:)?(?:rss|RDF|feed|newsMessage|newsItem)[\s>]")
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
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data)
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


def _foreign(path: Path) -> type[ArticleError]:
    return ForeignFileError if path.suffix.lower() == ".xml" else ArticleError
