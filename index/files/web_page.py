"""HTML pages: the article without the page around it, found by trafilatura."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ArticleError, ArticleWarning
from index.files.charset import decode_page
from index.files.fields import ENOUGH_LETTERS, Item, body_start, default_id, letters, make_article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_web_page"]

# What an extractor may raise on a page that nobody has thought of.
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError)
_LAYOUT_CELL = 400  # code points in a table's cell from which it is there to lay out a page, not to show a figure


def read_web_page(path: Path, data: bytes) -> Iterator[Item]:
    """The article of an HTML page: its paragraphs, headings, list items and table rows, one a line. Title, source and
    address come from what the page says of itself, the day from `index.files.web_date`.

    Raises:
        ArticleError: there is no article in it, or it is not a page.
    """
    page, found = _read(path, decode_page(path, data))
    article = (found.text or "").strip() if found is not None else ""
    if letters(article) < ENOUGH_LETTERS:
        raise ArticleError(
            str(path), "holds no article (next to no running text); index the page of the article itself."
        )
    from index.files.web_date import published

    url = found.url if (found.url or "").startswith(("http://", "https://")) else None
    fields = {"title": found.title, "source": found.sitename, "url": url, "date": published(page, url)}
    if "\ufffd" in article:
        yield ArticleWarning(str(path), "holds bytes that are no characters in its encoding; they are shown as \ufffd.")
    body = body_start(article, found.title)
    yield from make_article(str(path), article, fields, body=body, default_id=default_id(path), path=path)


def _read(path: Path, text: str) -> tuple[HtmlElement, Any]:
    """The page, and what the extractor found in it; nothing if there is nothing in the page at all."""
    from lxml.etree import LxmlError, ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        page = document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True))
        _unwrap_layout(page)
        return page, _extract(page)
    except ParserError:
        return None, None
    except (LxmlError, *_FAULTS) as error:
        raise ArticleError(str(path), f"cannot be read as HTML ({type(error).__name__}); save it again.") from None


def _unwrap_layout(page: HtmlElement) -> None:
    """Make plain blocks of the tables that old pages are laid out with."""
    for table in list(page.iter("table")):
        cells = table.xpath("./tr/td | ./*/tr/td")
        if any(len(cell.text_content()) > _LAYOUT_CELL for cell in cells):
            for element in (*cells, *table.xpath("./tr | ./*/tr | ./tbody | ./thead | ./tfoot"), table):
                element.tag = "div"


def _extract(page: HtmlElement) -> Any:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports what our errors say already
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    return bare_extraction(
        page,
        # Without it the text of a short article comes with all that stands around it.
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
