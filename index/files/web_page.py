"""HTML pages: the article without the page around it, found by trafilatura."""

from __future__ import annotations

import copy
import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ArticleError, ArticleWarning
from index.files.encoding import decode_page
from index.files.fields import ENOUGH_LETTERS, Item, body_start, default_id, letters, make_article
from index.files.web_clean import clean, without_walls
from index.files.web_date import day_within, published, updated
from index.files.web_json import described, headline_of, is_article, same_headline
from index.files.web_parts import articles_of, headline_within, live_blog

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What an extractor may raise on a page that nobody has thought of.
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError)
_LISTING = re.compile(r"(?:Index of|Directory listing for) /")  # what a server shows of a folder
_LAYOUT_CELL = 400  # code points in a table's cell from which it is there to lay out a page, not to show a figure


def read_web_page(path: Path, data: bytes) -> Iterator[Item]:
    """The article of an HTML page: its paragraphs, headings, list items and table rows, one a line. Title, source and
    address come from what the page says of itself, the days from `index.files.web_date`.

    Of a page with several articles each is one, those behind the first with the file's id and a mark of their headline.
    Of a live blog every post is there, with its time.

    Raises:
        ArticleError: there is no article in it, or it is not a page.
    """
    from lxml.etree import LxmlError, ParserError

    text = decode_page(path, data)
    try:
        yield from _read(path, text)
    except ParserError:
        raise _none(path) from None
    except (LxmlError, *_FAULTS) as error:
        raise ArticleError(str(path), f"cannot be read as HTML ({type(error).__name__}); save it again.") from None


def _read(path: Path, text: str) -> Iterator[Item]:
    from lxml.html import HTMLParser, document_fromstring

    page = document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True))
    _unwrap_layout(page)
    clean(page)
    headlines = _headlines(page)
    parts = articles_of(page)
    live = live_blog(page)
    if live is None and parts:
        yield from _several(path, page, parts, headlines)
        return
    found = _extract(page)
    title = (found.title if found is not None else None) or next(iter(headlines), "")
    article = live if live is not None else (found.text or "").strip() if found is not None else ""
    yield from _article(path, article, _fields(page, found, title, headlines))


def _several(path: Path, page: HtmlElement, parts: list[HtmlElement], headlines: list[str]) -> Iterator[Item]:
    """Each article of a page with several. The page's own date, source and address are those of its headline's."""
    whole = _extract(copy.deepcopy(page))
    own = next((part for part in parts if same_headline(headline_within(part), headlines[:1])), parts[0])
    for part in parts:
        title = headline_within(part)
        found = _extract(_alone(part, title))
        article = (found.text or "").strip() if found is not None else ""
        if part is own:
            yield from _article(path, article, _fields(page, whole, title, headlines))
            continue
        mark = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        fields = {
            "id": f"{default_id(path)}#{mark}",
            "title": title,
            "source": whole.sitename if whole is not None else None,
            "date": day_within(part),
        }
        yield from _article(path, article, fields)


def _article(path: Path, article: str, fields: dict[str, object]) -> Iterator[Item]:
    title = str(fields["title"] or "")
    kept = "" if _LISTING.match(title) else without_walls(article, title)
    if letters(article) >= ENOUGH_LETTERS > letters(kept):
        raise ArticleError(
            str(path),
            "holds no article, only a form about consent, a subscription or robots; save the page that shows the text.",
        )
    if letters(kept) < ENOUGH_LETTERS:
        raise _none(path)
    if "\ufffd" in kept:
        yield ArticleWarning(str(path), "holds bytes that are no characters in its encoding; they are shown as \ufffd.")
    yield from make_article(
        str(path), kept, fields, body=body_start(kept, title), default_id=default_id(path), path=path
    )


def _fields(page: HtmlElement, found: Any, title: str, headlines: list[str]) -> dict[str, object]:
    url = found.url if found is not None and (found.url or "").startswith(("http://", "https://")) else None
    text = (found.text or "") if found is not None else ""
    return {
        "title": title,
        "source": found.sitename if found is not None else None,
        "url": url,
        "date": published(page, [title, *headlines], url, text),
        "updated": updated(page, [title, *headlines]),
    }


def _none(path: Path) -> ArticleError:
    return ArticleError(str(path), "holds no article (next to no running text); index the page of the article itself.")


def _headlines(page: HtmlElement) -> list[str]:
    """What the page calls its article, the surest first."""
    metas = page.xpath('//meta[@property="og:title" or @name="twitter:title" or @name="title"]/@content')
    heads = [heading.text_content() for heading in page.iter("h1")]
    named = [element.text_content() for element in page.iter("title")]
    things = [headline_of(thing) for thing in described(page) if is_article(thing)]
    # Of what is described, only what the page shows as its headline, too: the rest are other articles.
    shown = [" ".join(str(value).split()) for value in (*metas, *heads, *named)]
    return [value for value in (*shown, *(one for one in things if same_headline(one, shown))) if value]


def _alone(part: HtmlElement, title: str) -> HtmlElement:
    """A page with nothing but one part of another on it."""
    from lxml.html import builder

    return builder.HTML(builder.HEAD(builder.TITLE(title)), builder.BODY(copy.deepcopy(part)))


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
