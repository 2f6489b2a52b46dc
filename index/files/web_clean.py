"""Taking out of a web page, before its article is looked for, what is none of it: hidden text, consent, teasers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.files.fields import ENOUGH_LETTERS, letters

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["clean", "drop"]

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WALLS = re.compile(
    r"(?:^|[\s_-])(?:cookie|consent|gdpr|ccpa|onetrust|didomi|usercentrics|sourcepoint|sp_message|cmp|paywall|subscri\w*|"
    r"newsletter|sign-?up|regwall|piano|tp-modal)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teasers?|promo|most-?(?:read|popular|viewed)|read-?(?:more|next|also)|"
    r"more-(?:from|stories|news|on)|trending|outbrain|taboola|sponsored|advert\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-?reader(?:-text)?|u-hidden|is-hidden)(?=$|\s)", re.IGNORECASE
)
_READ_NEXT = re.compile(
    r"\W*(?:read (?:next|more|also|on)|also read|more on this|see also|related|watch|lesen sie auch|lire aussi|"
    r"lee también|leggi anche|lees ook)\b",
    re.IGNORECASE,
)
_KEPT = frozenset("html body main head".split())
_TEASER_LETTERS = 600  # more in a block with headings that are links is no teaser


def clean(page: HtmlElement) -> None:
    """Take out what is not the page's article and can be told by its marks. Whatever holds the headline stays."""
    _open_asides(page)
    for element in list(page.iter()):
        if isinstance(element.tag, str) and element.tag not in _KEPT and _is_none_of_it(element):
            drop(element)
    for paragraph in list(page.iter("p")):
        if _READ_NEXT.match(paragraph.text_content()) and _is_mostly_a_link(paragraph):
            drop(paragraph)
    for heading in list(page.xpath("//h2 | //h3 | //h4 | //h5")):
        if heading.getroottree().getroot() is page.getroottree().getroot():
            _drop_teaser(heading)


def drop(element: HtmlElement) -> None:
    """Take an element out; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _open_asides(page: HtmlElement) -> None:
    """A side column with the headline in it is the main one."""
    for aside in list(page.iter("aside")):
        inner = sum(letters(p.text_content()) for p in aside.iter("p"))
        if inner >= ENOUGH_LETTERS and _holds_the_article(aside):
            aside.tag = "article" if next(page.iter("article"), None) is None else "div"


def _is_none_of_it(element: HtmlElement) -> bool:
    if element.tag in ("template", "noscript"):
        return True
    if _is_hidden(element):
        return not _holds_the_article(element)
    marked = f"{element.get('class') or ''} {element.get('id') or ''}"
    if marked.strip() and (_WALLS.search(marked) or _OTHERS.search(marked)):
        return not _holds_the_article(element)
    return False


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (element.tag == "dialog" and element.get("open") is None)
        or _HIDDEN.search(element.get("style") or "") is not None
        or _UNSEEN.search(element.get("class") or "") is not None
    )


def _holds_the_article(element: HtmlElement) -> bool:
    """Whether the headline is in an element, or, on a page without one, most of its running text."""
    root = element.getroottree().getroot()
    if next(root.iter("h1"), None) is not None:
        return next(element.iter("h1"), None) is not None
    inner, outer = (sum(letters(p.text_content()) for p in part.iter("p")) for part in (element, root))
    return inner * 2 > outer


def _is_mostly_a_link(element: HtmlElement) -> bool:
    return 2 * sum(letters(link.text_content()) for link in element.iter("a")) > letters(element.text_content())


def _drop_teaser(heading: HtmlElement) -> None:
    """Take out a block whose heading is a link: it tells of another page."""
    linked = sum(letters(link.text_content()) for link in heading.iter("a"))
    outer = heading.getparent()
    if outer is not None and outer.tag == "a":
        linked, outer = letters(heading.text_content()), outer.getparent()
    if outer is None or not linked or linked < letters(heading.text_content()):
        return
    if (
        outer.tag in _KEPT
        or letters(outer.text_content()) > _TEASER_LETTERS
        or next(outer.iter("h1"), None) is not None
    ):
        return
    drop(outer)
