"""Of a web page, what is none of its article: hidden text, consent, teasers, subscriptions, checks for robots."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from index.files.fields import letters
from index.language.words import list_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

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
    kept = _holders(page)
    for aside in list(page.iter("aside")):
        if aside in kept:  # a side column with the headline in it is the main one
            aside.tag = "article" if next(page.iter("article"), None) is None else "div"
    for element in list(page.iter()):
        if (
            isinstance(element.tag, str)
            and element.tag not in _KEPT
            and element not in kept
            and _is_none_of_it(element)
        ):
            drop(element)
    for paragraph in list(page.iter("p")):
        if _READ_NEXT.match(paragraph.text_content()) and _is_mostly_a_link(paragraph):
            drop(paragraph)
    for heading in list(page.iter("h2", "h3", "h4", "h5")):
        _drop_teaser(heading, kept)


def drop(element: HtmlElement) -> None:
    """Take an element out; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _holders(page: HtmlElement) -> set[HtmlElement]:
    """The elements that the headline is in, or, on a page without one, most of its running text."""
    headlines = list(page.iter("h1"))
    if headlines:
        return {above for headline in headlines for above in (headline, *headline.iterancestors())}
    weights: Counter[HtmlElement] = Counter()
    for paragraph in page.iter("p"):
        weight = letters(paragraph.text_content())
        for above in paragraph.iterancestors():
            weights[above] += weight
    most = max(weights.values(), default=0)
    return {element for element, weight in weights.items() if 2 * weight > most}


def _is_none_of_it(element: HtmlElement) -> bool:
    if element.tag in ("template", "noscript") or _is_hidden(element):
        return True
    marked = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_WALLS.search(marked) or _OTHERS.search(marked))


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (element.tag == "dialog" and element.get("open") is None)
        or _HIDDEN.search(element.get("style") or "") is not None
        or _UNSEEN.search(element.get("class") or "") is not None
    )


def _is_mostly_a_link(element: HtmlElement) -> bool:
    return 2 * sum(letters(link.text_content()) for link in element.iter("a")) > letters(element.text_content())


def _drop_teaser(heading: HtmlElement, kept: set[HtmlElement]) -> None:
    """Take out a block whose heading is a link: it tells of another page."""
    linked = sum(letters(link.text_content()) for link in heading.iter("a"))
    outer = heading.getparent()
    if outer is not None and outer.tag == "a":
        linked, outer = letters(heading.text_content()), outer.getparent()
    if outer is None or not linked or linked < letters(heading.text_content()):
        return
    if outer.tag not in _KEPT and outer not in kept and _is_short(outer):
        drop(outer)


def _is_short(element: HtmlElement) -> bool:
    """Whether a block is no longer than a teaser; no more of it is looked at than tells."""
    found = 0
    for text in element.itertext():
        found += letters(text)
        if found > _TEASER_LETTERS:
            return False
    return True


_SAYINGS = re.compile(rf"\b(?:{'|'.join(list_lines('page_forms'))})", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORT = 5  # letters of a word by which its forms are the same


def without_walls(text: str, title: str) -> str:
    """The lines of a text that are the article's; none if all of it is a form.

    A line is a form's where it has two sayings of such forms, or one beside such a line, and no word of the headline:
    what is reported about cookies or subscriptions has the headline's words, and stays.
    """
    lines = text.split("\n")
    headline = _stems(title)
    hits = [0 if _stems(line) & headline else len(set(map(str.lower, _SAYINGS.findall(line)))) for line in lines]
    if not _mostly(lines, hits):  # a line with one saying alone may be the article's
        near = [max(hits[max(0, at - 1) : at + 2]) for at in range(len(hits))]
        hits = [found if most > 1 else 0 for found, most in zip(hits, near, strict=True)]
    kept = [line for line, found in zip(lines, hits, strict=True) if not found]
    # What is left of a form is its own, too: "Choose what you like", "Settings".
    rest = [line for line in kept if " ".join(line.split()) != " ".join(title.split())]
    if not any(_stems(line) & headline for line in rest) and _mostly(lines, hits):
        return ""
    return "\n".join(kept)


def speaks_of(text: str, title: str) -> bool:
    """Whether a text has a word of a headline, in whatever form."""
    return bool(_stems(text) & _stems(title))


def _mostly(lines: list[str], hits: list[int]) -> bool:
    """Whether most of what is said is a form's."""
    forms = sum(letters(line) for line, found in zip(lines, hits, strict=True) if found)
    return forms * 2 > sum(map(letters, lines))


def _stems(text: str) -> set[str]:
    return {word[:_SHORT] for word in _WORD.findall(text.casefold())}
