"""When a web page's article was published, and when it was changed: from what the page says of just this article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from index.files.dates import AmbiguousDayError, parse_date
from index.files.web_json import described, headline_of, is_article, same_headline, types_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = (
    "article:published_time og:article:published_time og:published_time article.published datepublished date.issued "
    "dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date pubdate publishdate "
    "publish-date publish_date publication_date parsely-pub-date sailthru.date displaydate originalpublicationdate "
    "cxenseparse:recs:publishtime date"
).split()
_MODIFIED = "article:modified_time article:modified og:updated_time datemodified dcterms.modified last-modified".split()
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)(?=/|$)")
_OF_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|WebPage)\b")
_OTHERS = re.compile(
    r"related|teaser|promo|recommend|more-|most-|sidebar|card|trending|popular|latest|read-next|comment", re.IGNORECASE
)
_CHANGED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_SAID = re.compile(
    r"^(?:first\s+)?(?:published|posted|publié|veröffentlicht|publicado)\b(?:\s+(?:on|at|le|am|el))?:?\s*",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[^\W\d][^.!?,]{0,40},\s+([^(\n]{6,40}?)\s*(?:\([^)]{1,30}\)\s*)?(?:—|–|--|-)\s")
_CLASSES = re.compile(r"date|byline|publish|timestamp|meta", re.IGNORECASE)


def published(page: HtmlElement, headlines: Sequence[str], url: str | None, text: str) -> str | None:
    """The day of publication as the page writes it, in the zone that it writes it in; never one of a change.

    Asked in this order: the JSON-LD of the article itself, by its type and its headline; the meta elements,
    `article:published_time` first; `datePublished` and `<time>` in the article; JSON-LD of a page or of an article
    whose headline is another; `/2031/03/04/` in the address; the dateline above or in the text. The first that can be
    read is taken; if none can be, the first. One that could be two days is settled by those after it.
    """
    first = doubtful = None
    for value in _candidates(page, headlines, url, text):
        try:
            day = parse_date(value)
        except AmbiguousDayError:
            doubtful = doubtful or value
        except ValueError:
            first = first or value
        else:
            if doubtful is None or day in [parse_date(doubtful, day_first=order) for order in (True, False)]:
                return value
    return doubtful or first


def updated(page: HtmlElement, headlines: Sequence[str]) -> str | None:
    """The day of the last change as the page writes it; None if it says none."""
    values = [thing.get("dateModified") for rank, thing in _ranked(page, headlines) if rank == 0]
    values += _metas(page, _MODIFIED)
    values += [_value(element) for element in page.xpath('//*[@itemprop="dateModified"]') if _is_own(element)]
    values += [time.get("datetime") for time in page.iter("time") if _is_own(time) and _is_of_change(time)]
    for value in values:
        try:
            if isinstance(value, str) and parse_date(value):
                return value
        except ValueError:
            continue
    return None


def day_within(element: HtmlElement) -> str | None:
    """The first day that a part of a page says that it was published."""
    for found in element.xpath('.//*[@itemprop="datePublished"] | .//time'):
        if not _is_of_change(found) and (value := _value(found)):
            return value
    return None


def _candidates(page: HtmlElement, headlines: Sequence[str], url: str | None, text: str) -> Iterator[str]:
    things = _ranked(page, headlines)
    yield from _days([thing for rank, thing in things if rank == 0])
    yield from _metas(page, _NAMES)
    for query in ('//*[@itemprop="datePublished"]', "//time[@pubdate]", "//time"):
        for element in page.xpath(query):
            in_article = query != "//time" or any(above.tag in ("article", "main") for above in element.iterancestors())
            if in_article and _is_own(element) and not _is_of_change(element) and (value := _value(element)):
                yield value
                break
    yield from _days([thing for rank, thing in things if rank == 1])
    if match := _IN_ADDRESS.search(url or ""):
        yield "-".join(match.groups())
    yield from _in_words(page, text)


def _ranked(page: HtmlElement, headlines: Sequence[str]) -> list[tuple[int, Mapping[str, Any]]]:
    """What the page describes: 0 for its article, 1 for what may be it; what is another thing (a film) is left out."""
    ranked = []
    for thing in described(page):
        types, headline = types_of(thing), headline_of(thing)
        if types and not is_article(thing):
            if any(name.endswith("Page") for name in types):
                ranked.append((1, thing))
        elif not headline or same_headline(headline, headlines):
            ranked.append((0, thing))
        else:
            ranked.append((1, thing))
    # Of articles with other headlines, one may be this one under another name; several are others.
    others = [thing for rank, thing in ranked if rank == 1 and is_article(thing)]
    own = any(rank == 0 and is_article(thing) for rank, thing in ranked)
    return [(rank, thing) for rank, thing in ranked if thing not in others or (len(others) == 1 and not own)]


def _days(things: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for thing in things:
        day = thing.get("datePublished")
        if isinstance(day, str | int) and str(day).strip():
            yield str(day)


def _metas(page: HtmlElement, names: Sequence[str]) -> list[str]:
    found: dict[str, list[str]] = {}
    for element in page.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = (element.get("content") or "").strip()
        if name in names and value and _is_own(element):
            found.setdefault(name, []).append(value)
    return [value for name in names for value in found.get(name, ())]


def _value(element: HtmlElement) -> str:
    return (element.get("datetime") or element.get("content") or element.text_content() or "").strip()


def _is_own(element: HtmlElement) -> bool:
    """Whether something stands in the page's article, not in a film's description, a teaser or a side column."""
    for above in (element, *element.iterancestors()):
        if above.tag in ("body", "main", "head"):
            return True
        kind = above.get("itemtype")
        if kind and not _OF_ARTICLE.search(kind):
            return False
        marked = f"{above.get('class') or ''} {above.get('id') or ''}"
        if above.tag in ("aside", "nav", "footer") or (
            (above.tag != "article" or not _has_headline(above)) and _OTHERS.search(marked)
        ):
            return False
    return True


def _has_headline(element: HtmlElement) -> bool:
    return next(element.iter("h1"), None) is not None


def _is_of_change(element: HtmlElement) -> bool:
    marked = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "data-testid"))
    before = (element.getprevious().tail if element.getprevious() is not None else element.getparent().text) or ""
    return bool(_CHANGED.search(marked) or _CHANGED.search(before[-20:]))


def _in_words(page: HtmlElement, text: str) -> Iterator[str]:
    """The days that people read: a line with a date above the text, or the dateline that it begins with."""
    for element in page.xpath("//*[@class][not(*[p])]"):
        if not _CLASSES.search(element.get("class")) or not _is_own(element):
            continue
        said = " ".join((element.text_content() or "").split())
        if len(said) < 60 and not _CHANGED.search(said):
            yield from _readable(_SAID.sub("", said))
    for line in text.splitlines()[:4]:
        if len(line) < 60:
            yield from _readable(_SAID.sub("", line))
        if match := _DATELINE.match(line):
            yield from _readable(match[1])


def _readable(value: str) -> Iterator[str]:
    try:
        parse_date(value)
    except ValueError:
        return
    yield value
